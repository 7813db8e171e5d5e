import fc from "fast-check";
import { JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { quoteJson } from "../../src/recording/json/write.ts";

/** Any double, and those at which rounding to five places or the form of an exponent changes. */
const double = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: 1, max: 24 })).map(([k, n]) => k / 2 ** n),
  fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -20, max: 20 }))
    .map(([k, n]) => Number(`${k}e${n}`)),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((k) => (2 * k + 1) / 200_000),
);

/** Numbers in any text that JSON allows, not only as Python would write them. */
const number = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  double.map(String).map((text) => text.replace("Infinity", "1e999")),
  double.map((value) => value.toExponential()),
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat({ max: 10 ** 9 })).map(([a, b]) => `${a}.${b}`),
  fc.constantFrom(
    "-0",
    "0",
    "-0.0",
    "0e0",
    "1E5",
    "1e+5",
    "1e-7",
    "1.0e16",
    "9.5e15",
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "-Infinity",
  ),
);

/** Decimal digits of several scripts: Python's \d takes them all. */
const digits = fc
  .tuple(
    fc.constantFrom(0x30, 0x30, 0x30, 0x660, 0x966, 0xff10, 0x1d7ce),
    fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 9 }),
  )
  .map(([zero, values]) => String.fromCodePoint(...values.map((value) => zero + value)));

const hex = fc.constantFrom(..."0123456789abcdefABCDEF");
const uuid = fc
  .array(hex, { minLength: 32, maxLength: 32 })
  .map((all) => all.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));

/** Text as it stands in requests: decimals, search results, ids, any Unicode, lone surrogates. */
const text = fc
  .array(
    fc.oneof(
      fc.tuple(digits, digits).map(([a, b]) => `${a}.${b}`),
      fc.constantFrom(
        "score: ",
        "score:",
        "document_id: ",
        "<|",
        "|>",
        ", attributes: {",
        "}",
        "-",
        "+",
        ".",
        "e-5",
        "\u001c",
        "\ufeff",
        "\u0085",
        "\u00a0",
        " ",
      ),
      digits,
      uuid,
      uuid.map((id) => id.toLowerCase()),
      uuid.map((id) => `document_id: ${id.toLowerCase()}`),
      uuid.map((id) => `<|${id.toLowerCase()}|>`),
      fc.string({ unit: "grapheme", maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 }).map((units) => String.fromCharCode(...units)),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(""));

const key = fc.oneof(fc.constantFrom("extra_body", "extra_query", "project_id", "stream_options", "a", "b", "1"), text);

/** Bodies of requests, repeated keys among their objects. */
const bodies: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<JsonValue>(null, true, false),
    number.map((digits) => new JsonNumber(digits)),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map(
      (members) =>
        new JsonObject(
          members.map(([name]) => name),
          members.map(([, value]) => value),
        ),
    ),
  ),
})).value;

/** The same as JSON text on one line, each string escaped or not as it comes. */
export const requestTexts: fc.Arbitrary<string> = bodies.map((body) => source(body));

function source(value: JsonValue): string {
  if (typeof value === "string") return quoteJson(value, true);
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(source).join(",")}]`;
  if (value instanceof JsonObject)
    return `{${[...value.entries()].map(([name, member]) => `${source(name)}:${source(member)}`).join(",")}}`;
  return String(value);
}

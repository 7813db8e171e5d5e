import fc from "fast-check";
import { JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";

/** Any UTF-16 text, lone surrogates and control characters among it. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

/** Numbers as Python itself would write them, so that it writes them back unchanged. */
const number = fc
  .oneof(
    fc.bigInt().map(String),
    fc.integer().map(String),
    fc.constantFrom(
      "1.0",
      "-0.0",
      "1e-05",
      "1e+16",
      "0.1",
      "NaN",
      "Infinity",
      "-Infinity",
      "123456789012345678901234567890",
    ),
  )
  .map((digits) => new JsonNumber(digits));

/** Documents of every shape, without repeated keys (Python would drop the first). */
export const documents: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, false),
    number,
    text,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.uniqueArray(fc.tuple(text, tie("value")), { maxLength: 5, selector: ([key]) => key }).map(
      (members) =>
        new JsonObject(
          members.map(([key]) => key),
          members.map(([, value]) => value),
        ),
    ),
  ),
})).value;

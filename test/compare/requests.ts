import fc from "fast-check";
import { JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";

/** Texts with all that a text can have: lone surrogates, ids, decimals, words of several scripts. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "b",
    "user",
    "tool",
    "call_abcdefgh1",
    "call_abcdefgh2",
    "see call_abcdefgh1",
    "get_weather",
  ),
  fc.string({ unit: "grapheme", maxLength: 10 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom("the ", "cat", " sat", "\ud800", "😀", "0.123456", " call_abcdefgh1", "日本", "\n\n", "$&"))
    .map((words) => words.join("")),
);

const number = fc
  .oneof(
    fc.bigInt().map(String),
    fc.constantFrom("1", "1.0", "1e0", "-0", "-0.0", "NaN", "Infinity", "123456789012345678901234567890", "0.123456"),
  )
  .map((digits) => new JsonNumber(digits));

const object = (members: readonly [string, JsonValue][]): JsonObject =>
  new JsonObject(
    members.map(([key]) => key),
    members.map(([, value]) => value),
  );

const key = fc.constantFrom(
  "a",
  "b",
  "role",
  "content",
  "tools",
  "name",
  "1",
  "0",
  "extra_body",
  "project_id",
  "\udc00",
);

/** Any value: repeated keys, arrays like messages and like tools, arrays in arrays. */
export const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, false),
    number,
    text,
    fc.array(tie("value"), { maxLength: 6 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map(object),
    fc.uniqueArray(fc.tuple(key, tie("value")), { maxLength: 6, selector: ([name]) => name }).map(object),
    fc.array(
      fc.tuple(fc.constantFrom("user", "assistant", "tool"), tie("value")).map(([role, content]) =>
        object([
          ["role", role],
          ["content", content],
        ]),
      ),
      { maxLength: 6 },
    ),
    fc.array(
      fc.tuple(fc.constantFrom("f", "g", "h"), tie("value")).map(([name, parameters]) =>
        object([
          ["name", name],
          ["parameters", parameters],
        ]),
      ),
      { maxLength: 5 },
    ),
  ),
})).value;

/** A copy that shares nothing. */
export function copyOf(value: JsonValue): JsonValue {
  if (value instanceof JsonNumber) return new JsonNumber(value.text);
  if (Array.isArray(value)) return value.map(copyOf);
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject([...value.keys], value.values.map(copyOf));
}

/** Every container and scalar in a value, with what replaces it. */
interface Slot {
  value: JsonValue;
  set(value: JsonValue): void;
}

function slotsOf(value: JsonValue, set: (value: JsonValue) => void): Slot[] {
  const inner = Array.isArray(value) ? value : value instanceof JsonObject ? value.values : [];
  const inside = inner.flatMap((one, at) => slotsOf(one, (other) => void inner.splice(at, 1, other)));
  return [{ value, set }, ...inside];
}

/** One edit at a place: what is there is replaced, removed, doubled, or put elsewhere. */
export interface RandomEdit {
  place: number;
  deed: "replace" | "insert" | "remove" | "swap" | "turn" | "rename";
  other: number;
  value: JsonValue;
}

export const edits: fc.Arbitrary<RandomEdit[]> = fc.array(
  fc.record({
    place: fc.nat(),
    deed: fc.constantFrom("replace", "insert", "remove", "swap", "turn", "rename"),
    other: fc.nat(),
    value: values,
  }),
  { maxLength: 5 },
);

/** A copy of `root` with edits made at random places. */
export function edited(root: JsonValue, all: readonly RandomEdit[]): JsonValue {
  let result = copyOf(root);
  for (const { place, deed, other, value } of all) {
    const slots = slotsOf(result, (whole) => {
      result = whole;
    });
    const slot = slots[place % slots.length] as Slot;
    const list = Array.isArray(slot.value) ? slot.value : slot.value instanceof JsonObject ? slot.value.values : null;
    const keys = slot.value instanceof JsonObject ? slot.value.keys : null;
    if (!list || deed === "replace") {
      slot.set(copyOf(value));
      continue;
    }
    const at = list.length > 0 ? other % list.length : 0;
    if (deed === "insert") {
      list.splice(at, 0, copyOf(value));
      keys?.splice(at, 0, `key${other % 7}`);
    } else if (deed === "remove") {
      list.splice(at, 1);
      keys?.splice(at, 1);
    } else if (deed === "rename" && keys && at < keys.length) {
      keys[at] = `key${other % 7}`;
    } else if (list.length > 0) {
      const to = deed === "turn" ? 0 : (at + 1) % list.length;
      list.splice(to, 0, ...list.splice(at, 1));
      keys?.splice(to, 0, ...keys.splice(at, 1));
    }
  }
  return result;
}

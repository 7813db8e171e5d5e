import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** Whether two values are written alike: numbers by their text, keys in their order, repeated ones too. */
export function same(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (a instanceof JsonNumber) return b instanceof JsonNumber && a.text === b.text;
  if (Array.isArray(a)) return Array.isArray(b) && sameAll(a, b);
  if (!(a instanceof JsonObject && b instanceof JsonObject)) return false;
  return (
    a.keys.length === b.keys.length && a.keys.every((key, at) => key === b.keys[at]) && sameAll(a.values, b.values)
  );
}

const sameAll = (a: readonly JsonValue[], b: readonly JsonValue[]): boolean =>
  a.length === b.length && a.every((value, at) => same(value, b[at] as JsonValue));

/** Whether two objects have the same keys in the same order, and under a repeated key the same values but for the last. */
export function sameButLast(a: JsonObject, b: JsonObject): boolean {
  const last = new Map(a.keys.map((key, at) => [key, at]));
  if (a.keys.length !== b.keys.length) return false;
  return a.keys.every(
    (key, at) =>
      key === b.keys[at] && (last.get(key) === at || same(a.values[at] as JsonValue, b.values[at] as JsonValue)),
  );
}

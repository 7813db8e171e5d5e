import { JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** Members as an object, in their order; those that are undefined are left out. */
export function objectOf(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const out = new JsonObject();
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) continue;
    out.keys.push(key);
    out.values.push(value);
  }
  return out;
}

/** An object with the member at its place, or behind all others. */
export function put(object: JsonObject, key: string, value: JsonValue): JsonObject {
  if (!object.has(key)) return new JsonObject([...object.keys, key], [...object.values, value]);
  const values = object.keys.map((own, at) => (own === key ? value : (object.values[at] as JsonValue)));
  return new JsonObject([...object.keys], values);
}

/** An object without these members. */
export function without(object: JsonObject, ...gone: readonly string[]): JsonObject {
  const out = new JsonObject();
  for (const [key, value] of object.entries()) {
    if (gone.includes(key)) continue;
    out.keys.push(key);
    out.values.push(value);
  }
  return out;
}

/** The value at a path of keys replaced by what `change` makes of it; the same object where there is none. */
export function changedAt(
  object: JsonObject,
  [key, ...rest]: readonly string[],
  change: (value: JsonValue) => JsonValue,
): JsonObject {
  const value = key === undefined ? undefined : object.get(key);
  if (key === undefined || value === undefined) return object;
  if (rest.length === 0) return put(object, key, change(value));
  return value instanceof JsonObject ? put(object, key, changedAt(value, rest, change)) : object;
}

import type { JsonPath } from "./locate.ts";
import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

/**
 * The paths at which two documents differ, in order, no more than `most`: of leaves, and of what is only in one
 * of the two. Numbers differ where their texts do (`1` and `1.0`); the order of keys is no difference.
 */
export function differences(a: JsonValue, b: JsonValue, most: number): JsonPath[] {
  const found: JsonPath[] = [];
  compare(a, b, [], (path) => {
    if (found.length < most) found.push(path);
    return found.length < most;
  });
  return found;
}

/** Tells each difference until `tell` has heard enough; false: it has. */
function compare(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: JsonPath,
  tell: (path: JsonPath) => boolean,
): boolean {
  if (a instanceof JsonObject && b instanceof JsonObject) {
    const keys = new Set([...a.keys, ...b.keys]);
    return [...keys].every((key) => compare(a.get(key), b.get(key), [...path, key], tell));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
      if (!compare(a[at], b[at], [...path, at], tell)) return false;
    }
    return true;
  }
  const same = a instanceof JsonNumber && b instanceof JsonNumber ? a.text === b.text : a === b;
  return same || tell(path);
}

import type { Change } from "../../src/compare/change.ts";
import { differences } from "../../src/recording/json/difference.ts";
import { at, type JsonValue } from "../../src/recording/json/value.ts";

/** Changes by index, leaf by leaf: enough for what is tested here. */
export function plainChanges(old: JsonValue, now: JsonValue): Change[] {
  return differences(old, now, 1000).map((path) => {
    const [before, behind] = [at(old, ...path), at(now, ...path)];
    return change(path, before, behind);
  });
}

/** One change at a path; undefined: there is nothing on that side. */
export function change(
  path: (string | number)[],
  old: JsonValue | undefined,
  now: JsonValue | undefined,
  more: Partial<Change> = {},
): Change {
  return {
    op: old === undefined ? "add" : now === undefined ? "remove" : "replace",
    from: old === undefined ? null : path,
    to: now === undefined ? null : path,
    old,
    now,
    volatile: null,
    evened: false,
    words: null,
    also: [],
    ...more,
  };
}

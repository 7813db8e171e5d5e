import type { Edit } from "../recording/json/edit.ts";
import type { JsonPath } from "../recording/json/locate.ts";
import { JsonNumber, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { countText } from "../text/bytes.ts";
import { memberPath } from "./chunks.ts";
import type { Rule, Subject } from "./rule.ts";

const ZERO = new JsonNumber("0");
const EPOCH = "1970-01-01T00:00:00.000000Z";

/** What a recorder makes of a member at the top level of a chunk or body; undefined: it leaves it. `hash12` is what the name begins with. */
type Normal = (value: JsonValue, hash12: string, data: JsonObject) => JsonValue | undefined;

const zero: Normal = (value) => (value === null ? undefined : ZERO);
const butForModels =
  (normal: Normal): Normal =>
  (value, hash12, data) =>
    data.get("object") === "model" ? undefined : normal(value, hash12, data);

/** The recorder's rules since 2025-10: ids and times would differ from one recording to the next. */
const NORMALS: readonly (readonly [string, Normal])[] = Object.entries({
  id: butForModels((value, hash12) =>
    typeof value === "string" && /^rec-[0-9a-f]{12}$/.test(value) ? undefined : `rec-${hash12}`,
  ),
  created: butForModels(zero),
  created_at: () => EPOCH,
  total_duration: zero,
  load_duration: zero,
  prompt_eval_duration: zero,
  eval_duration: zero,
});

/** What is to be written where, so that a recording is normalised. */
export function normalEdits({ wrapped, name }: Pick<Subject, "wrapped" | "name">): Edit[] {
  const hash12 = name.hash.slice(0, 12);
  const edits: Edit[] = [];
  let clean: JsonObject | undefined;
  for (const one of wrapped) {
    if (clean !== undefined && isLike(one.data, clean)) continue;
    const before = edits.length;
    for (const [key, normal] of NORMALS) {
      const value = one.data.get(key);
      const wanted = value === undefined ? undefined : normal(value, hash12, one.data);
      if (wanted !== undefined && !same(value, wanted)) edits.push({ at: memberPath(one, key), value: wanted });
    }
    if (edits.length === before) clean = one.data;
  }
  return edits;
}

/** What is looked at: where that is the same in two chunks, the rules say the same of both. */
const LOOKED_AT: ReadonlySet<string> = new Set([...NORMALS.map(([key]) => key), "object"]);

function isLike({ keys, values }: JsonObject, other: JsonObject): boolean {
  // The reader gives chunks that are alike the same keys.
  if (keys !== other.keys) return false;
  for (let at = 0; at < keys.length; at++) {
    if (values[at] !== other.values[at] && LOOKED_AT.has(keys[at] as string)) return false;
  }
  return true;
}

function same(a: JsonValue | undefined, b: JsonValue): boolean {
  return a instanceof JsonNumber && b instanceof JsonNumber ? a.text === b.text : a === b;
}

export const normalised: Rule = {
  id: "normalised",
  title: "ids and times as the API sent them",
  variants: { "": "warning" },
  *file(subject, { recctl }) {
    const byKey = new Map<string, JsonPath[]>();
    for (const { at } of normalEdits(subject)) {
      const key = at.at(-1) as string;
      const known = byKey.get(key);
      if (known) known.push(at);
      else byKey.set(key, [at]);
    }
    for (const [key, places] of byKey) {
      const more = places.length > 1 ? `, and in ${countText(places.length - 1, "more chunk")}` : "";
      yield {
        at: places[0] as JsonPath,
        message: `${key} is as the API sent it${more}: it differs with every recording`,
        remedy: `${recctl} validate --fix`,
        cause: key,
      };
    }
  },
};

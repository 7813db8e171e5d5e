import { asObject, JsonNumber, type JsonObject, type JsonValue } from "../../recording/json/value.ts";
import type { Look } from "./look.ts";

/** Chunks that the schema cannot tell apart: the place of the first, and how many there are. */
export interface Alike {
  first: number;
  count: number;
}

/** How many of the groups that were met last a chunk is compared with. */
const COMPARED = 6;

/**
 * The chunks of a stream in groups of those that are alike, in the order of the first of each. Most are like
 * one before but for a word: to look at one of each is several times as fast.
 */
export function groupAlike(chunks: readonly JsonValue[], look: Look): Alike[] {
  const groups: Alike[] = [];
  const recent: Alike[] = [];
  for (let at = 0; at < chunks.length; at++) {
    const chunk = chunks[at] as JsonValue;
    let found = 0;
    while (found < recent.length && !areAlike(chunks[(recent[found] as Alike).first] as JsonValue, chunk, look))
      found++;
    if (found === recent.length) found = -1;
    const group = found < 0 ? { first: at, count: 0 } : (recent[found] as Alike);
    group.count++;
    if (found < 0) groups.push(group);
    if (found !== 0) {
      recent.splice(found < 0 ? COMPARED - 1 : found, 1);
      recent.unshift(group);
    }
  }
  return groups;
}

/** Whether the schema must say the same of both. */
function areAlike(one: JsonValue, other: JsonValue, look: Look): boolean {
  // The reader hands out the same value again where the text is the same.
  if (one === other) return true;
  if (typeof one === "string") return typeof other === "string" && (!look.exact || one === other);
  if (typeof one !== "object" || one === null) return one === other;
  if (one instanceof JsonNumber) return other instanceof JsonNumber && (!look.exact || one.text === other.text);
  if (Array.isArray(one)) return Array.isArray(other) && (!look.items || areListsAlike(one, other, look.items));
  const object = asObject(other);
  return object !== undefined && (!look.inside || areObjectsAlike(one, object, look));
}

const areListsAlike = (one: JsonValue[], other: JsonValue[], look: Look): boolean =>
  one.length === other.length && one.every((element, at) => areAlike(element, other[at] as JsonValue, look));

function areObjectsAlike(one: JsonObject, other: JsonObject, look: Look): boolean {
  const { keys, values } = one;
  if (keys.length !== other.keys.length) return false;
  const same = keys === other.keys;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    if (!same && key !== other.keys[at]) return false;
    if (values[at] === other.values[at]) continue;
    const inner = look.keys.get(key) ?? look.rest;
    if (inner && !areAlike(values[at] as JsonValue, other.values[at] as JsonValue, inner)) return false;
  }
  return true;
}

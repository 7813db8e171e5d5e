import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** How many least hashes are kept of what a value says: enough to tell a quarter from a half. */
const SLOTS = 64;
/** Nothing was said that falls into a slot. */
const EMPTY = 0x7fffffff;
/** Of longer values the beginning must do. */
const MOST = 65_536;
/** Keys that most messages and parts have: they say nothing of one. */
const COMMON = new Set(["role", "content", "type", "text", "id"]);

/** A sketch of the words in values: two sketches tell about which share of their words two values have in common. */
export class Sketches {
  private readonly known = new Map<JsonValue, Int32Array>();

  /** The share of what either value says that both say, from 0 to 1. */
  likeness(a: JsonValue, b: JsonValue): number {
    const [left, right] = [this.of(a), this.of(b)];
    let said = 0;
    let both = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      if (left[slot] !== right[slot]) said++;
      else if (left[slot] !== EMPTY) both++;
    }
    return both === 0 && said === 0 ? 1 : both / (both + said);
  }

  private of(value: JsonValue): Int32Array {
    let sketch = this.known.get(value);
    if (!sketch) {
      sketch = new Int32Array(SLOTS).fill(EMPTY);
      look(value, sketch, MOST);
      this.known.set(value, sketch);
    }
    return sketch;
  }
}

/** Notes what a value says, no more than `left` characters of it; tells how many are left. */
function look(value: JsonValue, sketch: Int32Array, left: number): number {
  if (left <= 0) return 0;
  if (typeof value === "string") return lookAtText(value, sketch, left);
  if (value instanceof JsonNumber) return lookAtText(value.text, sketch, left);
  if (typeof value !== "object" || value === null) return lookAtText(String(value), sketch, left);
  let rest = left - 1;
  if (!(value instanceof JsonObject)) {
    for (const element of value) rest = look(element, sketch, rest);
    return rest;
  }
  for (const [key, member] of value.entries()) {
    if (!COMMON.has(key)) rest = lookAtText(key, sketch, rest);
    rest = look(member, sketch, rest);
  }
  return rest;
}

function lookAtText(text: string, sketch: Int32Array, left: number): number {
  const end = Math.min(text.length, left);
  let hash = 0;
  let inWord = false;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    const letter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57);
    if (letter) {
      hash = Math.imul((inWord ? hash : 0x811c9dc5) ^ unit, 0x01000193);
      inWord = true;
      continue;
    }
    if (inWord) note(hash, sketch);
    inWord = false;
    // Languages without spaces, and marks that are all that a text has: each sign is a word.
    if (unit > 127) note(Math.imul(unit, 0x9e3779b1), sketch);
  }
  if (inWord) note(hash, sketch);
  return left - end;
}

function note(hash: number, sketch: Int32Array): void {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  const even = (spread ^ (spread >>> 13)) & 0x7fffffff;
  const slot = even % SLOTS;
  const rank = Math.floor(even / SLOTS);
  if (rank < (sketch[slot] as number)) sketch[slot] = rank;
}

import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** How many words of a request are looked at. */
const MOST_WORDS = 20_000;

/** The words of a request, keys among them, and how often it has each. */
export type Words = ReadonlyMap<string, number>;

/** The words of a value, as far as it takes to tell likes from others. */
export function wordsOf(value: JsonValue): Words {
  const out = new Map<string, number>();
  let left = MOST_WORDS;
  const add = (text: string): void => {
    for (const [word] of text.slice(0, left * 8).matchAll(/[\p{L}\p{N}_]{1,64}|[^\s\p{L}\p{N}_]/gu)) {
      if (left-- <= 0) return;
      out.set(word, (out.get(word) ?? 0) + 1);
    }
  };
  const walk = (here: JsonValue): void => {
    if (left <= 0) return;
    if (typeof here === "string") add(here);
    else if (here instanceof JsonNumber) add(here.text);
    else if (Array.isArray(here)) here.forEach(walk);
    else if (here instanceof JsonObject) {
      for (const [key, member] of here.entries()) {
        add(key);
        walk(member);
      }
    } else add(String(here));
  };
  walk(value);
  return out;
}

/** From 0 to 1: the share of words that both have. */
export function likenessOf(one: Words, other: Words): number {
  let common = 0;
  let all = 0;
  for (const [word, count] of one) {
    common += Math.min(count, other.get(word) ?? 0);
    all += count;
  }
  for (const count of other.values()) all += count;
  return all === 0 ? 1 : (2 * common) / all;
}

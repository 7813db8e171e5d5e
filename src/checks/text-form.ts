import { position } from "../recording/json/error.ts";
import type { JsonPath } from "../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import { RECORDER, writeJson } from "../recording/json/write.ts";
import type { Rule } from "./rule.ts";

/** The text that a recorder writes for a document: ASCII, two spaces a level, one newline at the end. */
export const recorderText = (root: JsonValue): string => `${writeJson(root, RECORDER)}\n`;

export const textForm: Rule = {
  id: "text-form",
  title: "not as a recorder writes it",
  variants: { "": "warning" },
  *file({ plain, text, root }, { recctl }) {
    if (plain) return;
    const right = recorderText(root);
    if (right === text) return;
    const twice = repeatedKey(root, []);
    if (twice) {
      yield {
        at: twice,
        message: "this key stands twice in its object: a reader takes the last, no recorder writes both",
        remedy: "take one of the two out by hand, or record it anew",
        cause: "a repeated key",
      };
      return;
    }
    const offset = firstDifference(text, right);
    yield {
      at: position(text, offset),
      message: `a recorder would write ${standing(right, offset)} here, not ${standing(text, offset)}`,
      remedy: `${recctl} validate --fix`,
    };
  },
};

function firstDifference(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** The character at an offset, or the white space: that is what mostly differs. No more, for it may be part of a secret. */
function standing(text: string, offset: number): string {
  if (offset >= text.length) return "the end";
  return JSON.stringify(/\s{1,12}|./suy.exec(text.slice(offset, offset + 12))?.[0]);
}

/** Where the first key stands that its object has twice; null where none does. */
export function repeatedKey(value: JsonValue, at: JsonPath): JsonPath | null {
  if (Array.isArray(value)) return firstOf(value, (element, index) => repeatedKey(element, [...at, index]));
  if (!(value instanceof JsonObject)) return null;
  const twice = value.keys.find((key, index) => value.keys.indexOf(key) !== index);
  if (twice !== undefined) return [...at, twice];
  return firstOf(value.values, (member, index) => repeatedKey(member, [...at, value.keys[index] as string]));
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item, index: number) => Found | null): Found | null {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}

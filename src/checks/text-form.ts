import { position } from "../recording/json/error.ts";
import type { JsonValue } from "../recording/json/value.ts";
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

import type { Fixable } from "../checks/fixable.ts";
import { rightListName } from "../checks/list-digest.ts";
import { normalEdits } from "../checks/normalised.ts";
import type { Subject } from "../checks/rule.ts";
import { recorderText, repeatedKey } from "../checks/text-form.ts";
import { edited } from "../recording/json/edit.ts";
import { isFloat } from "../recording/json/number.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../recording/json/value.ts";
import { type Left, type Wish, wishFor } from "./wish.ts";

/** The wish that a recording be mended; why it cannot be; null where nothing is to mend. */
export function fixed(subject: Subject, rules: ReadonlySet<Fixable>): Wish | Left | null {
  const formless = rules.has("text-form") && !subject.plain && recorderText(subject.root) !== subject.text;
  if (formless && repeatedKey(subject.root, [])) {
    const why = "a key stands there twice: writing it anew would lose one of its values";
    return { path: subject.path, why, cause: "a repeated key" };
  }
  if (formless && hasLostNumber(subject.root)) {
    const why = "a number is beyond what readers can hold: writing it anew would lose its digits";
    return { path: subject.path, why, cause: "a number too large or too small" };
  }
  const edits = rules.has("normalised") ? normalEdits(subject) : [];
  const name = rules.has("list-digest") ? rightListName(subject) : null;
  if (!formless && edits.length === 0 && name === null) return null;
  const done = [formless ? "text form" : "", edits.length > 0 ? "normalised" : "", name ? "digest" : ""];
  const text = formless ? recorderText(subject.root) : subject.text;
  return wishFor(subject, {
    name,
    text: edits.length > 0 ? edited(text, edits) : text,
    why: done.filter((what) => what !== "").join(", "),
  });
}

/** Whether a number would change: one beyond what a double holds becomes Infinity or 0 for every reader. */
function hasLostNumber(value: JsonValue): boolean {
  if (value instanceof JsonNumber) {
    const { text, value: read } = value;
    return (
      isFloat(text) &&
      !/[NI]/.test(text) &&
      (!Number.isFinite(read) || (read === 0 && /[1-9]/.test(text.replace(/[eE].*/s, ""))))
    );
  }
  if (Array.isArray(value)) return value.some(hasLostNumber);
  return value instanceof JsonObject && value.values.some(hasLostNumber);
}

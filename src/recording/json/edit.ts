import type { JsonPath } from "./locate.ts";
import { JsonReader } from "./parse.ts";
import type { JsonValue } from "./value.ts";
import { PYTHON_INDENTED, writeJson } from "./write.ts";

/** A scalar that takes the place of the value at a path. */
export interface Edit {
  at: JsonPath;
  value: JsonValue;
}

/** Where edits lead: by key or index, and what stands at the end. */
interface Step {
  value?: JsonValue;
  next: Map<string | number, Step>;
}

/**
 * A JSON text in which values are replaced, as a recorder would write them; nothing else changes by a byte.
 * An edit whose path leads nowhere is left out.
 */
export function edited(text: string, edits: readonly Edit[]): string {
  const reader = new JsonReader(text);
  let out = "";
  let copied = 0;
  const visit = (step: Step | undefined): void => {
    const code = reader.peek();
    const start = reader.at;
    if (step && step.value === undefined && code === 123) reader.members((key) => visit(step.next.get(key)));
    else if (step && step.value === undefined && code === 91) reader.elements((index) => visit(step.next.get(index)));
    else reader.skip();
    if (step?.value === undefined) return;
    out += text.slice(copied, start) + writeJson(step.value, PYTHON_INDENTED);
    copied = reader.at;
  };
  visit(stepsOf(edits));
  return out + text.slice(copied);
}

function stepsOf(edits: readonly Edit[]): Step {
  const root: Step = { next: new Map() };
  for (const { at, value } of edits) {
    let here = root;
    for (const key of at) {
      const next = here.next.get(key) ?? { next: new Map() };
      here.next.set(key, next);
      here = next;
    }
    here.value = value;
  }
  return root;
}

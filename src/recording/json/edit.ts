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

/** What is written between two places of a text. */
interface Piece {
  start: number;
  end: number;
  written: string;
}

/**
 * A JSON text in which values are replaced, as a recorder would write them; nothing else changes by a byte.
 * An edit whose path leads nowhere is left out; of a repeated key the last one is meant, as where it is read.
 */
export function edited(text: string, edits: readonly Edit[]): string {
  const reader = new JsonReader(text);
  const visit = (step: Step | undefined): Piece[] => {
    const code = reader.peek();
    const start = reader.at;
    const pieces = new Map<string | number, Piece[]>();
    const inside = (key: string | number): void => {
      const found = visit(step?.next.get(key));
      if (step?.next.has(key)) pieces.set(key, found);
    };
    if (step && step.value === undefined && code === 123) reader.members(inside);
    else if (step && step.value === undefined && code === 91) reader.elements(inside);
    else reader.skip();
    if (step?.value === undefined) return [...pieces.values()].flat();
    return [{ start, end: reader.at, written: writeJson(step.value, PYTHON_INDENTED) }];
  };
  let out = "";
  let copied = 0;
  for (const { start, end, written } of visit(stepsOf(edits)).sort((a, b) => a.start - b.start)) {
    out += text.slice(copied, start) + written;
    copied = end;
  }
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

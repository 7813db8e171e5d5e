import { forTerminalLine } from "../../text/escape.ts";
import type { Look, Paint } from "../../text/style.ts";
import { wrapLines } from "../../text/wrap.ts";
import { fitted } from "./line.ts";

/** Sentences in place of what is not there, wrapped and indented; the first is the fact, the others say what to do. */
export function noteLines(notes: readonly string[], columns: number, paint: Paint, look: Look = "faint"): string[] {
  return notes.flatMap((note, at) =>
    wrapLines(forTerminalLine(note), columns - 4).map((line) =>
      paint(at === 0 ? look : "faint", fitted(`  ${line}`, columns)),
    ),
  );
}

import { forTerminalLine } from "../../text/escape.ts";
import { type Paint, plain } from "../../text/style.ts";
import { clip, firstGrapheme, graphemesOf, pad, width } from "../../text/width.ts";
import type { Prompt } from "../state/state.ts";
import { fitted } from "./line.ts";

/** What is asked for, before what is typed. */
const ASKS: Record<Prompt["asks"], string> = {
  search: "/",
  filter: "filter: ",
  export: "write to: ",
};

/** Columns behind the cursor that are seen at least, where the text is too long. */
const BEHIND = 4;

/** How many characters of a line are looked at on each side of its cursor, for each column: those of a grapheme are few. */
const NEAR = 8;

/** The line that is being typed, scrolled so that its cursor is seen: an inverse cell, without looks a bar. */
export function promptLine({ asks, text, at }: Prompt, columns: number, paint: Paint): string {
  const label = clip(ASKS[asks], Math.max(0, columns - 2));
  const room = columns - width(label);
  // Of a long line only what may be seen is measured.
  const from = Math.max(0, at - NEAR * columns);
  const before = forTerminalLine(text.slice(from, at));
  const after = forTerminalLine(text.slice(at, at + NEAR * columns));
  const behind = Math.min(BEHIND, width(after), Math.max(0, room - 1));
  const seen = lastOf(before, Math.max(0, room - 1 - behind), from > 0);
  const rest = room - width(seen);
  const cursor = firstGrapheme(after);
  // Without looks the cursor takes a column of its own, between two characters.
  const line =
    paint === plain
      ? `▏${clip(after, Math.max(0, rest - 1))}`
      : paint("cursor", cursor || " ") + clip(after.slice(cursor.length), Math.max(0, rest - (width(cursor) || 1)));
  return fitted(paint("heading", label) + seen + line, columns);
}

/** The end of a text, in at most `columns`; `isCut` tells that more is before it. */
function lastOf(text: string, columns: number, isCut: boolean): string {
  if (!isCut && width(text) <= columns) return text;
  let end = "";
  for (const one of [...graphemesOf(text)].toReversed()) {
    if (width(one + end) > columns - 1) break;
    end = one + end;
  }
  return columns < 1 ? "" : pad(`…${end}`, 1);
}

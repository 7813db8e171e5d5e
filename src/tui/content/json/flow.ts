import type { Look, Paint } from "../../../text/style.ts";
import { graphemesOf, isPlain, width } from "../../../text/width.ts";

/** A piece of a line, safe for a terminal. */
export interface Piece {
  readonly text: string;
  readonly look?: Look | undefined;
}

/** A line is cut behind a space where there is one in the last part of it. */
const NEAR = 0.6;

/** Pieces in lines of at most `columns`: `lead` begins the first, `hang` the others. Neither has looks. */
export function flowed(
  pieces: readonly Piece[],
  lead: string,
  hang: string,
  columns: number,
  paint: Paint,
): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  let room = columns - lead.length;
  let isEmpty = true;
  for (const { text, look } of pieces) {
    let at = 0;
    while (at < text.length) {
      const to = cutAt(text, at, room);
      if (to > at || isEmpty) {
        const part = text.slice(at, Math.max(to, at + 1));
        line += look ? paint(look, part) : part;
        room -= width(part);
        at += part.length;
        isEmpty = false;
      }
      if (at < text.length) {
        lines.push(line);
        line = hang;
        room = columns - hang.length;
        isEmpty = true;
      }
    }
  }
  lines.push(line);
  return lines;
}

/** Pieces on one line of at most `columns`, an ellipsis in place of what is too much. */
export function onOneLine(pieces: readonly Piece[], lead: string, columns: number, paint: Paint): string {
  let line = lead;
  let room = columns - lead.length;
  for (const { text, look } of pieces) {
    let part = text;
    if (hardCut(text, 0, room) < text.length) part = `${text.slice(0, hardCut(text, 0, room - 1))}…`;
    if (room > 0) line += look ? paint(look, part) : part;
    if (part !== text) return line;
    room -= width(part);
  }
  return line;
}

/** Where a text from `at` on is cut to take at most `columns`: its length where it fits, `at` where nothing does. */
function cutAt(text: string, at: number, columns: number): number {
  const to = hardCut(text, at, columns);
  if (to >= text.length) return to;
  // Within this line alone: a text of megabytes may have no space at all.
  const space = text.slice(at, to).lastIndexOf(" ");
  return space > (to - at) * NEAR ? at + space + 1 : to;
}

function hardCut(text: string, at: number, columns: number): number {
  if (columns <= 0) return at;
  if (isPlain(text.slice(at, at + columns + 1))) return Math.min(text.length, at + columns);
  // As much as may fit, by characters as they are seen; a longer one than this is cut.
  let used = 0;
  let to = at;
  for (const one of graphemesOf(text.slice(at, at + 8 * columns))) {
    used += width(one);
    if (used > columns) break;
    to += one.length;
  }
  return to;
}

import { wrapAnsi } from "fast-wrap-ansi";
import { isPlain } from "./width.ts";

const NARROWEST = 8;

/** A line of text in lines of at most `columns`; words are kept whole where they fit, and so is its indentation. */
export function wrapLines(text: string, columns: number): string[] {
  const wide = Math.max(NARROWEST, columns);
  const lines = isPlain(text) ? wrapPlain(text, wide) : wrapAnsi(text, wide, { hard: true, trim: false }).split("\n");
  return (
    lines
      // The space at which a line was broken begins no other one.
      .map((line, index) => (index === 0 ? line : line.replace(/^ +/, "")))
      .filter((line, index) => index === 0 || line !== "")
  );
}

/** The lines that `wrapAnsi` makes, of text in which each unit takes a column: most is, and measuring takes ten times as long. */
function wrapPlain(text: string, columns: number): string[] {
  if (text.length <= columns) return [text];
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of text.split(" ").entries()) {
    if (index > 0) {
      if (line.length >= columns) {
        lines.push(line);
        line = "";
      }
      line += " ";
    }
    if (line.length + word.length <= columns) {
      line += word;
      continue;
    }
    const isLong = word.length > columns;
    const here = columns - line.length;
    // A word that is cut begins on this line where it takes no more of them by that.
    const lessBelow = Math.ceil(word.length / columns) < 1 + Math.ceil((word.length - here) / columns);
    if (isLong ? lessBelow : line !== "") {
      lines.push(line);
      line = "";
    }
    let at = 0;
    while (line.length + word.length - at > columns) {
      const to = at + columns - line.length;
      lines.push(line + word.slice(at, to));
      line = "";
      at = to;
    }
    line += word.slice(at);
  }
  lines.push(line);
  return lines;
}

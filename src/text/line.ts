import { forTerminalLine } from "./escape.ts";
import { LONGEST, width } from "./width.ts";

/**
 * A text as {@link forTerminalLine} gives it, for a line of so many columns, which cuts its end or its middle: of one that is
 * longer than any line the middle is left out, as escaping and measuring take as long as a text is.
 */
export function forLine(text: string, columns: number): string {
  // Mostly a few units a column are enough; as many as the longest characters have always are.
  return ends(text, 4 * columns + LONGEST, columns + 2) ?? (ends(text, LONGEST * (columns + 2), 0) as string);
}

/** The beginning and the end of a text, or all of it; null where one of them is narrower than `least`. */
function ends(text: string, units: number, least: number): string | null {
  if (text.length <= 2 * units) return forTerminalLine(text);
  const start = forTerminalLine(text.slice(0, units));
  const end = forTerminalLine(text.slice(-units));
  return Math.min(width(start), width(end)) < least ? null : start + end;
}

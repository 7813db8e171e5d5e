import { wrapAnsi } from "fast-wrap-ansi";

/** Text in lines of at most `columns`; words are kept whole where they fit. */
export const wrapLines = (text: string, columns: number): string[] =>
  wrapAnsi(text, Math.max(8, columns), { hard: true, trim: false }).split("\n");

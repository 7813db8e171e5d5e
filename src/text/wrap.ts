import { wrapAnsi } from "fast-wrap-ansi";

/** A line of text in lines of at most `columns`; words are kept whole where they fit, and so is its indentation. */
export const wrapLines = (text: string, columns: number): string[] =>
  wrapAnsi(text, Math.max(8, columns), { hard: true, trim: false })
    .split("\n")
    // The space at which a line was broken begins no other one.
    .map((line, index) => (index === 0 ? line : line.replace(/^ +/, "")))
    .filter((line, index) => index === 0 || line !== "");

import { expect } from "vitest";
import { withoutLooks } from "../../../src/text/style.ts";
import { width } from "../../../src/text/width.ts";
import { harmful } from "../../cli/harmful.ts";

/** Why lines may not be shown in so many columns: the first that is too wide, or holds what a terminal acts on; null where none does. */
export function whyNot(lines: readonly string[], most: number): string | null {
  for (const [at, line] of lines.entries()) {
    const text = withoutLooks(line);
    // Plain ASCII is as wide as it is long, and needs no closer look.
    const isPlain = /^[ -~]*$/.test(text);
    const columns = isPlain ? text.length : width(text);
    if (columns > most) return `line ${at} takes ${columns} of ${most} columns: ${JSON.stringify(text)}`;
    if (isPlain) continue;
    if (/[\n\t]/.test(text) || harmful(text).length > 0) return `line ${at} is not safe: ${JSON.stringify(line)}`;
  }
  return null;
}

/** That lines can be shown. */
export const expectShowable = (lines: readonly string[], columns: number, what: string): void =>
  expect(whyNot(lines, columns), what).toBeNull();

/** All text, its white space as one space. */
export const wordsOf = (lines: readonly string[]): string => lines.map(withoutLooks).join(" ").replace(/\s+/g, " ");

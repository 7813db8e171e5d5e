import { countText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { clip } from "../../text/width.ts";

/** How much of a recording is made into lines: a pane must be there at once, whatever is in the file. */
export interface Bounds {
  /** Characters of one text. */
  readonly characters: number;
  /** Lines of one half of a conversation, or half the lines of JSON. */
  readonly lines: number;
}

export const PANE: Bounds = { characters: 100_000, lines: 10_000 };
/** For the pager, which shows a text piece by piece. */
export const ALL: Bounds = { characters: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY };

const HOW = "o shows all of it in $PAGER";

/** Stands behind a text that was cut. */
export const moreCharacters = (left: number): string => `… ${countText(left, "more character")}: ${HOW}`;

/**
 * The first lines alone, and one that says how many more there are, in at most `columns`; `all` tells how many there are
 * together, and is asked only where some are left.
 */
export function firstLines(
  lines: Iterable<string>,
  { lines: most }: Bounds,
  all: () => number,
  columns: number,
  paint: Paint,
): string[] {
  const kept: string[] = [];
  for (const line of lines) {
    if (kept.length === most) {
      kept.push(linesLeft(Math.max(1, all() - most), columns, paint));
      break;
    }
    kept.push(line);
  }
  return kept;
}

/** Lines that are left are counted as far as this. */
export const COUNTED = 100_000;

/** Stands in place of lines that were left out. */
export function linesLeft(left: number, columns: number, paint: Paint): string {
  const how = left > COUNTED ? "more than" : "about";
  return paint("faint", clip(`… ${how} ${countText(Math.min(left, COUNTED), "more line")}: ${HOW}`, columns));
}

/** Where a text is cut to be no longer than `most`: never within a character. */
export const cutTo = (text: string, most: number): string => {
  if (text.length <= most) return text;
  return text.slice(0, (text.charCodeAt(most) & 0xfc00) === 0xdc00 ? most - 1 : most);
};

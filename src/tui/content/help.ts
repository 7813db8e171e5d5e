import type { Paint } from "../../text/style.ts";
import { clip, pad, width } from "../../text/width.ts";
import { wrapLines } from "../../text/wrap.ts";
import { KEYS, type Key, keyText } from "../keys.ts";
import { MARK_NAMES, MARKS } from "../state/marks.ts";
import { remembering } from "../state/memo.ts";

/** The headings, in order. */
export const GROUPS = {
  move: "Moving",
  look: "Looking",
  find: "Finding",
  play: "Playing a stream",
  act: "Doing",
  leave: "Help and leaving",
  type: "In a line that is typed",
} as const satisfies Record<Key["group"], string>;

/** A column is about as wide, and so many columns lie between two. */
const COLUMN = 46;
const GAP = 3;
/** Between marks. */
const GAPS = "  ";
/** Of the keys in their column. */
const KEYS_WIDTH = 15;

/** What the marks of rows mean, and every key. */
export const helpLines = remembering((columns: number, paint: Paint): readonly string[] => [
  ...legendLines(columns, paint),
  ...keysLines(columns, paint),
]);

/** The marks on as many lines as they take: none is torn from its meaning. */
function legendLines(columns: number, paint: Paint): string[] {
  const lines = [["Marks"]];
  for (const mark of MARK_NAMES) {
    const text = `${MARKS[mark].sign} ${MARKS[mark].short}`;
    const last = lines.at(-1) as string[];
    if (width([...last, text].join(GAPS)) <= columns) last.push(text);
    else lines.push([" ".repeat(5), text]);
  }
  return lines.map(([name = "", ...marks]) => `${paint("heading", name)}${GAPS}${marks.join(GAPS)}`);
}

/** Every key, by headings, in as many columns as fit. */
function keysLines(columns: number, paint: Paint): readonly string[] {
  const count = Math.max(1, Math.floor((columns + GAP) / (COLUMN + GAP)));
  const wide = Math.max(1, Math.floor((columns - GAP * (count - 1)) / count));
  const blocks = Object.entries(GROUPS).map(([group, heading], at) => [
    ...(at === 0 ? [] : [" ".repeat(wide)]),
    paint("heading", pad(clip(heading, wide), wide)),
    ...Object.values(KEYS).flatMap((key) => (key.group === group ? keyLines(key, wide, paint) : [])),
  ]);
  const places = stacked(blocks, count);
  const height = Math.max(...places.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    places.map((place) => place[row] ?? " ".repeat(wide)).join(" ".repeat(GAP)),
  );
}

/** What a key does, with the place where that alone is so. */
export const doesText = ({ where, does }: Key): string =>
  where.length === 1 && where[0] === "plan" ? `on the plan: ${does}` : does;

/** One key: its names, and what it does, on as many lines as that takes. */
function keyLines(key: Key, columns: number, paint: Paint): string[] {
  const names = key.keys.map(keyText).join(" ");
  const left = Math.max(1, Math.min(KEYS_WIDTH, columns - 9));
  const right = columns - left - 1;
  if (right < 8) return [pad(clip(`${names} ${key.does}`, columns), columns)];
  return wrapLines(doesText(key), right).map((line, at) => {
    const name = pad(clip(at === 0 ? names : "", left), left);
    return `${paint("id", name)} ${pad(clip(line, right), right)}`;
  });
}

/** Blocks one below the other in so many columns, the highest as low as it can be; none is torn. */
function stacked(blocks: readonly (readonly string[])[], count: number): string[][] {
  const total = blocks.reduce((sum, { length }) => sum + length, 0);
  for (let height = Math.ceil(total / count); ; height++) {
    const columns: string[][] = [[]];
    for (const block of blocks) {
      const last = columns.at(-1) as string[];
      // At the top of a column nothing is above the heading.
      if (last.length > 0 && last.length + block.length > height) columns.push(block.slice(1));
      else last.push(...block);
    }
    if (columns.length <= count) return columns;
  }
}

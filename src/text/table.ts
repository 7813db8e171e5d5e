import { forField, forTerminalLine, NEEDS_ESCAPE } from "./escape.ts";
import type { Look, Paint } from "./style.ts";
import { pad, squeeze, width } from "./width.ts";

/** A column of a table. */
export interface Column {
  title: string;
  side?: "left" | "right";
  look?: Look;
  /** Columns give up their place in this order, lowest first, when the screen is narrow. Unset: never. */
  drop?: number;
  /** Takes what the others leave, and no less than `least`. */
  stretch?: { least: number };
  /** Never wider than this. */
  most?: number;
  /** What is too long in so many columns; unset: without its middle. */
  cut?: (text: string, columns: number) => string;
}

const GAP = 2;

/** Rows for a terminal of `columns` columns: aligned, headed, cut to fit. Cells are data and are escaped here. */
export function* tableLines(
  head: readonly Column[],
  rows: readonly (readonly string[])[],
  columns: number,
  paint: Paint,
): Generator<string> {
  const cells = rows.map((row) => row.map(forTerminalLine));
  const natural = head.map((column, index) =>
    Math.min(
      column.most ?? Number.POSITIVE_INFINITY,
      cells.reduce((most, row) => Math.max(most, width(row[index] as string)), width(column.title)),
    ),
  );
  const widths = fitted(head, natural, columns);
  const line = (row: readonly string[], look: (index: number) => Look | undefined): string => {
    const last = widths.findLastIndex((wide) => wide > 0);
    const parts: string[] = [];
    for (const [index, wide] of widths.entries()) {
      if (wide === 0) continue;
      const text = (head[index]?.cut ?? squeeze)(row[index] as string, wide);
      const padded =
        index === last && head[index]?.side !== "right" ? text : pad(text, wide, invert(head[index]?.side));
      const painted = look(index);
      parts.push(painted ? paint(painted, padded) : padded);
    }
    return parts.join(" ".repeat(GAP)).trimEnd();
  };
  yield line(
    head.map((column) => column.title.toUpperCase()),
    () => "faint",
  );
  for (const row of cells) yield line(row, (index) => head[index]?.look);
}

/** Text that stands on the right is filled on its left. */
const invert = (side: Column["side"]): "left" | "right" => (side === "right" ? "left" : "right");

/** The width of each column; 0 for one that gave up its place. */
function fitted(head: readonly Column[], natural: readonly number[], columns: number): number[] {
  const widths = [...natural];
  const least = (): number =>
    widths.reduce((sum, wide, index) => {
      const stretch = head[index]?.stretch;
      return wide === 0 ? sum : sum + GAP + (stretch ? Math.min(wide, stretch.least) : wide);
    }, -GAP);
  const order = head
    .map((column, index) => ({ drop: column.drop, index }))
    .filter(({ drop }) => drop !== undefined)
    .sort((a, b) => (a.drop as number) - (b.drop as number));
  for (const { index } of order) {
    if (least() <= columns) break;
    widths[index] = 0;
  }
  const stretched = head.findIndex((column, index) => column.stretch && (widths[index] as number) > 0);
  if (stretched >= 0) {
    const others = widths.reduce((sum, wide, index) => (index === stretched || wide === 0 ? sum : sum + GAP + wide), 0);
    widths[stretched] = Math.max(1, Math.min(widths[stretched] as number, columns - others));
  }
  return widths;
}

/** A row for a pipe: tab-separated, nothing cut. */
export function tsvLine(row: readonly string[]): string {
  // One look at the whole row: thousands of them have nothing to be written out.
  return NEEDS_ESCAPE.test(row.join("")) ? row.map(forField).join("\t") : row.join("\t");
}

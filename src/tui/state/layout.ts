import { remembering } from "./memo.ts";
import type { Level, Pane, Size, State } from "./state.ts";

/** Cells from the left and the top, from 0. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A pane and its place; its first line is its title. */
export interface Placed extends Rect {
  readonly pane: Pane;
}

/** The screen: a line above, panes, and two lines below. */
export interface Layout {
  /** Too small for anything but saying so. */
  readonly isTooSmall: boolean;
  readonly panes: readonly Placed[];
  /** What covers the panes has all their room. */
  readonly cover: Rect;
}

/** Less than this nobody can read. */
export const LEAST: Size = { columns: 40, rows: 6 };
/** Fewer rows have room for one pane alone; still fewer for no line above it. */
const LOW = 10;
const LOWEST = 8;
const THREE = 120;
const TWO = 80;
/** How much of the height the requests get: chunks are many more. */
const SHARE = 0.42;
/** Lines above and below the panes. */
const ABOVE = 1;
const BELOW = 2;

/** Which panes are shown, and where. */
const layoutFor = remembering((size: Size, focus: Pane, level: Level, isZoomed: boolean): Layout => {
  const { columns, rows } = size;
  const above = rows < LOWEST ? 0 : ABOVE;
  const cover = { x: 0, y: above, width: columns, height: Math.max(0, rows - above - BELOW) };
  if (columns < LEAST.columns || rows < LEAST.rows) return { isTooSmall: true, panes: [], cover };
  if (isZoomed || columns < TWO || rows < LOW) return { isTooSmall: false, panes: [{ pane: focus, ...cover }], cover };
  const { y, height } = cover;
  const inner = (x: number, width: number): Placed[] => {
    const upper = Math.max(4, Math.floor(height * SHARE));
    return [
      { pane: "requests", x, y, width, height: upper },
      { pane: "chunks", x, y: y + upper, width, height: height - upper },
    ];
  };
  // A column between panes is drawn.
  if (columns >= THREE) {
    const first = Math.floor(columns * 0.32);
    const second = Math.floor(columns * 0.29);
    const third = columns - first - second - 2;
    const panes: Placed[] = [
      { pane: "tests", x: 0, y, width: first, height },
      ...inner(first + 1, second),
      { pane: "answer", x: columns - third, y, width: third, height },
    ];
    return { isTooSmall: false, panes, cover };
  }
  const first = Math.floor(columns * 0.44);
  const answer: Placed = { pane: "answer", x: first + 1, y, width: columns - first - 1, height };
  const left: Placed[] = level === "tests" ? [{ pane: "tests", x: 0, y, width: first, height }] : inner(0, first);
  return { isTooSmall: false, panes: [...left, answer], cover };
});

export const layoutOf = ({ size, focus, level, isZoomed }: State): Layout => layoutFor(size, focus, level, isZoomed);

/** How many rows a pane shows below its title; of one that is not on the screen as many as it would have alone. */
export function windowRows(state: State, pane: Pane): number {
  const { panes, cover } = layoutOf(state);
  const height = panes.find((placed) => placed.pane === pane)?.height ?? cover.height;
  return Math.max(1, height - 1);
}

/** Whether one pane is all that there is room for, zoomed or not. */
export const isNarrow = ({ size }: State): boolean => size.columns < TWO || size.rows < LOW;

/** How many lines of what covers the panes are shown below its title. */
export const coverRows = (state: State): number => Math.max(1, layoutOf(state).cover.height - 1);

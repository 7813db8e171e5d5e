import { width } from "../../text/width.ts";
import { remembering } from "./memo.ts";
import type { Level, Pane, Size, State } from "./state.ts";
import { type Recordings, recordings, type TestRow } from "./tree.ts";
import { clamp } from "./window.ts";

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

/** What a list beside the answer gets of the width, and of three columns the first two. */
const SIDE = 0.44;
const [FIRST, SECOND] = [0.32, 0.29];
/** The same of the tests while one is among them: at least, and at most. */
const TESTS = { of2: 0.5, of3: FIRST, most: 0.6 };
/** So much is left for the other two columns, and the requests get so much of it. */
const OTHERS = 72;
const REQUESTS = 0.4;

/** What a row of the tests has beside its name: cursor, marks, count and bytes. */
const BESIDE = 22;
/** Columns for a level of the tree, and of a name as many as are asked for. */
const STEP = 2;
const LONGEST = 200;

/**
 * How wide the tests would be to show every name in full: of the whole tree, whatever is open and wherever the cursor is, so
 * that no key makes the panes jump. Broken files have no names that would be worth it.
 */
const wanted = remembering(({ rows }: Recordings): number =>
  rows.reduce((most, row) => (row.kind === "flaw" ? most : Math.max(most, wantedBy(row))), 0),
);

const wantedBy = ({ depth, label }: TestRow): number => STEP * depth + width(label.slice(0, LONGEST)) + BESIDE;

/** How wide the tests are while one is among them. */
function testsWidth(state: State): number {
  const { columns } = state.size;
  const isWide = columns >= THREE;
  const least = Math.floor(columns * (isWide ? TESTS.of3 : TESTS.of2));
  const most = Math.floor(columns * TESTS.most);
  return clamp(wanted(recordings(state)), least, isWide ? Math.min(most, columns - OTHERS) : most);
}

/** Which panes are shown, and where; `tests` columns are for the tests while one is among them. */
const layoutFor = remembering((size: Size, focus: Pane, level: Level, isZoomed: boolean, tests: number): Layout => {
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
    const isAmong = level === "tests" && tests > Math.floor(columns * FIRST);
    const first = isAmong ? tests : Math.floor(columns * FIRST);
    const second = isAmong ? Math.floor((columns - first - 2) * REQUESTS) : Math.floor(columns * SECOND);
    const third = columns - first - second - 2;
    const panes: Placed[] = [
      { pane: "tests", x: 0, y, width: first, height },
      ...inner(first + 1, second),
      { pane: "answer", x: columns - third, y, width: third, height },
    ];
    return { isTooSmall: false, panes, cover };
  }
  const first = level === "tests" ? tests : Math.floor(columns * SIDE);
  const answer: Placed = { pane: "answer", x: first + 1, y, width: columns - first - 1, height };
  const left: Placed[] = level === "tests" ? [{ pane: "tests", x: 0, y, width: first, height }] : inner(0, first);
  return { isTooSmall: false, panes: [...left, answer], cover };
});

export const layoutOf = (state: State): Layout =>
  layoutFor(state.size, state.focus, state.level, state.isZoomed, testsWidth(state));

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

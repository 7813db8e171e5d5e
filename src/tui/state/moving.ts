import { answerLines } from "../content/answer.ts";
import { coverRows, isNarrow, type Layout, layoutOf, windowRows } from "./layout.ts";
import { chunkCount, openBodyOf, requestIndex, requestOf, requestsOf } from "./requests.ts";
import { LEVELS, type Level, type Pane, type State } from "./state.ts";
import { recordings, rowIndex, testIndex, testRow, testRows } from "./tree.ts";
import { clamp } from "./window.ts";

/** How many rows a list has, and on which the cursor is. */
export function listOf(state: State, level: Level): { count: number; at: number } {
  if (level === "tests") return { count: testRows(state).length, at: testIndex(state) };
  if (level === "requests") return { count: requestsOf(state).length, at: requestIndex(state) };
  return { count: chunkCount(state), at: state.chunks.cursor };
}

/** Puts the cursor of a list on its `at`-th row, or the nearest that there is. */
export function cursorTo(state: State, level: Level, at: number): State {
  const { count } = listOf(state, level);
  const place = clamp(at, 0, Math.max(0, count - 1));
  if (level === "chunks") return { ...state, chunks: { ...state.chunks, cursor: place } };
  if (level === "requests") {
    return { ...state, requests: { ...state.requests, cursor: requestsOf(state)[place]?.path ?? "" } };
  }
  const cursor = testRows(state)[place]?.key ?? "";
  if (cursor === state.tests.cursor) return state;
  return { ...state, tests: { ...state.tests, cursor }, requests: { cursor: "", top: 0 } };
}

/** Scrolls the answer, or moves its line cursor where it has one. */
function scrollTo(state: State, to: number): State {
  const lines = answerLines(state).length;
  const rows = windowRows(state, "answer");
  if (state.answer.tab !== "raw") {
    return { ...state, answer: { ...state.answer, top: clamp(to, 0, Math.max(0, lines - rows)) } };
  }
  return { ...state, answer: { ...state.answer, line: clamp(to, 0, Math.max(0, lines - 1)) } };
}

/** Where the pane stands: the row of its cursor, or its first line. */
function placeIn(state: State, pane: Pane): number {
  if (pane !== "answer") return listOf(state, pane).at;
  return state.answer.tab === "raw" ? state.answer.line : state.answer.top;
}

/** Moves within a pane by so many rows. */
export const moveIn = (state: State, pane: Pane, by: number): State => moveTo(state, pane, placeIn(state, pane) + by);

/** Moves within a pane to a row, or the nearest that there is. */
const moveTo = (state: State, pane: Pane, to: number): State =>
  pane === "answer" ? scrollTo(state, to) : cursorTo(state, pane, to);

/** Moves what has the keys by so many rows: what covers the panes, or the pane. */
export function moved(state: State, by: number): State {
  const { overlay, focus } = state;
  return overlay ? { ...state, overlay: { ...overlay, top: overlay.top + by } } : moveIn(state, focus, by);
}

/** A page of what has the keys. */
const page = (state: State): number => (state.overlay ? coverRows(state) : windowRows(state, state.focus));
const halfPage = (state: State): number => Math.ceil(page(state) / 2);

/** More than any list has. */
const FAR = 1e9;

/** The moves of the keys, by rows and pages. */
export const MOVES = {
  down: (state: State) => moved(state, 1),
  up: (state: State) => moved(state, -1),
  halfDown: (state: State) => moved(state, halfPage(state)),
  halfUp: (state: State) => moved(state, -halfPage(state)),
  pageDown: (state: State) => moved(state, page(state)),
  pageUp: (state: State) => moved(state, -page(state)),
  first: (state: State) => moved(state, -FAR),
  last: (state: State) => moved(state, FAR),
} as const;

/** Gives the keys to a pane. */
export const focusOn = (state: State, pane: Pane): State => ({
  ...state,
  focus: pane,
  level: pane === "answer" ? state.level : pane,
});

/** One level deeper; a group that is closed opens. */
export function deeper(state: State): State {
  const { focus } = state;
  if (focus === "answer") return state;
  const row = testRow(state);
  if (focus === "tests") {
    if (row?.isOpen === false) return toggled(state, row.key);
    if (row?.flaw) return focusOn(state, "answer");
    if (row?.kind === "broken") return moved(state, 1);
    return requestsOf(state).length === 0 ? state : focusOn(state, "requests");
  }
  // What did not stream has no chunks: the answer is next.
  if (focus === "requests" && hasChunks(state)) return focusOn(state, "chunks");
  return focusOn(state, "answer");
}

/** Whether what is shown has chunks; before it was read, as its head tells. */
function hasChunks(state: State): boolean {
  const body = openBodyOf(state);
  return body ? body.units.length > 0 : (requestOf(state)?.head.chunks ?? 0) > 0;
}

/** One level up; in the tests, the group around it. */
export function back(state: State): State {
  const { focus, level } = state;
  // Where there is room for one pane alone nobody would see what it does.
  if (state.isZoomed && !isNarrow(state)) return { ...state, isZoomed: false };
  if (focus === "answer") return focusOn(state, level);
  if (focus !== "tests") return focusOn(state, LEVELS[LEVELS.indexOf(focus) - 1] as Level);
  const row = testRow(state);
  if (!row) return state;
  if (row.isOpen) return toggled(state, row.key);
  const around = recordings(state).rows[row.around];
  return around === undefined ? state : cursorTo(state, "tests", rowIndex(testRows(state), around.ordinal));
}

/** Opens a group that is closed, and closes one that is open. */
export function toggled(state: State, key: string): State {
  const closed = new Set(state.tests.closed);
  if (!closed.delete(key)) closed.add(key);
  return { ...state, tests: { ...state.tests, closed } };
}

/** The pane under a cell, and which of its rows; -1 for its title. */
export function paneAt(state: State, column: number, row: number): { pane: Pane; line: number } | null {
  const { panes }: Layout = layoutOf(state);
  const found = panes.find(
    ({ x, y, width, height }) => column >= x && column < x + width && row >= y && row < y + height,
  );
  return found ? { pane: found.pane, line: row - found.y - 1 } : null;
}

import { answerLines } from "../content/answer.ts";
import { type Layout, layoutOf, windowRows } from "./layout.ts";
import { chunkCount, requestIndex, requestsOf } from "./requests.ts";
import { LEVELS, type Level, type Pane, type State } from "./state.ts";
import { testIndex, testRow, testRows } from "./tree.ts";
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
  const cover = { ...state.answer, top: 0, line: 0, folds: new Set<string>() };
  if (level === "tests") {
    const key = testRows(state)[place]?.key ?? "";
    if (key === state.tests.cursor) return state;
    const fresh = { requests: { cursor: "", top: 0 }, chunks: { cursor: 0, top: 0 }, answer: cover, play: null };
    return { ...state, tests: { ...state.tests, cursor: key }, ...fresh };
  }
  if (level === "requests") {
    const path = requestsOf(state)[place]?.path ?? "";
    if (place === requestIndex(state)) return { ...state, requests: { ...state.requests, cursor: path } };
    const fresh = { chunks: { cursor: 0, top: 0 }, answer: cover, play: null };
    return { ...state, requests: { ...state.requests, cursor: path }, ...fresh };
  }
  // The raw tab shows the chunk itself: another one begins at its top.
  const answer = state.answer.tab === "raw" ? cover : state.answer;
  return { ...state, chunks: { ...state.chunks, cursor: place }, answer };
}

/** Scrolls the answer, or moves its line cursor where it has one. */
export function scrollTo(state: State, to: number): State {
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
export const moveTo = (state: State, pane: Pane, to: number): State =>
  pane === "answer" ? scrollTo(state, to) : cursorTo(state, pane, to);

/** A page of the pane with the keys. */
export const page = (state: State): number => windowRows(state, state.focus);

/** Gives the keys to a pane. */
export const focusOn = (state: State, pane: Pane): State => ({
  ...state,
  focus: pane,
  level: pane === "answer" ? state.level : pane,
});

/** One level deeper; a group opens or closes. */
export function deeper(state: State): State {
  const { focus } = state;
  if (focus === "answer") return state;
  const row = testRow(state);
  if (focus === "tests" && row?.isOpen === false) return toggled(state, row.key);
  if (focus === "tests" && row?.flaw) return focusOn(state, "answer");
  const next = LEVELS[LEVELS.indexOf(focus) + 1];
  const isEmpty = next === undefined || listOf(state, next).count === 0;
  // What did not stream has no chunks: the answer is next.
  if (isEmpty) return focus === "tests" ? state : focusOn(state, "answer");
  return focusOn(state, next);
}

/** One level up; in the tests, the group around it. */
export function back(state: State): State {
  const { focus, level } = state;
  if (state.isZoomed) return { ...state, isZoomed: false };
  if (focus === "answer") return focusOn(state, level);
  if (focus !== "tests") return focusOn(state, LEVELS[LEVELS.indexOf(focus) - 1] as Level);
  const rows = testRows(state);
  const at = testIndex(state);
  const row = rows[at];
  if (!row) return state;
  if (row.isOpen) return toggled(state, row.key);
  const above = rows.findLastIndex(({ depth }, other) => other < at && depth < row.depth);
  return above < 0 ? state : cursorTo(state, "tests", above);
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

import { answerLines } from "../content/answer.ts";
import { coverLines } from "../content/cover.ts";
import { coverRows, windowRows } from "./layout.ts";
import { listOf } from "./moving.ts";
import { chunkCount, openBodyOf, requestIndex, requestPlace, requestsOf, shownPath } from "./requests.ts";
import { LEVELS, type Level, type State } from "./state.ts";
import { leafAt, pathTo, recordings, rowIndex, type TestRow, testIndex, testRow, testRows } from "./tree.ts";
import { clamp, topFor } from "./window.ts";

/** Puts every cursor on something that is there, near where it was, and every window around its cursor. */
export function settled(before: State, after: State): State {
  let state = requestsSettled(before, testsSettled(before, after));
  if (shownPath(before) !== shownPath(state)) {
    state = { ...state, chunks: { cursor: 0, top: 0 }, answer: { ...state.answer, top: 0, line: 0, folds: new Set() } };
  }
  state = playSettled(state);
  const chunk = clamp(state.chunks.cursor, 0, Math.max(0, chunkCount(state) - 1));
  if (chunk !== state.chunks.cursor) state = { ...state, chunks: { ...state.chunks, cursor: chunk } };
  // The raw tab shows the chunk itself: another one begins at its top.
  if (state.answer.tab === "raw" && rawSubject(before) !== rawSubject(state)) {
    state = { ...state, answer: { ...state.answer, top: 0, line: 0, folds: new Set() } };
  }
  for (const level of LEVELS) state = windowed(state, level);
  return coverWindowed(answerWindowed(state));
}

/** What the raw tab shows of a recording: a chunk by its number, or the file. */
const rawSubject = ({ level, chunks }: State): number | null => (level === "chunks" ? chunks.cursor : null);

function testsSettled(before: State, state: State): State {
  const rows = testRows(state);
  const { cursor } = state.tests;
  const key = rows[testPlace(before, state, rows)]?.key ?? "";
  // Until all was read the first row is not the one that people will see first.
  if (key === cursor || (cursor === "" && !state.tree.isRead)) return state;
  return { ...state, tests: { ...state.tests, cursor: key } };
}

/** The row for the cursor: its own, the closed group around it, or of one that is gone what stands nearest. */
function testPlace(before: State, state: State, rows: readonly TestRow[]): number {
  const { cursor } = state.tests;
  const all = recordings(state);
  const row = testRow(before);
  if (cursor === "" || all.ordinals.has(cursor) || row === null) return testIndex(state);
  const place = row.flaw === null ? nearestPlace(before, state, row) : undefined;
  const leaf = place === undefined ? undefined : leafAt(all, place);
  if (leaf === undefined) return clamp(testIndex(before), 0, rows.length - 1);
  const path = pathTo(all, leaf);
  const at = row.isOpen === null ? leaf : (path[Math.min(row.depth, path.length - 1)] ?? leaf);
  return rowIndex(rows, at.ordinal);
}

/** Of what was shown, else of the next recording that is still there, else of the last one before it, the place now. */
function nearestPlace(before: State, state: State, row: TestRow): number | undefined {
  const { at } = recordings(state);
  const { order } = recordings(before);
  const shown = at.get(shownPath(before) ?? "");
  if (shown !== undefined) return shown;
  const behind = order.slice(row.from).find(({ path }) => at.has(path));
  return at.get((behind ?? order.slice(0, row.from).findLast(({ path }) => at.has(path)))?.path ?? "");
}

function requestsSettled(before: State, state: State): State {
  let { cursor } = state.requests;
  if (cursor !== "" && requestPlace(state, cursor) < 0) {
    const requests = requestsOf(state);
    const near = clamp(requestIndex(before), 0, requests.length - 1);
    cursor = state.tests.cursor === before.tests.cursor ? (requests[near]?.path ?? "") : "";
  }
  // Whoever looks into a test stays on one recording, whatever order its requests turn out to have.
  if (cursor === "" && state.focus !== "tests") cursor = requestsOf(state)[0]?.path ?? "";
  return cursor === state.requests.cursor ? state : { ...state, requests: { ...state.requests, cursor } };
}

/** A stream plays while it is shown and nothing covers it. */
function playSettled(state: State): State {
  const { play } = state;
  if (play === null) return state;
  const units = openBodyOf(state)?.units.length ?? 0;
  if (play.path !== shownPath(state) || units === 0) return { ...state, play: null };
  const shown = Math.min(play.shown, units);
  const isPaused = play.isPaused || state.overlay !== null || state.prompt !== null;
  return shown === play.shown && isPaused === play.isPaused ? state : { ...state, play: { ...play, shown, isPaused } };
}

function windowed(state: State, level: Level): State {
  const { count, at } = listOf(state, level);
  const top = topFor(state[level].top, at, count, windowRows(state, level));
  return top === state[level].top ? state : { ...state, [level]: { ...state[level], top } };
}

function answerWindowed(state: State): State {
  const count = answerLines(state).length;
  const rows = windowRows(state, "answer");
  const line = clamp(state.answer.line, 0, Math.max(0, count - 1));
  const top =
    state.answer.tab === "raw"
      ? topFor(state.answer.top, line, count, rows)
      : clamp(state.answer.top, 0, Math.max(0, count - rows));
  if (line === state.answer.line && top === state.answer.top) return state;
  return { ...state, answer: { ...state.answer, line, top } };
}

function coverWindowed(state: State): State {
  const { overlay } = state;
  if (overlay === null) return state;
  const top = clamp(overlay.top, 0, Math.max(0, coverLines(state).length - coverRows(state)));
  return top === overlay.top ? state : { ...state, overlay: { ...overlay, top } };
}

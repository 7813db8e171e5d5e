import { answerLines } from "../content/answer.ts";
import { windowRows } from "./layout.ts";
import { cursorTo, listOf } from "./moving.ts";
import { chunkCount, requestIndex, requestsOf } from "./requests.ts";
import { LEVELS, type Level, type State } from "./state.ts";
import { rowPlaces, testIndex, testRows } from "./tree.ts";
import { clamp, topFor } from "./window.ts";

/** Puts every cursor on something that is there, near where it was, and every window around its cursor. */
export function settled(before: State, after: State): State {
  let state = after;
  if (state.tests.cursor !== "" && !rowPlaces(testRows(state)).has(state.tests.cursor)) {
    const { cursor, ...rest } = state.tests;
    state = cursorTo({ ...state, tests: { ...rest, cursor: "" } }, "tests", testIndex(before));
    // The first row is where the cursor is on nothing else.
    if (state.tests.cursor === "" && cursor !== "") state = { ...state, requests: { cursor: "", top: 0 } };
  }
  const requests = requestsOf(state);
  if (state.requests.cursor !== "" && !requests.some(({ path }) => path === state.requests.cursor)) {
    const near = clamp(requestIndex(before), 0, Math.max(0, requests.length - 1));
    const cursor = state.tests.cursor === before.tests.cursor ? (requests[near]?.path ?? "") : "";
    state = { ...state, requests: { ...state.requests, cursor }, chunks: { cursor: 0, top: 0 }, play: null };
  }
  const chunk = clamp(state.chunks.cursor, 0, Math.max(0, chunkCount(state) - 1));
  if (chunk !== state.chunks.cursor) state = { ...state, chunks: { ...state.chunks, cursor: chunk } };
  for (const level of LEVELS) state = windowed(state, level);
  return answerWindowed(state);
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

import type { Unit } from "../../dialects/units.ts";
import { bringsContent } from "../../replay/frames.ts";
import { answerLines } from "../content/answer.ts";
import { layoutOf, windowRows } from "./layout.ts";
import { showTab } from "./looking.ts";
import { focusOn } from "./moving.ts";
import { openBodyOf, requestOf } from "./requests.ts";
import type { Play, State } from "./state.ts";
import { does, type Made, told } from "./step.ts";
import { isOnGroup } from "./tree.ts";
import { clamp } from "./window.ts";

/** Units with content a second. */
const PACE = { start: 30, least: 1, most: 1000 } as const;
/** Milliseconds: a screen is not drawn more often, so at a high pace several units come together. */
const LEAST_PAUSE = 16;

/** Plays the stream at hand from its start. */
export function played(state: State): Made {
  const entry = requestOf(state);
  const body = openBodyOf(state);
  if (entry === null) return told(state, "nothing to play");
  if (isOnGroup(state)) return told(state, "p plays one recording: go to a test, or press Enter to choose a request");
  if (!entry.head.streaming) return told(state, "it did not stream: nothing to play");
  if (body === null) return told(state, "it is still being read");
  if (body.units.length === 0) return told(state, "no chunks: nothing to play");
  const isGrowing = state.answer.tab === "conversation" || (state.answer.tab === "raw" && state.level === "chunks");
  const shown = isGrowing ? state : showTab(state, "conversation");
  const play: Play = { path: body.path, shown: 0, isPaused: false, pace: PACE.start, turn: 0 };
  const from = inSight({ ...shown, play, chunks: { cursor: 0, top: 0 } });
  return waiting(withAnswerAt(from, END));
}

/**
 * A stream that plays is seen, on a screen of another size than `before`, too: where there is room for one pane alone, the
 * answer is that one, and who looked at its end goes on doing so.
 */
export function inSight(state: State, before = state): State {
  if (state.play === null) return state;
  const { isTooSmall, panes } = layoutOf(state);
  const isSeen = isTooSmall || panes.some(({ pane }) => pane === "answer" || pane === "chunks");
  const seen = isSeen ? state : focusOn(state, "answer");
  return isAtEnd(before) ? withAnswerAt(seen, END) : seen;
}

/** Waits for the next units. */
function waiting(state: State): Made {
  const { play } = state;
  if (play === null) return state;
  const turn = state.turns + 1;
  const ms = (unitsATick(play.pace) * 1000) / play.pace;
  return does(
    { ...state, turns: turn, play: { ...play, isPaused: false, turn } },
    // biome-ignore lint/suspicious/noThenProperty: no promise, an action.
    { type: "timer", ms, then: { type: "tick", turn } },
  );
}

const unitsATick = (pace: number): number => Math.max(1, Math.ceil((pace * LEAST_PAUSE) / 1000));

/** The timer rang. */
export function ticked(state: State, turn: number): Made {
  const { play } = state;
  const units = openBodyOf(state)?.units;
  if (play === null || play.isPaused || play.turn !== turn || units === undefined) return state;
  const after = shownTo(state, play, further(units, play.shown, unitsATick(play.pace)));
  return after.play?.isPaused ? after : waiting(after);
}

/** Behind so many more units with content, and those without that come with them. */
function further(units: readonly Unit[], shown: number, count: number): number {
  let at = shown;
  for (let left = count; at < units.length; at++) {
    if (bringsContent((units[at] as Unit).pieces) && left-- === 0) break;
  }
  return at;
}

/** The line behind all others. */
const END = 1e9;
const withAnswerAt = (state: State, top: number): State => ({ ...state, answer: { ...state.answer, top } });

/** So many units have come. Who looks at the last one, or at the end of the answer, goes on doing so. */
function shownTo(state: State, play: Play, to: number): State {
  const units = openBodyOf(state)?.units.length ?? 0;
  const shown = clamp(to, 0, units);
  const isPaused = play.isPaused || shown === units;
  const isLast = state.chunks.cursor >= play.shown - 1;
  const cursor = isLast ? Math.max(0, shown - 1) : state.chunks.cursor;
  const after: State = { ...state, play: { ...play, shown, isPaused }, chunks: { ...state.chunks, cursor } };
  return isAtEnd(state) ? withAnswerAt(after, END) : after;
}

/** Whether the end of the conversation is looked at. */
const isAtEnd = (state: State): boolean =>
  state.answer.tab === "conversation" && state.answer.top >= answerLines(state).length - windowRows(state, "answer");

/** Whether all has come. */
export const isOver = (state: State): boolean =>
  state.play !== null && state.play.shown >= (openBodyOf(state)?.units.length ?? 0);

/** Pauses, goes on, or begins anew behind the end. */
export function paused(state: State): Made {
  const { play } = state;
  if (play === null) return state;
  if (!play.isPaused) return { ...state, play: { ...play, isPaused: true } };
  return waiting(isOver(state) ? shownTo(state, { ...play, isPaused: false }, 0) : state);
}

/** A unit forward or back; it pauses. */
export function stepped(state: State, by: 1 | -1): State {
  const { play } = state;
  return play === null ? state : shownTo(state, { ...play, isPaused: true }, play.shown + by);
}

/** Another pace, from now on. */
export function paced(state: State, factor: number): Made {
  const { play } = state;
  if (play === null) return state;
  const pace = clamp(play.pace * factor, PACE.least, PACE.most);
  const after = { ...state, play: { ...play, pace } };
  return play.isPaused ? after : waiting(after);
}

/** No longer plays: the whole answer is there. */
export const stopped = (state: State): State => ({ ...state, play: null });

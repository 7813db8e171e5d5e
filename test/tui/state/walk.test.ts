import { expect, it } from "vitest";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { coverLines } from "../../../src/tui/content/cover.ts";
import { coverRows, layoutOf, windowRows } from "../../../src/tui/state/layout.ts";
import { withoutMemory } from "../../../src/tui/state/memo.ts";
import { listOf } from "../../../src/tui/state/moving.ts";
import { openBodyOf, requestPlace, requestsOf, shownPath } from "../../../src/tui/state/requests.ts";
import { initial, LEVELS, type State } from "../../../src/tui/state/state.ts";
import { recordings, testRows } from "../../../src/tui/state/tree.ts";
import { update } from "../../../src/tui/state/update.ts";
import { strayAction, type World, worldOf } from "./stray.ts";

/** `expect` alone would take most of the time of a hundred thousand steps. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

/** Everything that must hold after any action. */
function soundness(state: State): void {
  const { answer, play, prompt, overlay } = state;
  const { cursor } = state.tests;
  const rows = testRows(state);
  if (rows.length === 0) must(cursor === "", "no row, no cursor");
  else if (state.tree.isRead)
    must(
      rows.some(({ key }) => key === cursor),
      `a row ${cursor}`,
    );
  const request = state.requests.cursor;
  must(request === "" || requestsOf(state).some(({ path }) => path === request), `a request ${request}`);
  must(request === "" || requestsOf(state)[requestPlace(state, request)]?.path === request, "the place of the request");
  for (const level of LEVELS) {
    const { count, at } = listOf(state, level);
    const { top } = state[level];
    const page = windowRows(state, level);
    must(at >= 0 && at < Math.max(1, count), `${level}: the cursor is on a row`);
    must(top >= 0 && top <= Math.max(0, count - page), `${level}: no row is wasted`);
    must(at >= top && at < top + page, `${level}: the window holds the cursor`);
  }
  must(state.focus === "answer" || state.focus === state.level, "level and focus agree");
  const lines = answerLines(state).length;
  must(answer.top >= 0 && answer.top <= Math.max(0, lines - windowRows(state, "answer")), "the answer's window");
  must(answer.line >= 0 && answer.line <= Math.max(0, lines - 1), "the answer's line");
  if (play) {
    must(play.path === shownPath(state), "what plays is shown");
    must(play.shown >= 0 && play.shown <= (openBodyOf(state)?.units.length ?? -1), "what plays is there");
    must(play.pace >= 1 && play.pace <= 1000, "the pace");
    must(play.isPaused || (overlay === null && prompt === null), "nothing plays unseen");
    must(play.turn <= state.turns, "timers are counted");
  }
  if (prompt) {
    const { text, at } = prompt;
    const starts = [...Array.from(new Intl.Segmenter().segment(text), ({ index }) => index), text.length];
    must(starts.includes(at), "the cursor of the line stands between graphemes");
    must(!/\p{Cc}/u.test(text), "the line holds no control character");
  }
  if (overlay) {
    must(
      overlay.top >= 0 && overlay.top <= Math.max(0, coverLines(state).length - coverRows(state)),
      "the cover's window",
    );
  }
  const paths = new Set([...state.tree.entries, ...state.tree.broken].map(({ path }) => path));
  must(
    [...state.leaving].every((path) => paths.has(path)),
    "marked recordings are there",
  );
  must(state.compareWith === null || paths.has(state.compareWith), "what is compared with is there");
  must(state.bodies.size <= 12, "few bodies are kept");
  const { panes, isTooSmall } = layoutOf(state);
  must(isTooSmall || panes.some(({ pane }) => pane === state.focus), "the pane with the keys is on the screen");
}

/** What follows from a state, for a comparison of what is remembered with what is made anew. */
const derived = (state: State) => ({
  rows: testRows(state),
  order: recordings(state).order,
  requests: requestsOf(state),
  lists: LEVELS.map((level) => listOf(state, level)),
  layout: layoutOf(state),
});

/** Bodies are read from disk, and hold the classes of what they were read with. */
function plainness(value: unknown, at: string): void {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return;
  if (value instanceof Map || value instanceof Set) {
    for (const [key, inner] of value.entries()) {
      plainness(key, `${at} key`);
      if (!at.startsWith("state.bodies")) plainness(inner, `${at}.${key}`);
    }
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) plainness(inner, `${at}[${index}]`);
    return;
  }
  must(typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype, `${at} is plain`);
  for (const [key, inner] of Object.entries(value as object)) plainness(inner, `${at}.${key}`);
}

const WALKS = 50;
const STEPS = 2_000;

it(`${WALKS} walks of ${STEPS} actions leave the machine sound`, { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= WALKS; seed++) {
    const world: World = worldOf(seed);
    let state = initial({ size: { columns: 120, rows: 30 }, recctl: "recctl", hasColour: seed % 2 === 0 });
    const done: string[] = [];
    for (let step = 0; step < STEPS; step++) {
      const action = strayAction(world, state);
      done.push(`${action.type}${action.type === "do" ? ` ${action.verb}` : ""}`);
      try {
        const { state: after, effects } = update(state, action);
        world.wanted.push(...effects);
        state = after;
        soundness(state);
        if (step % 100 === 0) {
          expect(withoutMemory(() => derived(state))).toEqual(derived(state));
          plainness(state, "state");
        }
        if (step % 200 === 0) {
          expect(withoutMemory(() => answerLines(state))).toEqual(answerLines(state));
          expect(withoutMemory(() => coverLines(state))).toEqual(coverLines(state));
        }
      } catch (error) {
        throw new Error(`walk ${seed}, step ${step}: ${done.slice(-8).join(", ")}: ${error}`, { cause: error });
      }
    }
  }
});

import { describe, expect, it } from "vitest";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { windowRows } from "../../../src/tui/state/layout.ts";
import { openBodyOf } from "../../../src/tui/state/requests.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { body, onRow, press, run, STREAM, started, withBody } from "./made.ts";

const stream = (): State => withBody(onRow(started(), "t:tests/in/test_a.py::test_two"));
const playing = () => press(stream(), "p");
const tick = (state: State) => run(state, { type: "tick", turn: state.play?.turn ?? -1 });
const units = body("x", STREAM).units;
const brings = units.map(({ pieces }) => pieces.some(({ type }) => type !== "finish" && type !== "usage"));

describe("a stream that plays", () => {
  it("begins with nothing, and waits a thirtieth of a second", () => {
    const { state, effects } = playing();
    expect(state.play).toMatchObject({ shown: 0, isPaused: false, pace: 30 });
    expect(effects).toMatchObject([{ type: "timer", ms: 1000 / 30 }]);
  });

  it("brings a unit with content and those without behind it, and the cursor follows", () => {
    let { state } = playing();
    const seen = [];
    while (state.play && !state.play.isPaused) {
      state = tick(state).state;
      seen.push(state.play?.shown ?? -1);
      expect(state.chunks.cursor).toBe((state.play?.shown ?? 0) - 1);
    }
    const ends = brings.flatMap((is, at) => (is ? [at] : [])).slice(1);
    expect(seen).toEqual([...ends, units.length]);
    expect(state.play).toMatchObject({ shown: units.length, isPaused: true });
  });

  it("pauses at its end without a timer, and begins anew from there", () => {
    let { state } = playing();
    let last = tick(state);
    while (!last.state.play?.isPaused) last = tick(last.state);
    expect(last.effects).toEqual([]);
    state = press(last.state, "space").state;
    expect(state.play).toMatchObject({ shown: 0, isPaused: false });
  });

  it("stays in sight on a screen that has room for one pane alone", () => {
    const sized = (columns: number, rows: number) =>
      run(playing().state, { type: "resize", size: { columns, rows } }).state;
    expect(playing().state.focus).toBe("tests");
    expect(sized(100, 30).focus).toBe("tests");
    expect(sized(60, 20).focus).toBe("answer");
    const shrunk = run(run(sized(100, 30), { type: "tick", turn: playing().state.play?.turn ?? 0 }).state, {
      type: "resize",
      size: { columns: 60, rows: 7 },
    }).state;
    expect(shrunk.answer.top).toBe(Math.max(0, answerLines(shrunk).length - windowRows(shrunk, "answer")));
    expect(shrunk.answer.top).toBeGreaterThan(0);
    // Nothing is shown of it there.
    expect(sized(10, 2).focus).toBe("tests");
  });

  it("hears its own timer alone", () => {
    const { state } = playing();
    const old = state.play?.turn ?? 0;
    expect(run(state, { type: "tick", turn: old + 7 }).state).toBe(state);
    const again = press(state, "space", "space").state;
    expect(run(again, { type: "tick", turn: old }).state).toBe(again);
    expect(tick(again).state.play?.shown).toBeGreaterThan(0);
    const anew = press(again, "esc", "p").state;
    for (const turn of [old, again.play?.turn ?? 0]) expect(run(anew, { type: "tick", turn }).state).toBe(anew);
    const paused = press(state, "space").state;
    expect(tick(paused).state).toBe(paused);
  });

  it("goes faster and slower, never more often than screens are drawn", () => {
    let { state } = playing();
    const paces = [];
    for (const key of ["+", "+", "+", "+", "+", "+", "+"]) {
      const step = press(state, key);
      state = step.state;
      const [effect] = step.effects;
      expect(effect).toMatchObject({ type: "timer" });
      if (effect?.type === "timer") expect(effect.ms).toBeGreaterThanOrEqual(16);
      paces.push(state.play?.pace);
    }
    expect(paces).toEqual([60, 120, 240, 480, 960, 1000, 1000]);
    expect(tick(state).state.play?.shown).toBeGreaterThanOrEqual(Math.min(units.length, 16));
    for (let count = 0; count < 12; count++) state = press(state, "-").state;
    expect(state.play?.pace).toBe(1);
  });

  it("steps unit by unit, pausing", () => {
    let { state } = playing();
    state = press(state, ".", ".", ",").state;
    expect(state.play).toMatchObject({ shown: 1, isPaused: true });
    expect(press(state, ",", ",", ",").state.play?.shown).toBe(0);
  });

  it.each([["?"], ["/"], ["f"], ["w"]])("pauses when %s covers it", (key) => {
    const { state } = press(playing().state, key);
    expect(state.play?.isPaused).toBe(true);
  });

  it("ends where another recording is shown, or its file has changed", () => {
    const { state } = playing();
    expect(press(state, "j").state.play).toBeNull();
    expect(run(state, { type: "changed", paths: [state.play?.path ?? ""] }).state.play).toBeNull();
  });

  it.each([["2"], ["3"], ["4"]])("shows the tab in which the answer grows, from tab %s", (tab) => {
    expect(press(stream(), tab, "p").state.answer.tab).toBe("conversation");
    expect(press(stream(), "enter", "enter", "2", "p").state.answer.tab).toBe("raw");
  });

  it("shows all where it is stopped", () => {
    const { state } = press(playing().state, ".", "esc");
    expect(state.play).toBeNull();
    expect(openBodyOf(state)?.units.length).toBe(units.length);
  });

  it("is looked at at its end, until someone scrolls back", () => {
    const small = run(stream(), { type: "resize", size: { columns: 60, rows: 10 } }).state;
    const { state } = press(small, "p");
    expect(state.focus).toBe("answer");
    const up = press(state, "g").state;
    expect(tick(up).state.answer.top).toBe(0);
  });
});

it.each([
  ["t:tests/test_d.py::test_four", "it did not stream"],
  ["b:", "nothing to play"],
  ["f:tests/in/test_a.py", "p plays one recording: go to a test"],
])("what is no stream does not play: %s", (key, says) => {
  const { state } = press(onRow(started(), key), "p");
  expect(state.play).toBeNull();
  expect(state.message?.text).toMatch(says);
});

import { describe, expect, it } from "vitest";
import type { Broken } from "../../../src/listing/entry.ts";
import { plain } from "../../../src/text/style.ts";
import { width } from "../../../src/text/width.ts";
import type { RemovalPlan } from "../../../src/tui/state/overlay.ts";
import type { Filter, Prompt, State } from "../../../src/tui/state/state.ts";
import { recordings } from "../../../src/tui/state/tree.ts";
import { update } from "../../../src/tui/state/update.ts";
import { keysLine } from "../../../src/tui/views/footer-keys.ts";
import { headerLine } from "../../../src/tui/views/header.ts";
import { promptLine } from "../../../src/tui/views/prompt.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { after, type Made, resized, said, stateOf } from "./world.ts";

const BROKEN: Broken[] = Array.from({ length: 19 }, (_, at) => ({
  path: `recordings/bad${at}.json`,
  line: 1,
  column: 1,
  message: "no JSON",
}));
const made = (test: string | null): Made => ({ test, asks: "Who rows?", answers: [said("Ada")] });
const THREE = ["a.py::one", "a.py::two", "b.py::three"].map(made);

describe("broken files", () => {
  const state = stateOf(THREE, { broken: BROKEN });
  const filter: Filter = { line: "--failed", kept: new Set([state.tree.entries[0]?.path ?? ""]) };

  it("are counted in full, where fewer recordings are than they", () => {
    expect(screenOf(state).find((line) => line.includes("broken files"))).toMatch(/ 19 *│/);
  });

  it("are told in the header while all is shown, and that a filter hides them", () => {
    expect(headerLine(state, plain)).toMatch(/✗ 19 broken(?! hidden)/);
    for (const columns of [100, 60]) {
      expect(headerLine(resized({ ...state, filter }, { columns, rows: 20 }), plain)).toContain("✗ 19 broken hidden");
    }
    const none = { ...state, filter: { ...filter, kept: new Set<string>() } };
    expect(screenOf(none).join("\n")).toContain("and 19 files that cannot be read");
    expect(screenOf({ ...state, filter }).join("\n")).not.toContain("broken files");
  });

  it("that a filter hides are nothing to open", () => {
    const none = { ...state, filter: { ...filter, kept: new Set<string>() } };
    expect(recordings(none).rows).toEqual([]);
    expect(keysLine(none, 200, plain)).not.toContain("open");
    expect(keysLine(none, 200, plain)).toContain("F no filter");
  });
});

it("hits are counted among what the filter leaves", () => {
  const state = stateOf(THREE);
  const paths = state.tree.entries.map(({ path }) => path);
  const search = { text: "e", hits: new Set(paths), isDone: true };
  const filter = { line: "-t x", kept: new Set(paths.slice(1)) };
  const header = headerLine({ ...state, search, filter, tests: { ...state.tests, cursor: "t:a.py::two" } }, plain);
  expect(header).toContain("/e 1 of 2");
  expect(headerLine({ ...state, search, filter: { ...filter, kept: new Set() } }, plain)).toContain("nothing found");
});

it("p is told where it plays: on a test, not on what holds tests", () => {
  const state = stateOf(THREE);
  expect(keysLine(state, 200, plain)).not.toContain("p play");
  expect(keysLine(after(state, "down"), 200, plain)).toContain("p play");
  expect(keysLine(after(state, "deeper"), 200, plain)).toContain("p play");
});

it.each([
  ["", "(empty)"],
  ["  ", '"  "'],
  ["a.py::", "(empty)"],
  ["a.py:: ", '" "'],
])("a test id that cannot be seen is told: %j", (id, label) => {
  const state = stateOf([made(id)]);
  expect(recordings(state).rows.map((row) => row.label)).toContain(label);
  expect(recordings(state).rows.every((row) => row.label.trim() !== "")).toBe(true);
  if (id.trim() === "") expect(screenOf(state).at(-2)).toContain(label);
});

describe("a long line that is typed", () => {
  const line = (text: string, at: number): Prompt => ({ asks: "search", text, at, error: null, path: null });

  it("shows what is around its cursor", () => {
    const text = `${"a".repeat(900)}xyz${"b".repeat(900)}`;
    expect(promptLine(line(text, 903), 20, plain)).toBe("/…aaaaaaaaaaxyz▏bbb…");
    expect(promptLine(line(text, text.length), 12, plain)).toBe("/…bbbbbbbbb▏");
    expect(promptLine(line("👩‍👩‍👧".repeat(200), 1600), 12, plain)).toBe(`/…${"👩‍👩‍👧".repeat(4)}▏ `);
  });

  it("takes as long as what is shown of it", () => {
    for (const text of ["x".repeat(1_000_000), "\u0301".repeat(1_000_000)]) {
      const began = performance.now();
      for (const at of [0, 500_000, 1_000_000]) expect(width(promptLine(line(text, at), 80, plain))).toBe(80);
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });
});

describe("the keys that are told do what they say", () => {
  const keys = (state: State): string => keysLine(state, 300, plain);

  it("while a stream plays, is paused, and is over", () => {
    const streamed: Made = {
      test: "a.py::one",
      asks: "Who rows?",
      answers: ["Ada ", "rows"].map(said),
    };
    const playing = after(stateOf([streamed]), "down", "play");
    expect(playing.play).not.toBeNull();
    expect(keys(playing)).toContain("Space pause");
    const paused = after(playing, "pause");
    expect(keys(paused)).toContain("Space go on");
    expect(keys(paused)).toContain("+ faster");
    let over = paused;
    for (let at = 0; at < 20; at++) over = after(over, "stepForward");
    expect(keys(over)).toContain("Space play again");
    for (const text of ["faster", "step", "pause"]) expect(keys(over)).not.toContain(text);
  });

  it.each([40, 60])("of a stream that plays how it is paused and stopped comes first: %d columns", (columns) => {
    const state = stateOf([{ test: "a.py::one", asks: "Who rows?", answers: ["Ada ", "rows"].map(said) }]);
    const playing = resized(after(state, "down", "play"), { columns, rows: 12 });
    const search = { text: "rows", hits: new Set(state.tree.entries.map(({ path }) => path)), isDone: true };
    for (const one of [playing, after(playing, "pause"), after(playing, "stepForward", "stepForward")]) {
      expect(keysLine({ ...one, search }, columns, plain)).toMatch(
        /^Space (pause|go on|play again) .*Esc stop .*\? help/,
      );
    }
  });

  it("folding in the JSON, before what holds everywhere", () => {
    const state = after(
      stateOf([{ test: "a.py::one", asks: "Who rows?", answers: "Ada" }]),
      "last",
      "deeper",
      "deeper",
    );
    expect(state.focus).toBe("answer");
    for (const columns of [40, 60]) {
      expect(keysLine(after(state, "tab2"), columns, plain)).toContain("Space fold");
      expect(keysLine(state, columns, plain)).not.toContain("Space fold");
    }
  });

  it("comparing and copying, where there is a recording", () => {
    const state = after(stateOf(THREE, { broken: BROKEN }), "last");
    expect(keys(state)).not.toContain("c compare");
    expect(keys(state)).toContain("y copy id");
    expect(keys({ ...state, tests: { ...state.tests, cursor: "b:" } })).not.toMatch(/c compare|y copy id/);
    expect(keys(after(state, "first"))).toContain("c compare");
  });

  it("n, where anything was found", () => {
    const state = stateOf(THREE);
    const search = { text: "e", hits: new Set<string>(), isDone: true };
    expect(keys({ ...state, search })).not.toContain("n next");
    expect(keys({ ...state, search: { ...search, hits: new Set([state.tree.entries[0]?.path ?? ""]) } })).toContain(
      "n next",
    );
  });

  it("back, where there is anything around", () => {
    const state = stateOf(THREE);
    expect(keys(state)).toContain("Esc back");
    expect(keys(after(state, "fold"))).not.toContain("Esc back");
  });

  it("removing, once there is a plan that can be carried out", () => {
    const planning = after(stateOf(THREE), "remove", "plan");
    expect(keys(planning)).not.toContain("y remove");
    const plan: RemovalPlan = {
      items: [{ path: planning.tree.entries[0]?.path ?? "", testId: null, bytes: 1, digest: "" }],
      notes: [],
      refusals: [],
    };
    const ready = update(planning, { type: "planned", plan }).state;
    expect(keys(ready)).toContain("y remove");
    expect(keys(ready)).not.toContain("D plan anew");
    const refused = update(after(ready, "close"), { type: "refused", plan, refusals: ["gone"], told: "gone" }).state;
    expect(keys(refused)).toContain("D plan anew");
    expect(keys(refused)).not.toContain("y remove");
  });
});

it("counts are written as people read them, wherever they stand", () => {
  const state = stateOf(Array.from({ length: 1200 }, (_, at) => made(`a.py::test_${at}`)));
  const text = screenOf(after(state, "remove")).join("\n");
  expect(text).toContain("D1,200");
  expect(text).toContain("1,200 recordings marked");
  expect(text).not.toMatch(/1200/);
});

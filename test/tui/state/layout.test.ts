import { describe, expect, it } from "vitest";
import { layoutOf } from "../../../src/tui/state/layout.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { entry, press, started, tree } from "./made.ts";

const NAMED = (name: string) =>
  tree([entry("tests/recordings/aa.json", `tests/test_a.py::${name}`), entry("b.json", "b.py::b")]);
const SHORT = NAMED("test_short");
const LONG = NAMED(`test_${"with_a_long_name_".repeat(8)}`);
const wide = (state: State): Record<string, number> =>
  Object.fromEntries(layoutOf(state).panes.map(({ pane, width }) => [pane, width]));

describe("the tests", () => {
  it("have half of the width while one is among them, and more where names need it", () => {
    expect(wide(started(SHORT, { columns: 80, rows: 24 }))).toEqual({ tests: 40, answer: 39 });
    expect(wide(started(LONG, { columns: 80, rows: 24 }))).toEqual({ tests: 48, answer: 31 });
    expect(wide(started(SHORT, { columns: 160, rows: 24 }))).toMatchObject({ tests: 51, requests: 46 });
    expect(wide(started(LONG, { columns: 160, rows: 24 }))).toEqual({
      tests: 88,
      requests: 28,
      chunks: 28,
      answer: 42,
    });
    for (let columns = 120; columns < 300; columns++) {
      for (const of of [SHORT, LONG]) {
        const { tests = 0, requests = 0, answer = 0 } = wide(started(of, { columns, rows: 24 }));
        expect(tests + requests + answer + 2).toBe(columns);
        expect(Math.min(requests, answer)).toBeGreaterThan(27);
      }
    }
  });

  it("keep their width wherever the cursor is among them, and whatever is open", () => {
    let state = started(LONG, { columns: 160, rows: 24 });
    const before = wide(state);
    for (const key of ["j", "j", "G", "Z", "g", "Z", "j", "j", "j", "2"]) {
      state = press(state, key).state;
      expect(wide(state)).toEqual(before);
    }
  });
});

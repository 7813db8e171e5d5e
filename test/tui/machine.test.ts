import { describe, expect, it } from "vitest";
import type { Where } from "../../src/tui/keys.ts";
import { Machine } from "../../src/tui/machine.ts";
import type { State } from "../../src/tui/state/state.ts";
import { entry, onRow, press, started, tree } from "./state/made.ts";
import { withAll } from "./state/wheres.ts";

it("what is wanted is done in the order in which it came to be wanted, though doing it is told at once", () => {
  const paths = ["tests/recordings/aaaa1111.json", "tests/recordings/bbbb1111.json"] as const;
  const start = onRow(started(tree([entry(paths[0], "t.py::a"), entry(paths[1], "t.py::b")])), "t:t.py::a");
  const done: object[] = [];
  const machine: Machine = new Machine(start, (_, state) => {
    done.push(state);
    if (done.length === 1) machine.dispatch({ type: "resize", size: { columns: 7, rows: 7 } });
    if (done.length === 1) machine.dispatch({ type: "changed", paths: [paths[1]], isNews: true });
  });
  machine.dispatch({ type: "changed", paths: [paths[0]], isNews: true });
  const first = done.filter((state) => state === done[0]).length;
  expect(done.slice(0, first)).toEqual(Array.from({ length: first }, () => done[0]));
  expect([first > 1, done.length > first]).toEqual([true, true]);
});

describe("a key that does something elsewhere says so where it does nothing", () => {
  const said = (before: State, key: string): string | undefined => {
    const machine = new Machine({ ...before, message: null }, () => undefined);
    machine.key(key);
    expect({ ...machine.state, message: null }).toEqual({ ...before, message: null });
    return machine.state.message?.text;
  };

  it.each<[Where, string, string | undefined]>([
    ["compare", "d", "d does nothing here: Esc goes back"],
    ["compare", "w", "w does nothing here: Esc goes back"],
    ["compare", "enter", "Enter does nothing here: Esc goes back"],
    ["compare", "%", undefined],
    ["plan", "d", "d does nothing here: Esc goes back"],
    ["plan", "space", "Space does nothing here: Esc goes back"],
    ["help", "?", "? does nothing here: Esc goes back"],
    ["help", "tab", "Tab does nothing here: Esc goes back"],
    ["play", "Z", "Z does nothing while a stream plays: Esc stops it"],
    ["answer", "l", "nothing is further in than this: Esc goes back"],
    ["lists", "+", "+ is for a stream that plays: p plays one"],
    ["lists", "u", "u is for the plan of what is marked: D shows it"],
    ["lists", "%", undefined],
  ])("%s %s", (where, key, text) => {
    expect(said(withAll(where), key)).toBe(text);
  });

  it.each<[string, State, string, string]>([
    ["in the requests", press(started(), "enter").state, "space", "nothing can be folded here"],
    ["in the requests", press(started(), "enter").state, "Z", "nothing can be folded here"],
    ["on a test", onRow(started(), "t:tests/in/test_a.py::test_two"), "space", "nothing can be folded here"],
    ["in a conversation", withAll("answer"), "space", "only the raw JSON folds: 2 shows it"],
    ["in a conversation", withAll("answer"), "Z", "only the raw JSON folds: 2 shows it"],
    ["at the outermost row", onRow(press(started(), "esc").state, "d:tests/"), "esc", "q quits"],
    ["where no filter holds", started(), "F", "no filter holds: f filters"],
  ])("%s %s", (_, state, key, text) => {
    expect(said(state, key)).toContain(text);
  });

  it("of all files that cannot be read the first is gone to", () => {
    expect(press(onRow(started(), "b:"), "enter").state.tests.cursor).toBe("x:tests/recordings/odd.json");
  });
});

import { expect, it } from "vitest";
import { Machine } from "../../src/tui/machine.ts";
import { entry, onRow, started, tree } from "./state/made.ts";

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

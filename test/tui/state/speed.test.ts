import { expect, it } from "vitest";
import { remembering, withoutMemory } from "../../../src/tui/state/memo.ts";
import { initial } from "../../../src/tui/state/state.ts";
import { entry, press, run, tree } from "./made.ts";

it("what is asked of two states by turns is made once for each", () => {
  let made = 0;
  const twice = remembering((value: number) => {
    made++;
    return value * 2;
  });
  for (let round = 0; round < 5; round++) expect([twice(1), twice(2)]).toEqual([2, 4]);
  expect(made).toBe(2);
  expect(twice(3)).toBe(6);
  expect(twice(2)).toBe(4);
  expect(made).toBe(3);
  expect(withoutMemory(() => twice(2))).toBe(4);
  expect(made).toBe(4);
});

it("a key in 30,000 recordings takes less than 5 ms", () => {
  const entries = Array.from({ length: 30_000 }, (_, at) =>
    entry(`tests/m${at % 17}/recordings/${30_000 - at}.json`, `tests/m${at % 17}/test_${at % 91}.py::test_it[${at}]`),
  );
  const start = initial({ size: { columns: 160, rows: 48 }, recctl: "recctl", hasColour: false });
  let { state } = run(start, { type: "scanned", tree: tree(entries) });
  const keys = [
    "j",
    "G",
    "k",
    "g",
    "j",
    "j",
    "space",
    "space",
    "ctrl-d",
    "enter",
    "j",
    "esc",
    "enter",
    "G",
    "esc",
    "Z",
    "Z",
  ];
  const times = [...keys, ...keys, ...keys].map((key) => {
    const from = performance.now();
    state = press(state, key).state;
    return performance.now() - from;
  });
  expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(5);
});

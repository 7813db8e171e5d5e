import { expect, it } from "vitest";
import { keptBodies } from "../../../src/tui/state/bodies.ts";
import { initial, type State } from "../../../src/tui/state/state.ts";
import { body } from "./made.ts";

/** The paths that are kept after bodies of these sizes, in MB. */
function kept(...sizes: readonly number[]): string {
  let state: State = initial({ size: { columns: 80, rows: 24 }, recctl: "recctl", hasColour: false });
  for (const [at, size] of sizes.entries()) {
    state = { ...state, bodies: keptBodies(state, { ...body(`${at}`), bytes: size * 1e6 }) };
  }
  return [...state.bodies.keys()].join(" ");
}

it("the last two big bodies are kept up to 40 MB, whatever small ones came behind them", () => {
  expect(kept(10, 20)).toBe("0 1");
  expect(kept(10, 20, 5)).toBe("1 2");
  expect(kept(30, 20)).toBe("1");
  expect(kept(60)).toBe("0");
  expect(kept(10, 0.9, 0.9, 0.9)).toBe("0 1 2 3");
});

it("small ones are kept by number and by their bytes", () => {
  expect(kept(...Array<number>(14).fill(0.01)).split(" ")).toHaveLength(12);
  expect(kept(0.9, 0.9, 0.9, 0.9, 0.9)).toBe("1 2 3 4");
});

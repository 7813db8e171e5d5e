import type { State } from "../../src/tui/state/state.ts";

/** Keys that are typed together; with `until`, also what must have come of them. */
export type Keys = string | { keys: string; until: (state: State) => boolean };

export interface Scene {
  name: string;
  /** One after another: each has done what it means before the next. */
  keys: readonly Keys[];
}

export const ENTER = "\r";
export const ESCAPE = "\u001b";
export const TAB = "\t";
export const [UP, DOWN, RIGHT, LEFT] = ["\u001b[A", "\u001b[B", "\u001b[C", "\u001b[D"];

export const SIZES = [
  [160, 48],
  [100, 30],
  [60, 20],
] as const;

/** What is shown, and how people get there from the start. */
export const SCENES: readonly Scene[] = [
  { name: "start", keys: [] },
  { name: "requests", keys: ["G", "k", ENTER] },
  { name: "chunks", keys: ["jjj", ENTER, ENTER] },
  { name: "answer-in-every-script", keys: ["jjj", ENTER, ENTER, ENTER] },
];

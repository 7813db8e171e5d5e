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
  { name: "folded", keys: ["j", " ", "Z", "Z"] },
  { name: "requests", keys: ["/high", ENTER, ENTER] },
  { name: "chunks", keys: ["/high", ENTER, ENTER, "j", ENTER] },
  { name: "chunk-raw", keys: ["/high", ENTER, ENTER, "j", ENTER, "j2"] },
  { name: "answer", keys: ["/low", ENTER, ENTER, ENTER, ENTER] },
  { name: "answer-in-every-script", keys: ["/names", ENTER, ENTER, ENTER, ENTER] },
  { name: "raw", keys: ["/high", ENTER, ENTER, "j", ENTER, ENTER, "2", "jjjjj", " "] },
  { name: "findings", keys: ["/fog", ENTER, ENTER, ENTER, ENTER, "3"] },
  { name: "verdict", keys: ["/fog", ENTER, ENTER, ENTER, ENTER, "4"] },
  { name: "zoomed", keys: ["/fog", ENTER, ENTER, ENTER, ENTER, "z"] },
  { name: "failed", keys: ["/fog", ENTER, ENTER, ENTER, ENTER] },
  { name: "broken", keys: ["G", ENTER] },
  { name: "help", keys: ["?"] },
  { name: "search-typed", keys: ["/tide"] },
  { name: "search", keys: ["/water", ENTER, "n"] },
  { name: "filter-typed", keys: ["f", "--failed -m gpt"] },
  { name: "filter-refused", keys: ["f", "--modell x", ENTER] },
  { name: "filter", keys: ["f", "--failed", ENTER] },
  { name: "compare-marked", keys: ["/high", ENTER, ENTER, "c", "j"] },
  { name: "compare", keys: ["/high", ENTER, ENTER, "c", "jc"] },
  { name: "play", keys: ["/low", ENTER, ENTER, "p ", "llll"] },
  { name: "play-in-chunks", keys: ["/low", ENTER, ENTER, ENTER, "p ", "llllll", "+"] },
  { name: "command", keys: ["/high", ENTER, ENTER, "s"] },
  { name: "export", keys: ["/low", ENTER, ENTER, "w"] },
  { name: "plan", keys: ["/high", ENTER, "d", ENTER, "D"] },
];

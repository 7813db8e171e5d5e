import { expect, it } from "vitest";
import { requestOf } from "../../../src/tui/state/requests.ts";
import type { Prompt, Size, State } from "../../../src/tui/state/state.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { after, marked, resized, stateOf, USUAL } from "./world.ts";

const WIDE: Size = { columns: 160, rows: 30 };
const TWO: Size = { columns: 100, rows: 24 };
const ONE: Size = { columns: 60, rows: 16 };

const usual = stateOf(USUAL);
const onTest = after(usual, "down", "down", "down");
const onStream = after(onTest, "down", "down", "down");
const chunks = after(onStream, "deeper", "deeper", "down");
const BROKEN = [{ path: "tests/recordings/cut.json", line: 7, column: 2, message: "the text ends within an object" }];
const typed = { asks: "search", text: "rain in", at: 4, error: null } as Prompt;

const SCREENS: Record<string, [State, Size]> = {
  "tests-160": [usual, WIDE],
  "tests-100": [onStream, TWO],
  "tests-60": [onTest, ONE],
  "marked-160": [after(marked(usual), "down", "down", "down"), WIDE],
  "marked-100": [{ ...marked(usual), focus: "requests", level: "requests" }, TWO],
  "requests-60": [{ ...usual, focus: "requests", level: "requests" }, ONE],
  "chunks-160": [chunks, WIDE],
  "chunks-100": [chunks, TWO],
  "chunks-60": [chunks, ONE],
  "answer-100": [after(onStream, "deeper", "deeper", "deeper"), TWO],
  "playing-100": [
    { ...chunks, play: { path: requestOf(chunks)?.path ?? "", shown: 4, isPaused: false, pace: 20, turn: 1 } },
    TWO,
  ],
  "search-100": [{ ...usual, prompt: typed }, TWO],
  "filter-error-100": [
    { ...usual, prompt: { ...typed, asks: "filter", text: "--modell x", at: 10, error: "unknown option --modell" } },
    TWO,
  ],
  "filtered-away-60": [{ ...usual, filter: { line: "--model huge", kept: new Set() } }, ONE],
  "empty-60": [{ ...usual, tree: { entries: [], broken: [], isRead: true } }, ONE],
  "reading-60": [{ ...usual, tree: { entries: [], broken: [], isRead: false } }, ONE],
  "zoomed-140": [
    { ...onStream, isZoomed: true },
    { columns: 140, rows: 12 },
  ],
  "least-40": [onStream, { columns: 40, rows: 10 }],
  "broken-100": [after(stateOf(USUAL, { broken: BROKEN }), "last"), TWO],
  "too-small": [usual, { columns: 30, rows: 6 }],
};

it.each(Object.entries(SCREENS))("%s", async (name, [state, size]) => {
  const lines = screenOf(resized(state, size));
  await expect(`${lines.map((line) => line.trimEnd()).join("\n")}\n`).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
});

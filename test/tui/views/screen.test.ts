import { describe, expect, it } from "vitest";
import { foundParts, withoutLooks } from "../../../src/text/style.ts";
import { width } from "../../../src/text/width.ts";
import type { Overlay } from "../../../src/tui/state/overlay.ts";
import type { Prompt, Size, State } from "../../../src/tui/state/state.ts";
import { TABS } from "../../../src/tui/state/state.ts";
import { update } from "../../../src/tui/state/update.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { after, DREADFUL, HOSTILE, marked, resized, stateOf, USUAL } from "./world.ts";

const SIZES: Size[] = [1, 2, 5, 20, 39, 40, 41, 60, 79, 80, 100, 119, 120, 160, 200].flatMap((columns) =>
  [1, 3, 9, 10, 11, 24, 60].map((rows) => ({ columns, rows })),
);

const prompt = (asks: Prompt["asks"], text: string, at: number, error: string | null = null): Prompt =>
  ({ asks, text, at, error, path: null }) as Prompt;

const flaw = { path: `tests/recordings/bad${HOSTILE.join("")}.json`, line: 3, column: 7, message: HOSTILE.join(" ") };

/** Every kind of state over a tree. */
function kinds(base: State): [string, State][] {
  const path = base.tree.entries[1]?.path ?? "";
  const play = { path, shown: 2, isPaused: false, pace: 20, turn: 1 };
  const hostile = HOSTILE.join(" ");
  const overlays: Overlay[] = [
    { shows: "help", top: 0 },
    { shows: "help", top: 30 },
    { shows: "compare", top: 0, old: path, now: path, lines: null },
    { shows: "compare", top: 1, old: path, now: path, lines: ["one", "two", "three"] },
    { shows: "plan", top: 0, plan: null },
    { shows: "plan", top: 0, plan: { items: [], notes: [hostile], refusals: [hostile] } },
  ];
  const message = (tone: "good" | "bad" | "plain"): State => ({ ...base, message: { text: hostile, tone } });
  return [
    ["tests", base],
    ["last test", after(base, "last")],
    ["all closed", after(base, "foldAll")],
    ["marked", marked(base)],
    ["requests", after(base, "last", "deeper")],
    ["marked requests", after(marked(base), "first", "down", "down", "deeper", "deeper")],
    ["chunks", { ...after(base, "down"), focus: "chunks", level: "chunks" }],
    ["answer", { ...base, focus: "answer" }],
    ["zoomed", { ...base, focus: "answer", isZoomed: true }],
    ...TABS.map((tab): [string, State] => [tab, { ...base, focus: "answer", answer: { ...base.answer, tab } }]),
    ["checking", { ...base, findings: { is: "asked" }, verdicts: { is: "asked" } }],
    ["failed", { ...base, findings: { is: "failed", why: hostile }, verdicts: { is: "failed", why: hostile } }],
    ["searching", { ...base, search: { text: hostile, hits: new Set(), isDone: false } }],
    ["filtered", { ...base, filter: { line: `--model ${hostile}`, kept: new Set([path]) } }],
    ["all filtered away", { ...base, filter: { line: hostile, kept: new Set() } }],
    ["search prompt", { ...base, prompt: prompt("search", hostile, hostile.length) }],
    ["start of a prompt", { ...base, prompt: prompt("filter", hostile, 0, hostile) }],
    ["within a prompt", { ...base, prompt: prompt("export", hostile.repeat(5), 77) }],
    ["empty prompt", { ...base, prompt: prompt("search", "", 0) }],
    ["good", message("good")],
    ["bad", message("bad")],
    ["plain", message("plain")],
    ["playing", { ...base, play }],
    ["paused at nothing", { ...base, play: { ...play, shown: 0, isPaused: true, pace: 0.333333 } }],
    ...overlays.map((overlay): [string, State] => [`cover ${overlay.shows}`, { ...base, overlay }]),
    ["unread", { ...base, tree: { entries: [], broken: [], isRead: false } }],
    ["empty", { ...base, tree: { entries: [], broken: [], isRead: true }, folder: hostile }],
    ["bodies not read", { ...base, bodies: new Map(), peeks: new Map() }],
    [
      "a body that is broken",
      { ...base, bodies: new Map(base.tree.entries.map(({ path }) => [path, { path, flaw }])) },
    ],
    [
      "broken files alone",
      update(base, { type: "scanned", tree: { entries: [], broken: [flaw], isRead: true } }).state,
    ],
    [
      "on a broken file",
      after(update(base, { type: "scanned", tree: { ...base.tree, broken: [flaw] } }).state, "last"),
    ],
  ];
}

const WORLDS = [
  ["usual", stateOf(USUAL)],
  ["dreadful", stateOf(DREADFUL)],
] as const;

// Whatever a terminal would act on, and what hides or reorders text.
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u200b]/u;

/** Reverse video is no colour: what was found is shown by it where there are none, too. */
const withoutFound = (line: string): string => foundParts(line).join("");

describe.each(WORLDS)("a screen of the %s tree", (_, world) => {
  it.each(kinds(world))("fits any size: %s", (_, state) => {
    for (const size of SIZES) {
      for (const hasColour of [false, true]) {
        const lines = screenOf(resized({ ...state, hasColour }, size));
        const at = `${size.columns}×${size.rows}`;
        expect(lines.length, at).toBe(size.rows);
        for (const line of lines) {
          if (width(line) !== size.columns) expect.fail(`${at}: ${width(line)} columns: ${JSON.stringify(line)}`);
          const text = hasColour ? withoutLooks(line) : withoutFound(line);
          if (UNSAFE.test(text)) expect.fail(`${at}: ${JSON.stringify(line)}`);
        }
      }
    }
  });
});

it("looks are on top: without colour the same text is there, but for the cursor of a prompt", () => {
  for (const [kind, state] of kinds(stateOf(USUAL))) {
    if (state.prompt) continue;
    const painted = screenOf({ ...state, hasColour: true });
    expect(painted.map(withoutLooks), kind).toEqual(screenOf({ ...state, hasColour: false }).map(withoutFound));
    expect(painted.join(""), kind).toContain("\u001b[");
  }
});

it("what the state was before leaves no trace", () => {
  const states = kinds(stateOf(USUAL));
  const first = states.map(([, state]) => screenOf(state));
  expect([...states].reverse().map(([, state]) => screenOf(state))).toEqual(first.toReversed());
});

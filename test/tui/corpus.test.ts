import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { openRecordings } from "../../src/store/open.ts";
import { answerLines, foldKeys } from "../../src/tui/content/answer.ts";
import type { Verb } from "../../src/tui/keys.ts";
import type { Action } from "../../src/tui/state/action.ts";
import { openBody, peekOf } from "../../src/tui/state/body.ts";
import { layoutOf, windowRows } from "../../src/tui/state/layout.ts";
import { bodyOf, chunkCount } from "../../src/tui/state/requests.ts";
import { initial, type OpenBody, type Size, type State, TABS } from "../../src/tui/state/state.ts";
import { recordings, testRows } from "../../src/tui/state/tree.ts";
import { update } from "../../src/tui/state/update.ts";
import { screenOf } from "../../src/tui/views/screen.ts";
import { whyNot } from "./content/lines.ts";

const CORPUS = process.env.RECCTL_CORPUS;
/** The newest of the trees: the one that recctl is measured with. */
const TREE = "2026-05";
const root = CORPUS ? resolve(CORPUS, TREE) : "";
const paths = CORPUS
  ? readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
      /(?:^|\/)recordings\/.*\.json$/.test(path),
    )
  : [];
/** Of every so many recordings all screens are drawn, of the others all lines: RECCTL_EVERY_SCREEN=1 for all. */
const EVERY = Number(process.env.RECCTL_EVERY_SCREEN ?? 5);
const SIZES: readonly Size[] = [
  { columns: 160, rows: 48 },
  { columns: 100, rows: 40 },
  { columns: 60, rows: 40 },
];

const does = (state: State, ...verbs: Verb[]): State =>
  verbs.reduce((before, verb) => update(before, { type: "do", verb }).state, state);
const after = (state: State, action: Action): State => update(state, action).state;

/** Looks at a whole screen. */
function onScreen(state: State, what: string): void {
  const screen = screenOf(state);
  if (screen.length !== state.size.rows) expect.fail(`${what}: ${screen.length} lines`);
  const why = whyNot(screen, state.size.columns);
  if (why !== null) expect.fail(`${what}, from line ${state.answer.top}: ${why}`);
}

/** Looks at the first screen and the last, and at every line between. */
function glanced(start: State, what: string): void {
  onScreen(does(start, "first"), what);
  onScreen(does(start, "last"), what);
  const { panes, cover } = layoutOf(start);
  const why = whyNot(answerLines(start), (panes.find(({ pane }) => pane === "answer") ?? cover).width);
  if (why !== null) expect.fail(`${what}: ${why}`);
}

/** Looks at the pane from its top to its bottom, a page at a time. */
function scrolled(start: State, what: string): void {
  let state = does(start, "first");
  for (;;) {
    onScreen(state, what);
    const next = does(state, "pageDown");
    if (next.answer.top === state.answer.top && next.answer.line === state.answer.line) break;
    state = next;
  }
  if (state.answer.top + windowRows(state, "answer") < answerLines(state).length) expect.fail(`${what}: no end`);
}

describe.skipIf(!CORPUS)("browse on the corpus (needs RECCTL_CORPUS: a folder of trees of real recordings)", () => {
  const open = openRecordings({ cwd: root });
  const read = (path: string): OpenBody => {
    const found = open(path);
    if ("message" in found) throw new Error(`${path}: ${found.message}`);
    return openBody(path, found, found.bytes);
  };

  it("every recording, all tabs, top to bottom", () => {
    const entries = paths.map((path) => {
      const { bytes, recording } = read(path);
      return { path, id: path, bytes, head: recording.head };
    });
    expect(entries.length).toBeGreaterThan(1000);
    const tree = { entries, broken: [], isRead: true };
    const starts = SIZES.map((size) => {
      const start = after(initial({ size, recctl: "recctl", hasColour: true }), { type: "scanned", tree });
      return { ...start, findings: { is: "known", value: new Map() }, verdicts: { is: "asked" } } as State;
    });
    const seen = new Set<string>();
    for (const row of testRows(starts[0] as State)) {
      if (row.isOpen !== null && row.kind !== "shared") continue;
      for (const { path } of recordings(starts[0] as State).order.slice(row.from, row.to)) {
        const body = read(path);
        // By turns: every line in one size, and of some page by page in another.
        const looks = seen.size % EVERY === 0 ? [glanced, scrolled] : [glanced];
        for (const [turn, look] of looks.entries()) {
          const start = starts[(seen.size + turn) % starts.length] as State;
          lookedAt({ ...start, tests: { ...start.tests, cursor: row.key } }, body, look);
        }
        seen.add(path);
      }
    }
    expect(seen.size).toBe(entries.length);
  }, 120_000);

  /** One recording: each tab, all of its JSON open, its first, middle and last chunks, and its stream half way. */
  function lookedAt(before: State, body: OpenBody, look: typeof scrolled): void {
    const { path } = body;
    let state: State = { ...before, level: "requests", focus: "answer", requests: { cursor: path, top: 0 } };
    state = after(state, { type: "opened", body });
    state = after(state, { type: "peeked", peeks: new Map([[path, peekOf(body.recording)]]) });
    expect(bodyOf(state)).toBe(body);
    for (const [at, tab] of TABS.entries()) look(does(state, `tab${at + 1}` as Verb), `${path} ${tab}`);
    const raw = does(state, "tab2");
    if (look === glanced) {
      const folds = new Set(foldKeys(raw));
      glanced({ ...raw, answer: { ...raw.answer, folds } }, `${path} all open`);
    }
    const count = chunkCount(state);
    if (count === 0) return;
    for (const cursor of new Set([0, Math.floor(count / 2), count - 1])) {
      look({ ...raw, level: "chunks", chunks: { cursor, top: 0 } }, `${path} chunk ${cursor}`);
    }
    const play = { path, shown: Math.ceil(count / 2), isPaused: true, pace: 20, turn: 1 };
    look(does({ ...state, play }, "tab1"), `${path} half way`);
  }
});

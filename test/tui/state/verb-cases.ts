import { expect } from "vitest";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { coverLines } from "../../../src/tui/content/cover.ts";
import type { Verb, Where } from "../../../src/tui/keys.ts";
import type { Effect } from "../../../src/tui/state/effect.ts";
import { coverRows, windowRows } from "../../../src/tui/state/layout.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { testIndex, testRow, testRows } from "../../../src/tui/state/tree.ts";
import { PLAN } from "./wheres.ts";

/** What a case looks at: the state before, the state after, and what is to be done. */
export type Case = (after: State, before: State, effects: readonly Effect[]) => void;

/** Where what has the keys stands, how far it can go, and how many of its rows are seen. */
function standing(state: State): { at: number; last: number; page: number } {
  const { overlay, focus, answer } = state;
  if (overlay) {
    const page = coverRows(state);
    return { at: overlay.top, last: coverLines(state).length - page, page };
  }
  const page = windowRows(state, focus);
  if (focus === "answer") return { at: answer.top, last: answerLines(state).length - page, page };
  return { at: testIndex(state), last: testRows(state).length - 1, page };
}

const moves =
  (by: (page: number) => number): Case =>
  (after, before) => {
    const from = standing(before);
    expect(standing(after).at).toBe(Math.max(0, Math.min(from.at + by(from.page), from.last)));
    expect(standing(after).at).not.toBe(from.at);
  };

const MOVES = {
  down: moves(() => 1),
  up: moves(() => -1),
  halfDown: moves((page) => Math.ceil(page / 2)),
  halfUp: moves((page) => -Math.ceil(page / 2)),
  pageDown: moves((page) => page),
  pageUp: moves((page) => -page),
  first: moves(() => -1e6),
  last: moves(() => 1e6),
} as const satisfies Partial<Record<Verb, Case>>;

const tab =
  (now: State["answer"]["tab"]): Case =>
  (after) => {
    expect(after.answer.tab).toBe(now);
    if (now !== "conversation") expect(after.answer.top).toBe(0);
  };

const wants =
  (...wanted: Effect[]): Case =>
  (after, before, effects) => {
    expect(effects).toEqual(wanted);
    expect({ ...after, message: null }).toEqual({ ...before, message: null });
  };

const asks =
  (kind: "search" | "filter" | "export", text: RegExp): Case =>
  (after) => {
    expect(after.prompt).toMatchObject({
      asks: kind,
      text: expect.stringMatching(text),
      at: after.prompt?.text.length,
    });
    expect(after.play?.isPaused ?? true).toBe(true);
  };

const says =
  (text: string | RegExp): Case =>
  (after) =>
    expect(after.message?.text).toMatch(text);

const line =
  (text: string, at: number): Case =>
  (after, before) => {
    expect(before.prompt).toMatchObject({ text: "one two", at: 6 });
    expect(after.prompt).toMatchObject({ text, at });
  };

const both =
  (...cases: Case[]): Case =>
  (...args) => {
    for (const one of cases) one(...args);
  };

const Z5 = "tests/recordings/ffff1005.json";
const HERE: Partial<Record<Verb, Case>> = {
  nextTab: tab("raw"),
  previousTab: tab("verdict"),
  tab1: tab("conversation"),
  tab2: tab("raw"),
  tab3: tab("findings"),
  tab4: tab("verdict"),
  zoom: (after, before) =>
    expect(after).toEqual({ ...before, isZoomed: true, tests: after.tests, answer: after.answer }),
  search: asks("search", /^$/),
  next: says("nothing is searched for"),
  previous: says("nothing is searched for"),
  filter: asks("filter", /^$/),
  unfilter: (after) => expect(after).toMatchObject({ filter: null, filtering: null }),
  reload: both(wants({ type: "scan" }), says("reading the tree")),
  copyId: both(wants({ type: "copy", text: "ffff1005", what: "id" }), says("ffff1005")),
  copyTest: wants({ type: "copy", text: "tests/test_z.py::test_5", what: "test id" }),
  pager: wants({ type: "page", path: Z5, tab: "conversation" }),
  editor: wants({ type: "edit", path: Z5 }),
  export: both(asks("export", /^ffff1005\.sse$/), (after) => expect(after.prompt?.path).toBe(Z5)),
  plan: says("nothing is marked"),
  help: (after) => {
    expect(after.overlay).toEqual({ shows: "help", top: 0 });
    expect(after.play?.isPaused ?? true).toBe(true);
  },
  quit: wants({ type: "quit" }),
  interrupt: wants({ type: "quit" }),
  suspend: wants({ type: "suspend" }),
  redraw: wants({ type: "redraw" }),
};

const MARKED: Case = (after, before, effects) => {
  expect(before.compareWith).toBeNull();
  expect(after.compareWith).toBe(Z5);
  expect(effects).toEqual([]);
  says("c here drops the mark")(after, before, effects);
};
const PLAYS: Case = (after) => expect(after.play).toMatchObject({ path: Z5, shown: 0, isPaused: false, pace: 30 });
const TO_GO: Case = both(says("1 recording marked: D reviews"), (after) => expect([...after.leaving]).toEqual([Z5]));
const closes: Case = (after) => expect(after.overlay).toBeNull();

const COVER = { ...MOVES, close: closes, interrupt: HERE.interrupt, suspend: HERE.suspend, redraw: HERE.redraw };

const TABLE: Record<Where, Partial<Record<Verb, Case>>> = {
  lists: {
    ...MOVES,
    ...HERE,
    deeper: (after) => expect(after).toMatchObject({ focus: "requests", level: "requests", requests: { cursor: Z5 } }),
    back: (after) => expect(testRow(after)?.key).toBe("f:tests/test_z.py"),
    fold: (after, before) => expect(after.tests).toEqual(before.tests),
    foldAll: (after) => expect(testRows(after).map(({ isOpen }) => isOpen)).toEqual([false]),
    play: says("still being read"),
    compare: MARKED,
    command: says("recctl ls tests/recordings/ffff1005.json"),
    remove: TO_GO,
  },
  answer: {
    ...MOVES,
    ...HERE,
    back: (after) => expect(after.focus).toBe("chunks"),
    fold: says("only the raw JSON folds"),
    foldAll: says("only the raw JSON folds"),
    play: PLAYS,
    compare: MARKED,
    remove: TO_GO,
    command: says("recctl show ffff1005"),
  },
  play: {
    ...MOVES,
    ...HERE,
    down: both(MOVES.down, (after) => expect(after.play).toBeNull()),
    compare: MARKED,
    remove: TO_GO,
    command: says("recctl replay ffff1005 --tps 30"),
    pause: (after, before, effects) => {
      expect(before.play).toMatchObject({ shown: 3, isPaused: true });
      expect(after.play).toMatchObject({ shown: 3, isPaused: false });
      // biome-ignore lint/suspicious/noThenProperty: no promise, an action.
      expect(effects).toMatchObject([{ type: "timer", then: { type: "tick", turn: after.play?.turn } }]);
    },
    stepForward: (after) => {
      expect(after.play).toMatchObject({ shown: 4, isPaused: true });
      expect(after.chunks.cursor).toBe(3);
    },
    stepBack: (after) => {
      expect(after.play).toMatchObject({ shown: 2, isPaused: true });
      expect(after.chunks.cursor).toBe(1);
    },
    faster: (after) => expect(after.play?.pace).toBe(60),
    slower: (after) => expect(after.play?.pace).toBe(15),
    stop: (after) => expect(after.play).toBeNull(),
  },
  help: COVER as Record<Verb, Case>,
  compare: { ...(COVER as Record<Verb, Case>), command: says(/^recctl diff \S+\.json \S+\.json$/) },
  plan: {
    ...(COVER as Record<Verb, Case>),
    confirm: (after, _, effects) => {
      expect(effects).toEqual([{ type: "remove", plan: PLAN }]);
      expect(after.overlay).toBeNull();
    },
    plan: (after, before, effects) => {
      expect(effects).toEqual([{ type: "plan", paths: [...before.leaving] }]);
      expect(after.overlay).toEqual({ shows: "plan", top: 0, plan: null });
    },
    unmark: (after) => {
      expect(after.leaving.size).toBe(0);
      expect(after.overlay).toBeNull();
    },
  },
  prompt: {
    submit: (after, _, effects) => {
      expect(after.prompt).toBeNull();
      expect(after.search).toMatchObject({ text: "one two", isDone: false });
      expect(effects).toMatchObject([{ type: "search", text: "one two" }]);
    },
    cancel: (after, before) => expect(after).toEqual({ ...before, prompt: null }),
    erase: line("one to", 5),
    eraseWord: line("one o", 4),
    eraseAll: line("o", 0),
    delete: line("one tw", 6),
    toStart: line("one two", 0),
    toEnd: line("one two", 7),
    left: line("one two", 5),
    right: line("one two", 7),
    older: line("before", 6),
    newer: (after, before) => expect(after).toEqual(before),
  },
};

/** What each verb does in each place where its keys hold, as `verb place`. */
export const CASES: Readonly<Record<string, Case>> = Object.fromEntries(
  Object.entries(TABLE).flatMap(([where, cases]) =>
    Object.entries(cases).map(([verb, check]) => [`${verb} ${where}`, check] as const),
  ),
);

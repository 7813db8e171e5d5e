import { describe, expect, it } from "vitest";
import { hitNumber } from "../../../src/tui/state/marks.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import type { Peek, State } from "../../../src/tui/state/state.ts";
import { testRow } from "../../../src/tui/state/tree.ts";
import { entry, onRow, peek, press, run, started, TREE, tree } from "./made.ts";

const path = (name: string): string => `tests/recordings/${name}1111.json`;
const search = (state: State, text: string) => press(state, "/", `"${text}`, "enter");
const found = (text: string, names: readonly string[], isDone = false) =>
  ({ type: "found", text, hits: new Set(names.map(path)), isDone }) as const;

describe("a search", () => {
  it("finds test ids, ids and models at once, goes to the next and looks for the rest", () => {
    const { state, effects } = search(started(), "test_t");
    expect([...(state.search?.hits ?? [])].sort()).toEqual([path("bbbb"), path("cccc")]);
    expect(shownPath(state)).toBe(path("bbbb"));
    expect(testRow(state)?.key).toBe("t:tests/in/test_a.py::test_two");
    expect(state.message?.text).toBe("1 of 2 (searching…)");
    const rest = [path("aaaa"), "tests/recordings/aaaa2222.json", path("eeee"), path("dddd")];
    expect(effects).toContainEqual({ type: "search", text: "test_t", paths: rest });
    expect(search(started(), "eeee1").state.message?.text).toMatch(/^1 of 1/);
    const { model } = TREE.entries[0]?.head ?? {};
    expect(search(started(), model ?? "").state.search?.hits.has(path("bbbb"))).toBe(true);
  });

  it("looks behind the cursor first", () => {
    const { state } = press(started(), "G", "k", "k");
    expect(shownPath(state)).toBe(path("dddd"));
    const { effects } = search(state, "qqqq");
    expect(effects[0]).toMatchObject({
      type: "search",
      paths: [...TREE.entries.slice(0, 4).map((one) => one.path), path("eeee"), path("dddd")],
    });
  });

  it("goes round with n and N, in the order of the tests, and says so", () => {
    let { state } = search(started(), "test_");
    const texts = [];
    for (const key of ["n", "n", "n", "n", "n", "N"]) {
      state = press(state, key).state;
      texts.push(`${shownPath(state)?.slice(17, 21)} ${state.message?.text.replace(" (searching…)", "")}`);
    }
    expect(texts).toEqual([
      "aaaa 2 of 5",
      "bbbb 3 of 5",
      "cccc 4 of 5",
      "dddd 5 of 5",
      "aaaa 1 of 5, search wrapped",
      "dddd 5 of 5, search wrapped",
    ]);
  });

  it("goes through a test in the order of its conversation, once that is known", () => {
    const names = ["aaaa", "bbbb", "cccc", "dddd"].map(path);
    const late: ReadonlyMap<string, Peek> = new Map(names.map((one, at) => [one, { ...peek(), turns: 9 - at }]));
    const all = tree([entry(path("0000"), "a.py::one"), ...names.map((one) => entry(one, "b.py::two"))]);
    const start: State = { ...started(all), peeks: new Map([[path("0000"), peek()]]) };
    const seen = (state: State): string =>
      `${shownPath(state)?.slice(17, 21)} ${hitNumber(state, shownPath(state))} ${state.message?.text.slice(0, 6)}`;
    const walk = (from: State, key: string): string[] => {
      let state = run(from, { type: "peeked", peeks: late }).state;
      return [
        seen(state),
        ...[1, 2, 3].map(() => {
          state = press(state, key).state;
          return seen(state);
        }),
      ];
    };
    const there = search(start, "::two").state;
    expect(walk(there, "n")).toEqual(["dddd 1 1 of 4", "cccc 2 2 of 4", "bbbb 3 3 of 4", "aaaa 4 4 of 4"]);
    const back = press(search(onRow(start, "t:a.py::one"), "::two").state, "g").state;
    expect(walk(press(back, "N").state, "N")).toEqual([
      "aaaa 4 4 of 4",
      "bbbb 3 3 of 4",
      "cccc 2 2 of 4",
      "dddd 1 1 of 4",
    ]);
    // Who has moved on stays where they are.
    const moved = run(press(there, "enter", "j").state, { type: "peeked", peeks: late }).state;
    expect(shownPath(moved)).toBe(path("bbbb"));
  });

  it("opens the groups around what it finds", () => {
    const closed = press(started(), "Z").state;
    const { state } = search(closed, "test_three");
    expect(testRow(state)?.label).toBe("test_three");
    expect([...state.tests.closed]).not.toContain("d:tests/");
  });

  it("takes what is found later, if it is of the same text", () => {
    const { state } = search(started(), "lighthouse");
    expect(state.message?.text).toBe("searching… none yet");
    expect(run(state, found("light", ["dddd"])).state).toBe(state);
    const first = run(state, found("lighthouse", ["dddd"])).state;
    expect(shownPath(first)).toBe(path("dddd"));
    const second = run(first, found("lighthouse", ["bbbb"], true)).state;
    expect(shownPath(second)).toBe(path("dddd"));
    expect(second.search).toMatchObject({ isDone: true });
    expect(second.message?.text).toBe("2 recordings found");
    const none = run(state, found("lighthouse", [], true)).state;
    expect(none.message).toEqual({ text: "not found: lighthouse", tone: "bad" });
  });

  it("moves nobody who does something else", () => {
    const { state } = search(started(), "lighthouse");
    const typing = press(state, "f").state;
    const after = run(typing, found("lighthouse", ["dddd"])).state;
    expect(shownPath(after)).toBe(shownPath(typing));
    expect(after.search?.hits.size).toBe(1);
  });

  it("goes to what was found later from where it was asked for alone", () => {
    const { state } = search(started(), "lighthouse");
    const moved = press(state, "G", "k").state;
    const after = run(moved, found("lighthouse", ["dddd"])).state;
    expect(shownPath(after)).toBe(shownPath(moved));
    expect(run(after, found("lighthouse", ["bbbb"], true)).state).toMatchObject({
      tests: { cursor: moved.tests.cursor },
      message: { text: "2 recordings found" },
    });
  });

  it("leaves what came of a key meanwhile where it stands", () => {
    const { state } = search(started(), "lighthouse");
    const copied = press(state, "Y").state;
    for (const [names, isDone] of [
      [["dddd"], false],
      [[], true],
    ] as const) {
      expect(run(copied, found("lighthouse", names, isDone)).state.message).toEqual(copied.message);
    }
  });

  it("for nothing is over", () => {
    const { state } = search(started(), "test_");
    const over = press(state, "/", "enter");
    expect(over.state.search).toBeNull();
    expect(over.effects).toEqual([{ type: "search", text: "", paths: [] }]);
  });

  it("counts what the filter leaves, and goes on in the rest behind it", () => {
    const kept = new Set([path("cccc"), path("dddd")]);
    const state = { ...started(), filter: { line: "--x", kept } };
    const { state: after, effects } = search(state, "test_three");
    expect(after.message?.text).toMatch("1 of 1");
    expect(effects).toContainEqual({
      type: "search",
      text: "test_three",
      paths: [path("dddd"), path("aaaa"), "tests/recordings/aaaa2222.json", path("bbbb"), path("eeee")],
    });
  });

  it("goes on in what is new in the tree", () => {
    const { state } = search(started(), "lighthouse");
    const done = run(state, found("lighthouse", ["dddd", "bbbb"], true)).state;
    const more = tree([...TREE.entries.filter((one) => one.path !== path("bbbb")), entry(path("ffff"), "x.py::t")]);
    const { state: after, effects } = run(done, { type: "scanned", tree: more });
    expect(effects).toContainEqual({ type: "search", text: "lighthouse", paths: [path("ffff")] });
    expect(after.search).toMatchObject({ hits: new Set([path("dddd")]), isDone: false });
  });
});

describe("a filter", () => {
  const line = "--failed";
  const asked = () => press(started(), "f", `"${line}`, "enter");
  const kept = new Set([path("bbbb"), path("dddd")]);

  it("is asked for, and holds when it has come", () => {
    const { state, effects } = asked();
    expect(effects).toEqual([{ type: "filter", line }]);
    expect(state).toMatchObject({ filter: null, filtering: line, prompt: null });
    const after = run(state, { type: "filtered", filter: { line, kept } }).state;
    expect(after).toMatchObject({ filter: { line }, filtering: null, message: { text: "2 of 6 recordings" } });
    expect(press(after, "f").state.prompt).toMatchObject({ text: line, at: line.length });
    expect(press(after, "F").state.filter).toBeNull();
    expect(press(after, "f", "ctrl-u", "enter").state.filter).toBeNull();
  });

  it("leaves the cursor where it was, where that is left", () => {
    const two = search(asked().state, "test_two").state;
    expect(shownPath(two)).toBe(path("bbbb"));
    const state = run({ ...two, filtering: line }, { type: "filtered", filter: { line, kept } }).state;
    expect(testRow(state)?.label).toBe("test_two");
    const three = search({ ...two, search: null }, "test_three").state;
    const gone = run({ ...three, filtering: line }, { type: "filtered", filter: { line, kept } }).state;
    expect(shownPath(gone)).toBe(path("dddd"));
  });

  it("that was taken back, or is of another line, is not taken", () => {
    const { state } = press(asked().state, "F");
    expect(run(state, { type: "filtered", filter: { line, kept } }).state.filter).toBeNull();
    const other = press(asked().state, "f", "ctrl-u", '"--x', "enter").state;
    expect(run(other, { type: "filtered", filter: { line, kept } }).state.filter).toBeNull();
  });

  it("that comes twice, because the tree changed meanwhile, is taken twice", () => {
    const first = run(asked().state, { type: "filtered", filter: { line, kept } }).state;
    const again = run(first, { type: "filtered", filter: { line, kept: new Set([path("bbbb")]) } }).state;
    expect(again.filter?.kept.size).toBe(1);
    const { effects } = run(asked().state, { type: "scanned", tree: tree([]) });
    expect(effects).toContainEqual({ type: "filter", line });
  });

  it("that is none is typed on", () => {
    const why = "no such flag";
    const state = run(asked().state, { type: "unfiltered", line, why }).state;
    expect(state.prompt).toEqual({ asks: "filter", text: line, at: line.length, error: why, path: null });
    expect(press(state, '"x').state.prompt?.error).toBeNull();
    const typing = run(press(asked().state, "/").state, { type: "unfiltered", line, why }).state;
    expect(typing).toMatchObject({ prompt: { asks: "search" }, message: { text: why, tone: "bad" } });
  });
});

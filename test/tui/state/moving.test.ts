import { describe, expect, it } from "vitest";
import { width } from "../../../src/text/width.ts";
import { coverLines } from "../../../src/tui/content/cover.ts";
import { KEYS, keyText } from "../../../src/tui/keys.ts";
import { layoutOf } from "../../../src/tui/state/layout.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { recordings, testRow, testRows } from "../../../src/tui/state/tree.ts";
import { entry, onRow, press, run, started, tree, WHOLE, withBody } from "./made.ts";

const TWO = "t:tests/in/test_a.py::test_two";
const on = (key: string): State => onRow(started(), key);
const panes = (state: State) => layoutOf(state).panes.map(({ pane }) => pane);

describe("the tests", () => {
  it("are a tree by folder and file, with sums", () => {
    const rows = testRows(started()).map(
      ({ depth, label, from, to, bytes, isOpen }) => `${" ".repeat(depth)}${label} ${to - from} ${bytes} ${isOpen}`,
    );
    expect(rows).toEqual([
      "tests 6 800 true",
      " in 4 600 true",
      "  test_a.py 3 500 true",
      "   test_one[x] 2 200 null",
      "   test_two 1 300 null",
      "  test_c.py 1 100 true",
      "   test_three 1 100 null",
      " recordings 1 100 true",
      "  shared between tests 1 100 null",
      " test_d.py 1 100 true",
      "  test_four 1 100 null",
      "broken files 0 0 true",
      " tests/recordings/odd.json 0 0 null",
    ]);
  });

  it("have a key each, whatever test ids say", () => {
    const ids = [
      "x/a",
      "x/a::a",
      "a//b.py::t",
      "a/b.py::t",
      "/a/b.py::t",
      "a//b/c.py::t",
      "a//z.py::t",
      "a/b/c.py::t",
      "a\0b/c.py::t",
      "",
      "::",
      "/",
      null,
    ];
    const state = started(tree(ids.flatMap((id, at) => [entry(`${at}.json`, id), entry(`y${at}.json`, id)])));
    const keys = testRows(state).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const leaves = testRows(state).filter(({ isOpen }) => isOpen === null);
    expect(leaves.map(({ from }) => from)).toEqual(
      leaves.map((_, at) => leaves.slice(0, at).reduce((sum, { from, to }) => sum + to - from, 0)),
    );
    for (const { key, to, from } of leaves) {
      const held = recordings(state)
        .order.slice(from, to)
        .map(({ head }) => head.testId);
      expect(new Set(held).size, key).toBe(1);
    }
  });

  it("give the cursor to the group that closes over it, and the answer stays", () => {
    const { state } = press(on(TWO), "Z");
    expect(testRow(state)?.key).toBe("d:tests/");
    const up = press(on(TWO), "h").state;
    expect(testRow(up)?.key).toBe("f:tests/in/test_a.py");
    const shut = press(up, "h").state;
    expect(testRow(shut)).toMatchObject({ key: "f:tests/in/test_a.py", isOpen: false });
    expect(testRow(press(shut, "enter").state)?.isOpen).toBe(true);
    expect(testRow(press(shut, "space").state)?.isOpen).toBe(true);
    expect(testRows(press(state, "Z").state)).toHaveLength(13);
  });
});

describe("deeper and back", () => {
  it("lead from a test to its request, its chunks and the answer, and home again", () => {
    let state = withBody(on(TWO));
    const seen = [];
    for (const key of ["enter", "enter", "enter", "esc", "esc", "esc", "esc"]) {
      state = press(state, key).state;
      seen.push(state.focus);
    }
    expect(seen).toEqual(["requests", "chunks", "answer", "chunks", "requests", "tests", "tests"]);
  });

  it("lead to chunks before they were read", () => {
    expect(press(on(TWO), "enter", "enter").state.focus).toBe("chunks");
    expect(press(on("t:tests/test_d.py::test_four"), "enter", "enter").state.focus).toBe("answer");
  });

  it("begin another recording at its top, and another chunk in the raw tab", () => {
    let state = press(withBody(on(TWO)), "enter", "enter", "j", "j", "2", "enter", "j", "j").state;
    expect(state).toMatchObject({ chunks: { cursor: 2 }, answer: { tab: "raw" } });
    state = press(state, "esc", "j").state;
    expect(state).toMatchObject({ chunks: { cursor: 3 }, answer: { tab: "raw", line: 0, top: 0 } });
    state = press(state, "esc", "esc", "j").state;
    expect(state).toMatchObject({ chunks: { cursor: 0, top: 0 }, focus: "tests", answer: { tab: "raw" } });
  });
});

describe("a narrow screen", () => {
  const narrow = run(on(TWO), { type: "resize", size: { columns: 60, rows: 20 } }).state;
  it("shows the pane with the keys", () => {
    expect(panes(narrow)).toEqual(["tests"]);
    expect(panes(press(narrow, "enter").state)).toEqual(["requests"]);
  });

  it("has nothing to zoom, and back is back", () => {
    const { state } = press(narrow, "z");
    expect(state.message?.text).toMatch("no room");
    expect(press(press(state, "enter").state, "esc").state.focus).toBe("tests");
  });
});

it("zoom gives a pane the whole screen until back", () => {
  const { state } = press(on(TWO), "enter", "z");
  expect(panes(state)).toEqual(["requests"]);
  const out = press(state, "esc").state;
  expect(out.focus).toBe("requests");
  expect(panes(out)).toHaveLength(4);
});

describe("the mouse", () => {
  const place = (state: State, pane: string, line: number) => {
    const found = layoutOf(state).panes.find((one) => one.pane === pane);
    return { column: (found?.x ?? 0) + 1, row: (found?.y ?? 0) + line };
  };
  const state = withBody(on(TWO));

  it("gives a pane the keys and its cursor a row", () => {
    const after = run(state, { type: "click", ...place(state, "tests", 7) }).state;
    expect(testRow(after)?.label).toBe("test_three");
    expect(run(state, { type: "click", ...place(state, "answer", 3) }).state.focus).toBe("answer");
    const chunk = run(state, { type: "click", ...place(state, "chunks", 2) }).state;
    expect(chunk).toMatchObject({ focus: "chunks", level: "chunks", chunks: { cursor: 1 } });
    const below = run(state, { type: "click", ...place(state, "tests", 20) }).state;
    expect(testRow(below)?.key).toBe(TWO);
  });

  it("opens and closes a group that has the cursor", () => {
    const once = run(state, { type: "click", ...place(state, "tests", 3) }).state;
    expect(testRow(once)).toMatchObject({ label: "test_a.py", isOpen: true });
    expect(testRow(run(once, { type: "click", ...place(state, "tests", 3) }).state)?.isOpen).toBe(false);
  });

  it("does nothing behind a prompt or a cover, where the wheel scrolls the cover", () => {
    for (const key of ["/", "?"]) {
      const covered = press(state, key).state;
      expect(run(covered, { type: "click", ...place(state, "tests", 1) }).state).toBe(covered);
    }
    const help = run(press(state, "?").state, { type: "resize", size: { columns: 60, rows: 20 } }).state;
    expect(run(help, { type: "wheel", by: 3, column: 1, row: 5 }).state.overlay?.top).toBe(3);
  });

  it("scrolls what it is over", () => {
    const after = run(state, { type: "wheel", by: 3, ...place(state, "tests", 1) }).state;
    expect(testRow(after)?.label).toBe("recordings");
    expect(run(state, { type: "wheel", by: 3, column: 1, row: 0 }).state).toBe(state);
  });
});

describe("the help", () => {
  it.each([20, 40, 60, 100, 160, 300])("tells every key in %i columns", (columns) => {
    const lines = coverLines({ ...press(started(), "?").state, size: { columns, rows: 30 } });
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
    const text = lines.join("\n");
    for (const { keys } of Object.values(KEYS)) expect(text).toContain(keyText(keys[0] as string));
    if (columns >= 100) for (const { does } of Object.values(KEYS)) expect(text).toContain(does.slice(0, 12));
  });

  it("scrolls to its end and no further", () => {
    const { state } = press(run(started(), { type: "resize", size: { columns: 60, rows: 20 } }).state, "?", "G");
    expect(state.overlay?.top).toBe(coverLines(state).length - 16);
    expect(press(state, "q").state.overlay).toBeNull();
  });
});

it("messages stand until the next key", () => {
  const { state } = run(started(), { type: "told", message: { text: "x", tone: "good" } });
  expect(run(state, { type: "judged", verdicts: { is: "unknown" } }).state.message?.text).toBe("x");
  expect(press(state, "j").state.message).toBeNull();
});

it("text where nothing is typed is no text", () => {
  const state = started();
  expect(run(state, { type: "input", text: "q" }).state).toBe(state);
});

it("what did not stream has no chunks", () => {
  const state = withBody(onRow(started(tree([entry("recordings/x.json", "t.py::t", WHOLE)])), "t:t.py::t"));
  expect(shownPath(state)).toBe("recordings/x.json");
  expect(press(state, "enter", "enter").state).toMatchObject({ focus: "answer", level: "requests" });
});

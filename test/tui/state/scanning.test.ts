import { describe, expect, it } from "vitest";
import { requestIndex, requestsOf, shownPath } from "../../../src/tui/state/requests.ts";
import { initial, type State } from "../../../src/tui/state/state.ts";
import { testIndex, testRow } from "../../../src/tui/state/tree.ts";
import { body, entry, onRow, peek, press, run, started, TREE, tree, types, WHOLE, withBody } from "./made.ts";

const B = "tests/recordings/bbbb1111.json";
const start = (): State => initial({ size: { columns: 160, rows: 30 }, recctl: "recctl", hasColour: false });
const without = (...paths: string[]) =>
  tree(
    TREE.entries.filter(({ path }) => !paths.includes(path)),
    TREE.broken,
  );
const on = (key: string) => onRow(started(), key);
const TWO = "t:tests/in/test_a.py::test_two";

describe("the first tree", () => {
  it("is checked and judged at once, once", () => {
    const { state, effects } = run(start(), { type: "scanned", tree: TREE });
    expect(types(effects)).toEqual(["open", "peek", "check", "judge"]);
    expect(state).toMatchObject({ findings: { is: "asked" }, verdicts: { is: "asked" }, message: null });
    expect(types(press(state, "3", "4", "3").effects)).toEqual([]);
  });

  it("is checked when someone looks, where it is large", () => {
    const many = tree(Array.from({ length: 5_001 }, (_, at) => entry(`recordings/${at}.json`, `t.py::t${at}`)));
    const { state, effects } = run(start(), { type: "scanned", tree: many });
    expect(types(effects)).toEqual(["open", "peek"]);
    const looked = press(state, "3");
    expect(types(looked.effects)).toEqual(["check"]);
    expect(types(press(looked.state, "4", "3", "4").effects)).toEqual(["judge"]);
  });

  it("puts the cursor on its first row once all was read", () => {
    const partly = run(start(), { type: "scanned", tree: { ...TREE, isRead: false } }).state;
    expect(partly.tests.cursor).toBe("");
    expect(run(partly, { type: "scanned", tree: TREE }).state.tests.cursor).toBe("d:tests/");
  });
});

describe("a tree that is read again", () => {
  const known = (state: State): State =>
    run(
      state,
      { type: "checked", findings: { is: "known", value: new Map() } },
      { type: "judged", verdicts: { is: "failed", why: "?" } },
    ).state;

  it("says nothing and does nothing where nothing has changed", () => {
    const before = known(withBody(on(TWO)));
    const { state, effects } = run(before, { type: "scanned", tree: tree([...TREE.entries].reverse(), TREE.broken) });
    expect(state).toEqual(before);
    expect(state.tree).toBe(before.tree);
    expect(effects).toEqual([]);
    const read = press(before, "r");
    expect(read.state.message?.text).toBe("reading the tree…");
    expect(run(read.state, { type: "scanned", tree: TREE }).state.message).toBeNull();
  });

  it("says what has changed, and asks again for what rests on it", () => {
    const before = known(withBody(on(TWO)));
    const entries = without("tests/recordings/cccc1111.json").entries.map((one) =>
      one.path === B ? { ...one, bytes: 1 } : one,
    );
    const { state, effects } = run(before, {
      type: "scanned",
      tree: tree([...entries, entry("new.json", null)], TREE.broken),
    });
    expect(state.message?.text).toBe("the tree changed: 1 new, 1 gone, 1 changed");
    expect(state.bodies.has(B)).toBe(false);
    expect([...state.peeks.keys()].filter((path) => path === B || path.includes("cccc"))).toEqual([]);
    expect(types(effects)).toEqual(["check", "judge", "open", "peek"]);
    expect(state.findings.is).toBe("known");
  });

  it("leaves what came of a key where it stands, unlike what was told before", () => {
    const gone = { type: "scanned", tree: without(B) } as const;
    const changed = { type: "changed", paths: [B] } as const;
    for (const tone of ["good", "bad", "plain"] as const) {
      const before = { ...on(TWO), message: { text: "x", tone } };
      for (const action of [gone, changed]) {
        const { text } = run(before, action).state.message ?? {};
        if (tone === "plain") expect(text).toMatch("changed");
        else expect(text).toBe("x");
      }
    }
  });

  it("tells a file that broke, and one that was mended", () => {
    const broke = tree(without(B).entries, [...TREE.broken, { path: B, line: 1, column: 1, message: "cut" }]);
    const { state } = run(started(), { type: "scanned", tree: broke });
    expect(state.message?.text).toBe("the tree changed: 1 changed");
    expect(run(state, { type: "scanned", tree: TREE }).state.message?.text).toBe("the tree changed: 1 changed");
  });

  it("tells of the file that is shown the same, whatever changed in it and whatever is searched or filtered for", () => {
    const filter = { line: "--x", kept: new Set([B]) };
    const search = { text: "test_two", hits: new Set([B]), isDone: true };
    const larger = tree(
      TREE.entries.map((one) => (one.path === B ? { ...one, bytes: 999 } : one)),
      TREE.broken,
    );
    for (const after of [on(TWO), { ...on(TWO), filter }, { ...on(TWO), search }, { ...on(TWO), filter, search }]) {
      for (const now of [TREE, larger]) {
        const changed = run(
          after,
          { type: "changed", paths: [B], isNews: true },
          { type: "scanned", tree: now },
          { type: "filtered", filter },
        );
        const isSearched = changed.effects.some(({ type }) => type === "search");
        const more = {
          type: "found",
          text: "test_two",
          hits: new Set([TREE.entries[0]?.path ?? ""]),
          isDone: true,
        } as const;
        const { state } = isSearched ? run(changed.state, more) : changed;
        expect(state.message?.text).toBe("the file has changed: it is read again");
        expect(state.tests.cursor).toBe(TWO);
      }
    }
  });

  it("is filtered again", () => {
    const filtered = { ...started(), filter: { line: "--x", kept: new Set([B]) } };
    const { state, effects } = run(filtered, { type: "scanned", tree: without("tests/recordings/cccc1111.json") });
    expect(effects).toContainEqual({ type: "filter", line: "--x" });
    const after = run(state, { type: "filtered", filter: { line: "--x", kept: new Set([B]) } }).state;
    expect(after).toMatchObject({ filtering: null, message: { text: "the tree changed: 1 gone" } });
  });

  it("leaves the cursor on the same row, whatever came before it", () => {
    const more = tree([entry("a/recordings/1.json", "a/test_0.py::t"), ...TREE.entries], TREE.broken);
    const { state } = run(on(TWO), { type: "scanned", tree: more });
    expect(testRow(state)?.key).toBe(TWO);
    expect(testIndex(state)).toBe(testIndex(on(TWO)) + 3);
  });

  it("puts the cursor of what is gone on what came behind it", () => {
    expect(shownPath(run(on(TWO), { type: "scanned", tree: without(B) }).state)).toBe("tests/recordings/cccc1111.json");
    const last = "t:tests/test_d.py::test_four";
    const cut = run(on(last), { type: "scanned", tree: tree(without("tests/recordings/dddd1111.json").entries) }).state;
    expect(shownPath(cut)).toBe("tests/recordings/eeee1111.json");
    const none = run(on(TWO), { type: "scanned", tree: tree([]) }).state;
    expect(none).toMatchObject({ tests: { cursor: "", top: 0 }, requests: { cursor: "" } });
  });

  it("puts the cursor on a group around the same recording where its own row is joined with another", () => {
    const left = tree(TREE.entries.filter(({ head }) => head.testId?.startsWith("tests/in/")));
    expect(testRow(run(on("d:tests/"), { type: "scanned", tree: left }).state)?.label).toBe("tests/in");
  });

  it("puts the cursor of a request that is gone on the next one", () => {
    const { state } = press(on("f:tests/in/test_a.py"), "enter", "j");
    const gone = shownPath(state) as string;
    const after = run(state, { type: "scanned", tree: without(gone) }).state;
    expect(requestIndex(after)).toBe(1);
    expect(after.focus).toBe("requests");
  });
});

describe("what was read of a file", () => {
  it("is forgotten when another lies in its place, and read again", () => {
    const { state, effects } = run(withBody(on(TWO)), { type: "changed", paths: [B] });
    expect(state.bodies.has(B)).toBe(false);
    expect(effects).toContainEqual({ type: "open", path: B });
    expect(state.message?.text).toMatch("has changed");
    expect(effects).toContainEqual({ type: "peek", paths: [B] });
  });

  it("of an earlier file of its name is forgotten when a new one comes", () => {
    const late = run(started(), { type: "opened", body: body("new.json") }).state;
    const more = tree([...TREE.entries, entry("new.json", null)], TREE.broken);
    expect(run(late, { type: "scanned", tree: more }).state.bodies.has("new.json")).toBe(false);
  });

  it("is not left out while it is shown, however much else comes", () => {
    let state = withBody(on(TWO));
    for (let at = 0; at < 30; at++) state = run(state, { type: "opened", body: body(`late${at}.json`) }).state;
    expect(state.bodies.has(B)).toBe(true);
    expect(state.bodies.size).toBe(12);
  });

  it("orders the requests of a test once all of it is there, and nobody's cursor moves", () => {
    const ONE = "t:tests/in/test_a.py::test_one[x]";
    const [a, b] = ["tests/recordings/aaaa1111.json", "tests/recordings/aaaa2222.json"] as const;
    let state = run(start(), { type: "scanned", tree: TREE }).state;
    state = press({ ...state, tests: { ...state.tests, cursor: ONE } }, "enter").state;
    expect(shownPath(state)).toBe(a);
    const late = { ...peek(WHOLE), turns: 9 };
    state = run(state, { type: "peeked", peeks: new Map([[a, late]]) }).state;
    expect(requestsOf(state).map(({ path }) => path)).toEqual([a, b]);
    state = run(state, { type: "peeked", peeks: new Map([[b, peek(WHOLE)]]) }).state;
    expect(requestsOf(state).map(({ path }) => path)).toEqual([b, a]);
    expect(shownPath(state)).toBe(a);
    expect(requestIndex(state)).toBe(1);
  });

  it("is kept of so many that lists are told of", () => {
    const peeks = new Map(Array.from({ length: 6_000 }, (_, at) => [`${at}`, peek()] as const));
    const { state } = run(started(), { type: "peeked", peeks });
    expect(state.peeks.size).toBe(5_000);
    expect(state.peeks.has("5999")).toBe(true);
  });
});

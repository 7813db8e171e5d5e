import { describe, expect, it } from "vitest";
import { width } from "../../../src/text/width.ts";
import { coverLines } from "../../../src/tui/content/cover.ts";
import type { RemovalPlan } from "../../../src/tui/state/overlay.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { onRow, press, run, started, TREE, tree, types, withBody } from "./made.ts";
import { PLAN } from "./wheres.ts";

const B = "tests/recordings/bbbb1111.json";
const markedB = (): State => press(onRow(started(), "t:tests/in/test_a.py::test_two"), "d").state;
const planned = (plan: RemovalPlan): State => run(press(markedB(), "D").state, { type: "planned", plan }).state;

describe("marks for removal", () => {
  it("are set on all of a row of tests, and taken back where all have one", () => {
    const all = press(started(), "g", "d").state;
    expect(all.leaving.size).toBe(6);
    expect(all.message?.text).toMatch("6 recordings marked");
    expect(press(all, "d").state.leaving.size).toBe(0);
    const some = press(markedB(), "g", "d").state;
    expect(some.leaving.size).toBe(6);
  });

  it("are set on one request in its list", () => {
    const { state } = press(onRow(started(), "f:tests/in/test_a.py"), "enter", "j", "d");
    expect(state.leaving.size).toBe(1);
  });

  it("are set on what the answer shows, and on what plays", () => {
    const test = withBody(onRow(started(), "t:tests/in/test_a.py::test_one[x]"));
    const A = "tests/recordings/aaaa1111.json";
    const shown = shownPath(test);
    expect(press(test, "d").state.leaving.size).toBe(2);
    expect([...run({ ...test, focus: "answer" }, { type: "do", verb: "remove" }).state.leaving]).toEqual([shown]);
    const playing = press(withBody(onRow(started(), "t:tests/in/test_a.py::test_two")), "p", "d", "c");
    expect(playing.state).toMatchObject({ leaving: new Set([B]), compareWith: B, play: { path: B } });
    const group = run({ ...onRow(started(), "f:tests/in/test_a.py"), focus: "answer" }, { type: "do", verb: "remove" });
    expect([...group.state.leaving].sort()).toEqual([A, A.replace("1111", "2222"), B]);
  });

  it("are not set on what is no recording", () => {
    const { state } = press(onRow(started(), "x:tests/recordings/odd.json"), "d");
    expect(state.leaving.size).toBe(0);
    expect(state.message?.text).toBe("no recording to mark");
  });

  it("go with their recordings", () => {
    const { state, effects } = run(press(markedB(), "D").state, {
      type: "scanned",
      tree: tree(TREE.entries.filter(({ path }) => path !== B)),
    });
    expect(state).toMatchObject({ leaving: new Set(), overlay: null });
    expect(effects.map(({ type }) => type)).not.toContain("plan");
  });
});

describe("the plan", () => {
  it("is made of what is marked, and done once", () => {
    const { state, effects } = press(markedB(), "D");
    expect(effects).toEqual([{ type: "plan", paths: [B] }]);
    expect(coverLines(state)).toEqual(["making the plan…"]);
    expect(press(state, "y").effects).toEqual([]);
    const ready = run(state, { type: "planned", plan: PLAN }).state;
    const done = press(ready, "y");
    expect(done.effects).toEqual([{ type: "remove", plan: PLAN }]);
    expect(done.state.overlay).toBeNull();
    expect(done.state.message?.text).toBe("removing 1 recording…");
  });

  it("that is refused, is empty, or cannot be seen is not done", () => {
    for (const plan of [
      { ...PLAN, refusals: ["it is open"] },
      { ...PLAN, items: [] },
    ]) {
      const { state, effects } = press(planned(plan), "y");
      expect(effects).toEqual([]);
      expect(state.overlay?.shows).toBe("plan");
      expect(state.message?.tone).toBe("bad");
    }
    const small = run(planned(PLAN), { type: "resize", size: { columns: 30, rows: 5 } }).state;
    expect(press(small, "y").effects).toEqual([]);
  });

  it("that could not be carried out is shown again with why, and D plans anew", () => {
    const refusals = [`${B}: gone`];
    const { state } = run(press(planned(PLAN), "y").state, {
      type: "refused",
      plan: PLAN,
      refusals,
      told: "it is gone",
    });
    expect(coverLines(state).join("\n")).toContain(`cannot be done: ${B}: gone`);
    expect(coverLines(state).join("\n")).toContain("D plans anew");
    expect(state.message).toEqual({ text: "it is gone", tone: "bad" });
    const left = TREE.entries.filter(({ path }) => path !== B);
    // It stays where the tree is read meanwhile, and its mark goes.
    const seen = run({ ...state, leaving: new Set([B, left[0]?.path ?? ""]) }, { type: "scanned", tree: tree(left) });
    expect(coverLines(seen.state)).toEqual(coverLines(state));
    expect(seen.state.message?.text).toBe("it is gone");
    const anew = press(seen.state, "D");
    expect(anew.effects).toContainEqual({ type: "plan", paths: [left[0]?.path] });
    expect(coverLines(anew.state)).toEqual(["making the plan…"]);
    const none = press(run(state, { type: "scanned", tree: tree(left) }).state, "D").state;
    expect(none).toMatchObject({ overlay: null, message: { text: "nothing is marked for removal: d marks" } });
    // Whatever else is shown or typed meanwhile stays.
    const typing = run(press(started(), "/").state, {
      type: "refused",
      plan: PLAN,
      refusals,
      told: "it is gone",
    }).state;
    expect(typing).toMatchObject({ overlay: null, prompt: { text: "" }, message: { text: "it is gone" } });
  });

  it("tells that it was carried out until the tree changes again", () => {
    const { state } = run(planned(PLAN), { type: "removed", paths: [B], told: "1 recording removed" });
    const back = run(state, { type: "scanned", tree: TREE }).state;
    expect(back.message).toEqual({ text: "the tree changed: 1 new", tone: "plain" });
  });

  it("of other marks is not taken", () => {
    const other = { ...PLAN, items: PLAN.items.map((item) => ({ ...item, path: "x.json" })) };
    expect(planned(other).overlay).toMatchObject({ plan: null });
    expect(run(started(), { type: "planned", plan: PLAN }).state.overlay).toBeNull();
  });

  it("takes marks, rows and itself away when it was carried out", () => {
    const { state, effects } = run(planned(PLAN), { type: "removed", paths: [B], told: "1 recording removed" });
    expect(state).toMatchObject({ overlay: null, leaving: new Set() });
    expect(state.tree.entries.map(({ path }) => path)).not.toContain(B);
    expect(state.message?.text).toBe("1 recording removed");
    // Whoever removed it reads the tree: asked for here, it would tell that nothing has changed.
    expect(types(effects)).not.toContain("scan");
    expect(state.peeks.has(B)).toBe(false);
    const again = run(state, { type: "scanned", tree: state.tree }).state;
    expect(again.message).toEqual(state.message);
  });

  it("tells what goes, what people should know, and what to press", () => {
    const verdict = { verdict: "test gone", because: "", evidence: [], goes: true } as const;
    const judged = run(planned(PLAN), { type: "judged", verdicts: { is: "known", value: new Map([[B, verdict]]) } });
    const text = coverLines(judged.state).join("\n");
    for (const part of [
      "1 recording, 300 B",
      "they are in no commit",
      "y removes",
      "recctl undo",
      "test gone",
      "test_two",
      B,
    ]) {
      expect(text).toContain(part);
    }
    const refused = coverLines(planned({ ...PLAN, refusals: ["a \u001b[31mlink\nis in it"] })).join("\n");
    expect(refused).toContain("cannot be done: a \\u001b[31mlink\\nis in it");
    expect(refused).not.toContain("y removes");
  });

  it("is no wider than the screen", () => {
    const items = [{ path: "灯".repeat(200), testId: "e\u0301".repeat(200), bytes: 1e9, digest: "" }];
    for (const columns of [1, 9, 40, 41, 60, 160]) {
      const { state } = run(
        { ...planned(PLAN), size: { columns, rows: 20 }, leaving: new Set([items[0]?.path ?? ""]) },
        {
          type: "planned",
          plan: { items, notes: ["x".repeat(300)], refusals: ["灯".repeat(300)] },
        },
      );
      const wide = coverLines(state).filter((line) => width(line) > columns);
      if (columns >= 9) expect(wide).toEqual([]);
    }
  });
});

describe("a comparison", () => {
  const marked = (): State => press(onRow(started(), "t:tests/in/test_a.py::test_two"), "c").state;
  const C = "tests/recordings/cccc1111.json";

  it("is of one that is marked with another one", () => {
    expect(marked()).toMatchObject({
      compareWith: B,
      overlay: null,
      message: { text: expect.stringContaining("c here drops the mark") },
    });
    expect(press(marked(), "c").state.compareWith).toBeNull();
    const { state, effects } = press(onRow(marked(), "t:tests/in/test_c.py::test_three"), "c");
    expect(state.overlay).toEqual({ shows: "compare", top: 0, old: B, now: C, lines: null });
    expect(effects).toContainEqual({ type: "compare", old: B, now: C, columns: 160 });
    expect(coverLines(state)).toEqual(["comparing…"]);
  });

  it("keeps its mark when it is left, and says how that is dropped", () => {
    const { state } = press(press(onRow(marked(), "t:tests/in/test_c.py::test_three"), "c").state, "esc");
    expect(state).toMatchObject({ overlay: null, compareWith: B });
    expect(state.message?.text).toBe("bbbb1111 stays marked with =: c on it drops the mark, on others compares them");
    expect(press(press(state, "?").state, "esc").state.message).toBeNull();
  });

  it("is asked for again at another width, and taken at that alone", () => {
    const before = press(onRow(marked(), "t:tests/in/test_c.py::test_three"), "c").state;
    const { state, effects } = run(before, { type: "resize", size: { columns: 90, rows: 30 } });
    expect(effects).toContainEqual({ type: "compare", old: B, now: C, columns: 90 });
    const lines = (columns: number) =>
      run(state, { type: "compared", old: B, now: C, columns, lines: ["x"] }).state.overlay;
    expect(lines(160)).toMatchObject({ lines: null });
    expect(lines(90)).toMatchObject({ lines: ["x"] });
    const other = run(state, { type: "compared", old: C, now: B, columns: 90, lines: ["x"] }).state.overlay;
    expect(other).toMatchObject({ lines: null });
  });

  it("forgets a mark whose recording is gone", () => {
    expect(run(marked(), { type: "removed", paths: [B], told: "" }).state.compareWith).toBeNull();
  });
});

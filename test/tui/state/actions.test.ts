import { describe, expect, it } from "vitest";
import type { Action } from "../../../src/tui/state/action.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { body, onRow, peek, press, run, started, tree } from "./made.ts";
import { PLAN } from "./wheres.ts";

const B = "tests/recordings/bbbb1111.json";
const here = (): State => onRow(started(), "t:tests/in/test_a.py::test_two");
const message = { text: "x", tone: "bad" } as const;

/** Of every type of action: where it comes, and what of the state is then how. */
const CASES: { [Type in Action["type"]]: [State, Extract<Action, { type: Type }>, object] } = {
  do: [here(), { type: "do", verb: "zoom" }, { isZoomed: true }],
  input: [press(here(), "/").state, { type: "input", text: "ab" }, { prompt: { text: "ab", at: 2 } }],
  resize: [here(), { type: "resize", size: { columns: 0, rows: -3 } }, { size: { columns: 1, rows: 1 } }],
  wheel: [here(), { type: "wheel", by: -2, column: 0, row: 3 }, { tests: { cursor: "f:tests/in/test_a.py" } }],
  click: [here(), { type: "click", column: 159, row: 3 }, { focus: "answer", level: "tests" }],
  scanned: [here(), { type: "scanned", tree: tree([]) }, { message: { text: "the tree changed: 7 gone" } }],
  opened: [here(), { type: "opened", body: body(B) }, { bodies: new Map([[B, body(B)]]) }],
  peeked: [
    { ...here(), peeks: new Map() },
    { type: "peeked", peeks: new Map([[B, peek()]]) },
    { peeks: new Map([[B, peek()]]) },
  ],
  checked: [
    here(),
    { type: "checked", findings: { is: "failed", why: "x" } },
    { findings: { is: "failed", why: "x" } },
  ],
  judged: [here(), { type: "judged", verdicts: { is: "known", value: new Map() } }, { verdicts: { is: "known" } }],
  found: [
    press(here(), "/", '"zz', "enter").state,
    { type: "found", text: "zz", hits: new Set([B]), isDone: true },
    { search: { text: "zz", hits: new Set([B]), isDone: true } },
  ],
  filtered: [
    { ...here(), filter: { line: "x", kept: new Set([B]) }, filtering: "y" },
    { type: "filtered", filter: null },
    { filter: null, filtering: null },
  ],
  unfiltered: [
    { ...here(), filtering: "x" },
    { type: "unfiltered", line: "x", why: "no" },
    { prompt: { text: "x", error: "no" } },
  ],
  compared: [
    { ...here(), overlay: { shows: "compare", top: 0, old: B, now: "n", lines: null } },
    { type: "compared", old: B, now: "n", columns: 160, lines: ["l"] },
    { overlay: { lines: ["l"] } },
  ],
  unexported: [
    here(),
    { type: "unexported", path: B, file: "no/x.sse", why: "no folder" },
    { prompt: { asks: "export", text: "no/x.sse", path: B, error: "no folder" } },
  ],
  planned: [
    { ...here(), leaving: new Set([B]), overlay: { shows: "plan", top: 0, plan: null } },
    { type: "planned", plan: PLAN },
    { overlay: { plan: PLAN } },
  ],
  refused: [
    { ...here(), leaving: new Set([B]) },
    { type: "refused", plan: PLAN, refusals: [`${B}: gone`], told: "it is gone" },
    { overlay: { plan: { ...PLAN, refusals: [`${B}: gone`] }, isRefused: true }, message: { text: "it is gone" } },
  ],
  removed: [
    { ...here(), leaving: new Set([B]) },
    { type: "removed", paths: [B], told: "gone" },
    { leaving: new Set() },
  ],
  tick: [
    press(run(here(), { type: "opened", body: body(B) }).state, "p").state,
    { type: "tick", turn: 1 },
    { turns: 2, play: { turn: 2 } },
  ],
  told: [here(), { type: "told", message }, { message }],
  changed: [
    run(here(), { type: "opened", body: body(B) }).state,
    { type: "changed", paths: [B] },
    { bodies: new Map() },
  ],
};

describe("an action", () => {
  it.each(Object.entries(CASES))("%s", (_, [before, action, after]) => {
    expect(before).not.toMatchObject(after);
    expect(run(before, action).state).toMatchObject(after);
  });
});

describe("an action that comes too late", () => {
  const late: Action[] = [
    { type: "found", text: "z", hits: new Set([B]), isDone: true },
    { type: "filtered", filter: { line: "x", kept: new Set() } },
    { type: "unfiltered", line: "x", why: "no" },
    { type: "compared", old: B, now: B, columns: 160, lines: [] },
    { type: "planned", plan: PLAN },
    { type: "tick", turn: 0 },
    { type: "changed", paths: ["gone.json"] },
  ];
  it.each(late.map((action) => [action.type, action] as const))("%s changes nothing", (_, action) => {
    const before = here();
    const { state } = run(before, action);
    expect(state).toEqual(before);
    expect(shownPath(state)).toBe(B);
  });
});

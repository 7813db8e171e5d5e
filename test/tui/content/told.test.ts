import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/checks/rule.ts";
import { withoutLooks } from "../../../src/text/style.ts";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { flawedBody } from "../../../src/tui/content/excerpt.ts";
import { type Body, initial, type Judgement, type Known, type State, type Tab } from "../../../src/tui/state/state.ts";
import { update } from "../../../src/tui/state/update.ts";
import { expectShowable, wordsOf } from "./lines.ts";
import { chat, showing } from "./made.ts";

const body = chat();
const tabOf = (tab: Tab, change: Partial<State> = {}, of: Body = body): State => {
  const state = showing(of, { hasColour: false, ...change }, 60);
  return { ...state, answer: { ...state.answer, tab } };
};
const known = <T>(value: T): Known<ReadonlyMap<string, T>> => ({ is: "known", value: new Map([[body.path, value]]) });

describe("findings", () => {
  const finding: Finding = {
    rule: "name/unverified",
    severity: "warning",
    path: body.path,
    line: 12,
    column: 3,
    at: "request.body",
    message: "its name is not the hash of its request",
    remedy: "see which names it could have: recctl validate --explain recordings/made.json",
  };

  it("are told as validate words them, errors first, with place and remedy", () => {
    const error: Finding = { ...finding, rule: "json", severity: "error", at: "", message: "cut off" };
    const lines = answerLines(tabOf("findings", { findings: known([finding, error]) }));
    expect(lines).toEqual([
      "error json",
      "  cut off",
      "  at  12:3",
      "  try  see which names it could have: recctl validate ",
      "       --explain recordings/made.json",
      "",
      "warning name/unverified",
      "  its name is not the hash of its request",
      "  at  12:3  request.body",
      "  try  see which names it could have: recctl validate ",
      "       --explain recordings/made.json",
      "",
      "which rules there are and how bad each is: recctl config",
    ]);
    const coloured = answerLines(tabOf("findings", { findings: known([finding, error]), hasColour: true }));
    expect(coloured[0]).toContain("\u001b[31merror\u001b[39m");
    expect(coloured[6]).toContain("\u001b[33mwarning\u001b[39m");
  });

  it("tell which other files they are about", () => {
    const many = { ...finding, paths: [body.path, "recordings/other.json", "recordings/other.json"] };
    const words = wordsOf(answerLines(tabOf("findings", { findings: known([many]) })));
    expect(words.match(/other\.json/g)).toHaveLength(1);
    expect(words).toContain("and recordings/other.json");
  });

  it.each([
    ["none", { is: "known", value: new Map() }, "validate finds nothing wrong"],
    ["asked", { is: "asked" }, "checking…"],
    ["unknown", { is: "unknown" }, "checking…"],
    [
      "failed",
      { is: "failed", why: "no such rule: x\nin recctl.config.json" },
      "no such rule: x in recctl.config.json",
    ],
  ] as const)("%s: says so", (_, findings, text) => {
    expect(wordsOf(answerLines(tabOf("findings", { findings })))).toContain(text);
  });
});

describe("the verdict", () => {
  const judgement: Judgement = {
    verdict: "test gone",
    because: "nothing defines its test, and nothing speaks for it",
    evidence: [
      { source: "sources", speaks: "against", tells: "gone", says: "test_bar.py has no test_tide" },
      { source: "run", speaks: "neither", tells: "run unclear", says: "the run broke off" },
      { source: "keep", speaks: "for", tells: "kept", says: "it is to be kept" },
    ],
    goes: true,
  };

  it("is told with why, what follows, and each piece of evidence", () => {
    expect(answerLines(tabOf("verdict", { verdicts: known(judgement) }))).toEqual([
      "test gone",
      "  nothing defines its test, and nothing speaks for it",
      "  prune would remove it",
      "",
      "- sources, against keeping it",
      "  test_bar.py has no test_tide",
      "· run, neither for nor against",
      "  the run broke off",
      "+ keep, for keeping it",
      "  it is to be kept",
      "",
      "more evidence, from what pytest collects and from runs:",
      "  recctl prune --collected ids.txt --run run.log",
    ]);
    const stays = answerLines(tabOf("verdict", { verdicts: known({ ...judgement, goes: false }) }));
    expect(stays).toContain("  prune would leave it where it is");
  });

  it.each([
    ["none", { is: "known", value: new Map() }, "prune gives no verdict on it"],
    ["asked", { is: "asked" }, "looking for what uses it…"],
    ["failed", { is: "failed", why: "no tests" }, "no tests"],
  ] as const)("%s: says so", (_, verdicts, text) => {
    expect(wordsOf(answerLines(tabOf("verdict", { verdicts })))).toBe(text);
  });
});

describe("a broken file", () => {
  const flaw = { line: 3, column: 10, message: 'expected a value, found "}"', remedy: "git restore it" };
  const text = '{\n  "a": 1,\n  "b\u001b": ,}\n}\n';

  it("is told with the fact, the place and what helps; raw with its text and a sign at the flaw", () => {
    const broken = flawedBody("recordings/made.json", flaw, text);
    const told = ['expected a value, found "}"', "in   recordings/made.json:3:10", "try  git restore it"];
    expect(answerLines(tabOf("conversation", {}, broken))).toEqual(told);
    expect(answerLines(tabOf("raw", {}, broken))).toEqual([
      ...told,
      "",
      "1  {",
      '2    "a": 1,',
      '3›   "b\\u001b": ,}',
      "4  }",
      "5  ",
    ]);
    const coloured = answerLines(tabOf("raw", { hasColour: true }, broken));
    expect(coloured[6]).toContain("\u001b[31m}\u001b[39m");
    // As far as the list tells it, where the file was not read yet.
    expect(answerLines(tabOf("conversation", { bodies: new Map() }, broken))).toEqual(told);
  });

  it("of a large one the text around the flaw is kept, and its place in it", () => {
    const lines = Array.from({ length: 50_000 }, (_, at) => `line ${at + 1}`);
    lines[40_000] = "the flaw: !";
    const broken = flawedBody("x.json", { line: 40_001, column: 11, message: "no" }, lines.join("\n"));
    expect(broken.text?.length).toBeLessThan(10_000);
    const raw = answerLines(tabOf("raw", { hasColour: true }, broken));
    expect(raw.find((line) => line.startsWith("40001›"))).toBe("40001› the flaw: \u001b[31m!\u001b[39m");
    expect(raw.map(withoutLooks)).toContain("40002  line 40002");
    expect(raw.length).toBeGreaterThan(300);
    const left = lines.slice(40_200).join("\n").length + 1;
    const told = `… ${left.toLocaleString("en-US")} more characters: e opens the file in $EDITOR`;
    expect(raw.map(withoutLooks).at(-1)).toBe(told);
  });

  it("a file of one line is cut around the flaw", () => {
    const broken = flawedBody(
      "x.json",
      { line: 1, column: 1_000_001, message: "no" },
      `${"a".repeat(1e6)}!${"b".repeat(1e6)}`,
    );
    expect(broken.text?.length).toBeLessThan(50_000);
    const raw = answerLines(tabOf("raw", { hasColour: true }, broken));
    expect(raw.filter((line) => line.includes("\u001b[31m!\u001b[39m"))).toHaveLength(1);
    expectShowable(raw, 60, "one line");
  });

  it.each([
    ["at its end", { line: 1, column: 2, message: "cut off" }, "["],
    ["empty", { line: 1, column: 1, message: "empty file" }, ""],
    ["beyond", { line: 9, column: 9, message: "odd" }, "a\nb"],
    ["unknown", { line: 1, column: 1, message: "may not be read" }, undefined],
  ])("%s", (_, flaw, text) => {
    const broken = text === undefined ? { path: "x.json", flaw } : flawedBody("x.json", flaw, text);
    const raw = answerLines(tabOf("raw", {}, broken));
    expect(raw[0]).toBe(flaw.message);
    expectShowable(raw, 60, "raw");
  });
});

describe("before there is a body", () => {
  it("what the index knows is told at once", () => {
    for (const tab of ["conversation", "raw"] as const) {
      const words = wordsOf(answerLines(tabOf(tab, { bodies: new Map() })));
      expect(words).toMatch(/^made · \d+ B · gpt-4o · \/v1\/chat\/completions reading…$/);
      const roomy = wordsOf(answerLines(tabOf(tab, { bodies: new Map(), size: { columns: 80, rows: 33 } })));
      expect(roomy).toContain("file recordings/made.json");
      expect(roomy).toContain("test test_bar.py::test_tide[gpt-4o]");
      expect(roomy).toContain("api openai-chat · POST https://api.openai.com/v1/v1/chat/completions");
      expect(roomy).toMatch(/model gpt-4o reading…$/);
    }
  });
});

describe("a group", () => {
  const other = chat({ test_id: "a/test_x.py::test_y" });
  const entries = [body, { ...other, path: "recordings/other.json" }].map(({ path, bytes, recording }) => ({
    path,
    id: path,
    bytes,
    head: { ...recording.head, failed: path === body.path, ...(path === body.path ? {} : { model: "" }) },
  }));
  const start = initial({ size: { columns: 60, rows: 30 }, recctl: "recctl", hasColour: false });
  const state = update(
    { ...start, isZoomed: true, focus: "answer" },
    {
      type: "scanned",
      tree: { entries, broken: [{ path: "b.json", line: 1, column: 1, message: "no" }], isRead: true },
    },
  ).state;
  const on = (cursor: string): State => ({ ...state, tests: { ...state.tests, cursor } });

  it("is summed up while the tests have the attention", () => {
    const words = wordsOf(answerLines(on("f:test_bar.py")));
    expect(words).toMatch(/^test_bar\.py tests 1 requests 1 \(\d+ B\) failed 1 apis openai-chat 1 models gpt-4o 1$/);
    const other = wordsOf(answerLines(on("f:a/test_x.py")));
    expect(other).not.toMatch(/failed|models/);
    expect(wordsOf(answerLines({ ...on("f:test_bar.py"), level: "requests" }))).toMatch(/^made · /);
  });

  it("of broken files tells how many, and what is wrong with each", () => {
    expect(answerLines(on("b:"))).toEqual(["1 file that cannot be read", "", "b.json:1:1: no"]);
    const broken = Array.from({ length: 203 }, (_, at) => ({ path: `${at}.json`, line: 1, column: 1, message: "no" }));
    const many = update(on("b:"), { type: "scanned", tree: { entries, broken, isRead: true } }).state;
    expect(answerLines({ ...many, tests: { ...many.tests, cursor: "b:" } }).slice(-2)).toEqual([
      "199.json:1:1: no",
      "and 3 more",
    ]);
  });

  it("an empty tree says why", () => {
    const empty = { ...state, tree: { entries: [], broken: [], isRead: false } };
    expect(wordsOf(answerLines(empty))).toBe("looking for recordings…");
    expect(wordsOf(answerLines({ ...empty, tree: { ...empty.tree, isRead: true } }))).toContain("no recordings below");
    const filter = { line: "--model x", kept: new Set<string>() };
    expect(wordsOf(answerLines({ ...state, tree: { ...state.tree, broken: [] }, filter }))).toBe(
      "nothing matches the filter --model x",
    );
  });
});

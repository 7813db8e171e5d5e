import { describe, expect, it } from "vitest";
import { askedOf, type Cause, causesOf, type Known, told, typed } from "../../src/compare/why/index.ts";
import { type Miss, readRun } from "../../src/usage/runs/index.ts";
import { COLOURED, DEBUG, JUNIT, MISSES, OLD, OLD_REQUEST, OTHERS, PYTEST, REPORT, TOOL } from "./why-logs.ts";
import { A, chat, hashOf, json, knownOf, recorded } from "./why-made.ts";

const FILE = "tests/integration/inference/test_chat.py";

async function missesOf(text: string): Promise<readonly Miss[]> {
  const run = await readRun(text, "x", (path) => path === FILE);
  if ("fact" in run) throw new Error(run.fact);
  return run.misses;
}
const explained = async (text: string, known: Known): Promise<Cause[]> =>
  causesOf((await missesOf(text)).map(askedOf), known);

const KNOWN = knownOf(
  [
    recorded(chat(), A),
    recorded(chat({ seed: 1 }), MISSES.model.testId.replace("n]", "m]")),
    recorded(chat({ temperature: 0.123456789 }), MISSES.scheme.testId, { scheme: "2025-10-04" }),
  ],
  { isGone: (test) => test === A },
);
/** The last one is of nobody in pytest's output, and has no hash in JUnit. */
const CAUSES = [
  [MISSES.renamed.testId, "renamed test", true],
  [MISSES.model.testId, "other model or host", true],
  [MISSES.scheme.testId, "another scheme", true],
];

describe("a log with three causes, and one that is unknown", () => {
  it.each([
    ["pytest's output", PYTEST, [null, "unknown", false]],
    ["coloured, on GitHub", COLOURED, [null, "unknown", false]],
    ["JUnit", JUNIT, [`${FILE}::test_lost`, "unknown", false]],
    ["a json-report", REPORT, null],
    ["a server's debug log", DEBUG, null],
  ])("%s", async (_what, text, last) => {
    const causes = await explained(text, KNOWN);
    const out = causes.map(({ asked, kind, proven }) => [asked.testId, kind, proven]);
    const wanted = last === null ? CAUSES : [...CAUSES, last];
    expect(out).toHaveLength(wanted.length);
    expect(out).toEqual(expect.arrayContaining(wanted));
    const groups = told(causes);
    expect(groups).toHaveLength(wanted.length);
    if (last !== null) expect(groups.at(-1)?.kind).toBe("unknown");
  });
});

describe("the form before 2025-10-09, and that of tools, carry what was asked", () => {
  it("the body is read, and compared", async () => {
    const near = recorded(chat({ messages: [{ role: "user", content: "old" }], temperature: 0.5 }), null, {
      scheme: "2025-07-29",
    });
    const tool = recorded(TOOL("what's old"), A, { scheme: "tool-2025-10-09" });
    const [old, search] = await explained(OLD, knownOf([near, recorded(chat(), A), tool]));
    // The body that was read has the hash that the message tells.
    const { request, hash } = old?.asked ?? {};
    expect(request && hashOf(request, null, "2025-07-29")).toBe(hash);
    expect(old?.nearest[0]).toMatchObject({ recording: near });
    expect(old?.nearest[0]?.changes).toHaveLength(1);
    expect(search?.asked).toMatchObject({ kind: "tool", provider: "tavily-search", tool: "web_search" });
    expect(search?.nearest[0]).toMatchObject({ recording: tool, changes: [{ from: ["kwargs", "query"] }] });
  });

  it("the very request, by another scheme, and under a name that no scheme gives it", async () => {
    const scheme = recorded(OLD_REQUEST, A);
    const [old, search] = await explained(
      OLD,
      knownOf([scheme, recorded(TOOL("what's new"), A, { hash: "0".repeat(64) })]),
    );
    // No scheme of that time had test ids.
    expect(old).toMatchObject({ kind: "another scheme", proven: true, recording: scheme });
    expect(search).toMatchObject({ kind: "request changed", proven: false });
  });
});

describe("forms without a hash", () => {
  const raw = (url: string): ReturnType<typeof recorded> =>
    recorded(json({ test_id: A, url, method: "POST", payload: {} }), A, { scheme: "http-2026-04-09" });

  it("say as much as they carry", async () => {
    const causes = await explained(OTHERS, knownOf([raw("http://b/v1/messages"), raw("http://b/rerank")]));
    const kinds = new Map(causes.map(({ asked, kind }) => [asked.url ?? asked.endpoint, kind]));
    expect(kinds).toEqual(
      new Map([
        ["http://b/v1/messages", "unknown"],
        ["http://b/v1beta/interactions", "never recorded"],
        ["http://b/rerank", "unknown"],
        ["/generate_content", "never recorded"],
      ]),
    );
    expect(causes.every(({ proven }) => !proven)).toBe(true);
  });

  it("a host that nothing of the test was recorded with is likely", async () => {
    const text = `FAILED ${A} - ValueError: Recording not found for httpx POST http://b/v1/messages\n`;
    const [cause] = await explained(text, knownOf([raw("http://a/v1/messages")]));
    expect(cause).toMatchObject({
      kind: "other model or host",
      proven: false,
      differs: "url recorded http://a/v1/messages, asked now http://b/v1/messages",
    });
  });
});

describe("told", () => {
  it("once for all misses that have a cause, with one command for all", async () => {
    const tests = [1, 2, 3].map((n) => `${FILE}::test_old[${n}]`);
    const known = knownOf(
      tests.map((test) => recorded(chat(), test)),
      { isGone: (test) => test.includes("test_old") },
    );
    const asked = tests.map((test) => {
      const now = test.replace("old", "new");
      return askedOf({ form: "log", hash: hashOf(chat(), now), testId: now, says: {} });
    });
    const [group, ...others] = told(causesOf(asked, known));
    expect(others).toEqual([]);
    expect(group?.causes.map(({ asked: { testId } }) => testId)).toEqual(
      tests.map((test) => test.replace("old", "new")),
    );
    expect(group?.mend).toHaveLength(1);
    const [sed, , rekey] = group?.mend[0] ?? [];
    expect(sed?.on).toHaveLength(3);
    expect(rekey && typed(rekey)).toMatch(
      /^recctl rekey --rename (\S+::test_old)=\S+::test_new --scheme \S+ --apply( \S+\.json){3}$/,
    );
  });

  it("causes that differ apart, the largest first", () => {
    const ask = (test: string, model: string) =>
      askedOf({ form: "inference", hash: hashOf(chat({ model }), test), testId: test, says: { Model: model } });
    const causes = causesOf(
      [ask("a.py::a", "n"), ask("a.py::b", "o"), ask("a.py::c", "o")],
      knownOf([recorded(chat(), A)]),
    );
    expect(told(causes).map(({ differs, causes: some }) => [differs, some.length])).toEqual([
      ["model recorded m, asked now o", 2],
      ["model recorded m, asked now n", 1],
    ]);
  });
});

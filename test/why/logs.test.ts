import { describe, expect, it } from "vitest";
import { COLOURED, DEBUG, JUNIT, MISSES, OLD, OLD_REQUEST, OTHERS, PYTEST, REPORT, TOOL } from "../compare/why-logs.ts";
import { A, chat, hashOf } from "../compare/why-made.ts";
import { tree } from "../run.ts";
import { CONFIG, type Document, explained, FILE, files, message, source, testOf, why } from "./made.ts";

const { renamed, model, scheme, unknown } = MISSES;

/** A tree in which three of those misses have a cause; the fourth is of nobody. */
const made = (more: Record<string, string> = {}): string =>
  tree({
    [FILE]: source("test_new", "test_model", "test_scheme", "test_lost"),
    ...CONFIG,
    ...files(
      { request: chat(), testId: A },
      { request: chat({ seed: 1 }), testId: testOf("test_model[txt=m]") },
      { request: chat({ temperature: 0.123456789 }), testId: scheme.testId, scheme: "2025-10-04" },
    ),
    ...more,
  });

/** Whose each miss is, and why; in an order of their own. */
const told = ({ causes }: Document): unknown[] =>
  causes.flatMap(({ cause, misses }) => misses.map(({ hash, test_id }) => [hash, test_id, cause])).sort();

const ROWS = [
  [renamed.hash, renamed.testId, "renamed test"],
  [model.hash, model.testId, "other model or host"],
  [scheme.hash, scheme.testId, "another scheme"],
];
const sorted = (...more: unknown[][]): unknown[][] => [...ROWS, ...more].sort();
const NOBODY = [unknown.hash, null, "unknown"];

const cut = (text: string, at: number): string => `${text.slice(0, at)}\n${text.slice(at)}`;
const logged = (text: string): string =>
  `ERROR    2026-11-22T16:52:55.011562Z  ogx.core.server:29 Error executing endpoint: ${text}`;
/** The messages of the three, each in a form of its own. */
const SERVER = [
  logged(message(renamed.hash)).replaceAll("\n", "\n         "),
  logged(message(model.hash, { model: "n" }))
    .replace("hash: ", "hash:\n         ")
    .replaceAll("\nM", "\n         M"),
  `RuntimeError: ${cut(message(scheme.hash), 60)}`,
  `│ RuntimeError: ${message(unknown.hash).replaceAll("\n", " │\n│ ")} │`,
].join("\n\n");
const OF_NOBODY = SERVER.replace("\n\n│", "\n│");

/** With one line a test, as `--tb=short` and `--tb=line` have it, and with source and locals, as `--tb=long` does. */
const SHORT = PYTEST.replaceAll("    client.chat()\n", "");
const LONG = PYTEST.replaceAll(
  "    client.chat()\n",
  '\nclient = <Client object at 0x7f>\n\n    def test(client):\n>       raise RuntimeError(f"Recording not found for request hash: {request_hash}\\n")\n\n',
);

describe("every form of a log, read from a file", () => {
  const explain = (text: string): Promise<Document> => explained(made({ log: text }), ["log"]);

  it.each([
    ["pytest's output", PYTEST, sorted(NOBODY)],
    ["pytest's short output", SHORT, sorted(NOBODY)],
    ["pytest's long output, which quotes the code that raised it", LONG, sorted(NOBODY)],
    ["coloured, on GitHub", COLOURED, sorted(NOBODY)],
    ["with Windows' line ends", PYTEST.replaceAll("\n", "\r\n"), sorted(NOBODY)],
    ["JUnit", JUNIT, sorted([null, testOf("test_lost"), "unknown"])],
    ["json-report", REPORT, sorted()],
    ["a server's debug log", DEBUG, sorted()],
  ])("%s", async (_what, text, rows) => {
    expect(told(await explain(text))).toEqual(rows);
  });

  it("a server's log, wrapped in each way: hashes alone, whose nobody tells", async () => {
    const { causes } = await explain(OF_NOBODY);
    const hashes = causes.flatMap(({ misses }) => misses.map(({ hash }) => hash)).sort();
    expect(hashes).toEqual([renamed, model, scheme, unknown].map(({ hash }) => hash).sort());
    expect(causes.at(-1)).toMatchObject({ cause: "unknown" });
    // The scheme shows by itself.
    expect(causes.some(({ cause, proven }) => cause === "another scheme" && proven)).toBe(true);
  });

  it("the form before 2025-10-09, with its body, and that of tools", async () => {
    const old = { request: chat({ messages: [{ role: "user", content: "old" }], temperature: 0.5 }), testId: null };
    const tool = { request: TOOL("what's old"), testId: A };
    const place = tree({ ...CONFIG, ...files(old, tool), log: OLD });
    const { causes } = await explained(place, ["log", "--test-id", A]);
    const misses = causes.flatMap(({ misses }) => misses);
    expect(misses.map(({ hash, nearest }) => [hash, nearest[0]?.differs])).toEqual(
      expect.arrayContaining([
        [
          hashOf(OLD_REQUEST, null, "2025-07-29"),
          'body.messages[*].content recorded "old", asked now "it\'s \\"new\\"\\n\u00e9"',
        ],
        [null, 'kwargs.query recorded "what\'s old", asked now "what\'s new"'],
      ]),
    );
  });

  it("forms without a hash", async () => {
    const { causes } = await explain(OTHERS);
    const urls = causes.flatMap(({ misses }) => misses);
    expect(urls).toHaveLength(4);
    expect(causes.every(({ proven }) => !proven)).toBe(true);
  });
});

describe("several at once", () => {
  it("logs of one run tell of each miss once, and what one does not know another does", async () => {
    const server = `${message(renamed.hash)}\n`;
    const root = made({ server, "junit.xml": JUNIT, log: PYTEST });
    const together = await explained(root, ["server", "junit.xml", "log", renamed.hash]);
    // The one that JUnit cut is that of the log's end, as far as anybody can tell.
    expect(told(together)).toEqual(sorted(NOBODY, [null, testOf("test_lost"), "unknown"]));
  });

  it("stdin, a hash, and a request", async () => {
    const root = made({ "request.json": JSON.stringify({ test_id: A, request: { url: "http://h/v1", body: {} } }) });
    const args = ["-", unknown.hash, "--request", "request.json"];
    const { causes } = await explained(root, args, { stdin: DEBUG });
    expect(causes.flatMap(({ misses }) => misses)).toHaveLength(5);
  });

  it("two causes in one log, and one that must be unknown; those of one cause are told once", async () => {
    const tests = ["test_a", "test_b", "test_c"].map(testOf);
    const log = [
      ...tests.map((test) => [test, "n", chat({ seed: 1, model: "n" })] as const),
      [renamed.testId, "m", chat()] as const,
    ].map(([test, name, request]) => `${message(hashOf(request, test), { model: name })}\n`);
    const ids = [...tests, renamed.testId].map(
      (test, at) =>
        `{"event": "[RECORDING DEBUG] Hash computation:"}\n{"event": "  Test ID: ${test}"}\n{"event": "  Computed hash: ${/[0-9a-f]{64}/.exec(log[at] as string)?.[0]}"}\n`,
    );
    const root = made({ log: [...ids, ...log, message(unknown.hash), "\n"].join("") });
    const { causes, summary } = await explained(root, ["log"]);
    expect(causes.map(({ cause, misses }) => [cause, misses.length])).toEqual([
      ["other model or host", 3],
      ["renamed test", 1],
      ["unknown", 1],
    ]);
    expect(causes[0]?.mend).toEqual([[expect.stringMatching(/^pytest \S+( \S+::test_[abc]){3}$/)]]);
    expect(summary).toEqual({
      misses: 5,
      proven: 4,
      by_cause: { "other model or host": 3, "renamed test": 1, unknown: 1 },
    });
  });

  it("two groups with one title are both counted", async () => {
    const root = made({ log: "" });
    const hashes = [hashOf(chat({ model: "n" }), A), hashOf(chat({ model: "o" }), A)];
    const log = hashes.map((hash, at) => `${message(hash, { model: at === 0 ? "n" : "o" })}\n`).join("");
    const { causes, summary } = await explained(root, ["-", "--test-id", A], { stdin: log });
    expect(causes).toHaveLength(2);
    expect(summary.by_cause).toEqual({ "other model or host": 2 });
  });

  it("a request: a recording, its request, or a body of its own; nearest recordings with what differs", async () => {
    const asked = { method: "POST", url: "http://localhost:11434/v1/v1/chat/completions", headers: {} };
    const request = {
      ...asked,
      endpoint: "/v1/chat/completions",
      model: "m",
      body: { model: "m", messages: [{ role: "user", content: "hello" }], seed: 3 },
    };
    const root = made({
      "recording.json": JSON.stringify({ test_id: testOf("test_model[txt=m]"), request }),
      "request.json": JSON.stringify(request),
    });
    const whole = await explained(root, ["--request", "recording.json"]);
    const test = ["--test-id", testOf("test_model[txt=m]")];
    expect(await explained(root, ["--request", "request.json", ...test])).toEqual(whole);
    const stdin = JSON.stringify(request);
    expect(await explained(root, ["--request", "-", ...test], { stdin })).toEqual(whole);
    const body = ["--request", "-", ...test];
    // A body says neither where it goes to nor how: that is taken from what is most like it.
    expect(await explained(root, body, { stdin: JSON.stringify(request.body) })).toEqual(whole);
    expect((await why(root, ["why", ...body], { stdin: JSON.stringify(request.body) })).stderr).toMatch(
      /^a body alone: it is taken to be asked where [0-9a-f]{8} was\n/,
    );
    expect(whole.causes).toMatchObject([
      { cause: "request changed", proven: false, differs: "body.seed recorded 1, asked now 3" },
    ]);
    const [miss] = whole.causes[0]?.misses ?? [];
    expect(miss?.nearest).toHaveLength(3);
    expect(miss?.nearest[0]?.differs).toBe("body.seed recorded 1, asked now 3");
  });

  it("a body, where nothing is recorded", async () => {
    const { causes } = await explained(tree({}), ["--request", "-"], { stdin: '{"model": "m"}' });
    expect(causes).toMatchObject([{ cause: "never recorded", proven: false }]);
  });
});

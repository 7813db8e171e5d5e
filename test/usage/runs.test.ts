import { describe, expect, it } from "vitest";
import { type Outcome, RUN, type Run, readRun, unitedRuns } from "../../src/usage/runs/index.ts";
import { factOf, fixture, good, IDS, id, isFile } from "./fixtures.ts";

const read = async (text: string): Promise<Run> => good(await readRun(text, "x", isFile));

/** What became of the project's tests; all others passed. */
const BECAME: Readonly<Record<string, Outcome>> = {
  test_fails: "failed",
  test_skipped: "skipped",
  test_known: "xfailed",
  test_mended: "xpassed",
  test_teardown: "error",
  test_setup: "error",
};
const OUTCOMES = new Map(IDS.map((one) => [one, BECAME[one.slice(one.lastIndexOf("::") + 2)] ?? "passed"]));
const MISS = {
  form: "inference",
  hash: "ab".repeat(32),
  says: { Model: "gpt-4o", Method: "POST", URL: "https://api.openai.com/v1/v1/chat/completions" },
};

describe("outcomes of a real run", () => {
  it.each(["run-7.2.1.txt", "run-xdist-8.4.2.txt", "run-colour-9.1.1.txt", "report-run.txt"])("%s", async (name) => {
    const run = await read(fixture(name));
    expect(run.outcomes).toEqual(OUTCOMES);
    expect([run.complete, run.vouched, run.dropped]).toEqual([true, true, 0]);
  });

  it.each(["junit-7.2.1.xml", "junit-xdist-8.4.2.xml", "junit-xunit1-9.1.1.xml"])(
    "%s, where an unexpected pass is a pass",
    async (name) => {
      const run = await read(fixture(name));
      expect(run.outcomes).toEqual(
        new Map([...OUTCOMES].map(([one, was]) => [one, was === "xpassed" ? "passed" : was])),
      );
      expect(run.misses).toEqual([{ ...MISS, testId: id("::test_fails") }]);
      expect(run.oldest === null).toBe(name.includes("7.2.1"));
    },
  );

  it("with the log of each test between its id and its outcome", async () => {
    const run = await read(fixture("run-live-9.1.1.txt"));
    expect([...run.outcomes]).toEqual([["tests/unit/test_live.py::test_live", "passed"]]);
  });

  it("with subtests, whose own outcomes are part of their test's", async () => {
    const run = await read(fixture("run-subtests-9.1.1.txt"));
    expect([...run.outcomes]).toEqual([
      ["test_s.py::test_sub", "failed"],
      ["test_s.py::test_ok", "passed"],
    ]);
    expect(run.complete).toBe(true);
  });

  it("a word that the test itself prints is not the last one", async () => {
    const run = await read("a.py::t \nPASSED\nFAILED   [ 50%]\n");
    expect([...run.outcomes]).toEqual([["a.py::t", "failed"]]);
  });

  it("stopped at its first failure", async () => {
    const run = await read(fixture("run-stopped-9.1.1.txt"));
    expect([run.outcomes.size, run.complete]).toEqual([12, false]);
  });

  it("tells misses with what they say, and whose they are where that is told", async () => {
    const [report] = (await read(fixture("report-run.txt"))).misses;
    expect(report).toEqual({ ...MISS, testId: id("::test_fails") });
    const [text] = (await read(fixture("run-7.2.1.txt"))).misses;
    expect(text).toEqual({ ...MISS, testId: id("::test_fails") });
  });

  it("times of a report", async () => {
    const { oldest, newest } = await read(fixture("report-run.txt"));
    expect([oldest, newest]).toEqual([1795366403000, 1795366404500]);
  });
});

describe("lines of outcomes", () => {
  const T = "tests/a b/t.py::K::test_x[p - q] r::/[]]";

  it.each<[string, Outcome | null]>([
    [`${T} PASSED [ 33%]`, "passed"],
    [`${T} PASSED`, "passed"],
    [`${T} PASSED [ 1/12]`, "passed"],
    [`${T} PASSED         1.5s`, "passed"],
    [`${T} SKIPPED (needs PASSED marker) [ 3%]`, "skipped"],
    [`${T} XFAIL (why (not)) [100%]`, "xfailed"],
    [`[gw11] [ 33%] XPASS ${T} `, "xpassed"],
    [`PASSED ${T}`, "passed"],
    [`XFAIL ${T} - a [reason]`, "xfailed"],
    [`FAILED ${T} - RuntimeError: Rec...`, "failed"],
    [`ERROR ${T} - ValueError`, "error"],
    [`${T} \nprinted\nPASSED   [ 50%]`, "passed"],
    [`${T} RERUN [ 3%]`, null],
    ["tests/t.py::test_x[cut PASSED [ 3%]", null],
    ["SKIPPED [1] tests/t.py:29: reason", null],
    ["PASSED [ 3%]", null],
    ["This one PASSED [ 3%]", null],
  ])("%s", async (line, outcome) => {
    const run = await readRun(`${line}\n`, "x");
    if (outcome === null) expect(factOf(run)).toMatch(/no log/);
    else expect([...good(run).outcomes]).toEqual([[line.includes(T) ? T : "", outcome]]);
  });

  it("of several outcomes the worst stands", async () => {
    const run = await read("a.py::t PASSED [ 1%]\na.py::t FAILED [ 2%]\na.py::t PASSED [ 3%]\n");
    expect([...run.outcomes]).toEqual([["a.py::t", "failed"]]);
  });

  it("a last line without its newline is not read: it may be the beginning of another", async () => {
    const run = await read("PASSED a.py::test_one\nPASSED a.py::test_t");
    expect([[...run.outcomes.keys()], run.complete]).toEqual([["a.py::test_one"], false]);
  });

  it.each([
    "!!!!!!!!!!!!! KeyboardInterrupt !!!!!!!!!!!!!",
    "INTERNALERROR> Traceback",
    "[gw0] node down: Not properly terminated",
    "ERROR tests/b.py - ImportError",
  ])("not complete: %s", async (line) => {
    const text = `a.py::t PASSED [ 1%]\n${line}\n=== 1 passed in 0.1s ===\n`;
    expect((await read(text)).complete).toBe(false);
    expect((await read(text.replace(`${line}\n`, ""))).complete).toBe(true);
  });
});

describe("messages of misses", () => {
  const H = "c0".repeat(32);

  it.each([
    [
      `Recording not found for request hash: ${H}\nModel: m x | Request: POST http://h/v1/v1/x\n\nRun`,
      "inference",
      H,
      { Model: "m x", Method: "POST", URL: "http://h/v1/v1/x" },
    ],
    [
      `E   RuntimeError: Recording not found for request hash: ${H}\nE   Model: m | Request: POST http://h/`,
      "inference",
      H,
      { Model: "m", Method: "POST", URL: "http://h/" },
    ],
    [
      `{'error': 'Recording not found for request hash: ${H}\\nModel: m | Request: POST http://h/\\n\\nRun x'}`,
      "inference",
      H,
      { Model: "m", Method: "POST", URL: "http://h/" },
    ],
    [
      `Recording not found for genai request hash: ${H}\nModel: g | Endpoint: /embed_content`,
      "genai",
      H,
      { Model: "g", Endpoint: "/embed_content" },
    ],
    [
      "Recording not found for tavily.web_search | Request: {'query': 'a | b'}",
      "tool",
      null,
      { Provider: "tavily", Tool: "web_search", Request: "{'query': 'a | b'}" },
    ],
    ["Recording not found for rerank request | URL: http://h/rerank", "rerank", null, { URL: "http://h/rerank" }],
    [
      "Recording not found for httpx POST http://h/v1/messages",
      "httpx",
      null,
      { Method: "POST", URL: "http://h/v1/messages" },
    ],
    [
      "Recording not found for httpx stream POST http://h/v1/messages",
      "httpx stream",
      null,
      { Method: "POST", URL: "http://h/v1/messages" },
    ],
    [
      `No recorded response found for request hash: ${H}\nRequest: POST http://h/api/chat {'model': 'm', 'x': 'a\\nb'}`,
      "before 2025-10-09",
      H,
      { Method: "POST", URL: "http://h/api/chat", Body: "{'model': 'm', 'x': 'a\\nb'}" },
    ],
    [
      "No recorded response found for request hash: 0123456789ab\nRequest: POST http://h/ {}",
      "before 2025-10-09",
      "0123456789ab",
      { Method: "POST", URL: "http://h/", Body: "{}" },
    ],
    ["RuntimeError: Recording not found for request hash: c0c0c0c0c0c0...", "inference", null, {}],
    [`RuntimeError: Recording not found for request hash: ${H.slice(0, 40)}`, "inference", null, {}],
  ])("%s", async (text, form, hash, says) => {
    expect((await read(`${text}\n`)).misses).toEqual([{ form, hash, testId: null, says }]);
  });

  it("a line of code that a traceback quotes is none", async () => {
    const code = [
      'raise RuntimeError(f"Recording not found for request hash: {request_hash}\\nModel: {m} | Request: {method} {url}")',
      'f"Recording not found for {provider_name}.{tool_name} | Request: {kwargs}\\n"',
      'f"Recording not found for rerank request | URL: {url}\\n"',
      'f"Recording not found for httpx stream POST {url_str}\\n"',
    ];
    expect((await read(`a.py::t FAILED [ 1%]\n${code.join("\n")}\n`)).misses).toEqual([]);
  });

  it("told once, however often it is written", async () => {
    const text = `x: Recording not found for request hash: ${H}\n\nRecording not found for request hash: ${H}\nModel: m | Request: POST u\n`;
    expect((await read(text)).misses).toEqual([
      { form: "inference", hash: H, testId: null, says: { Model: "m", Method: "POST", URL: "u" } },
    ]);
  });
});

describe("what is no run is refused with the recipe", () => {
  it.each([
    ["", /empty/],
    ["hello\n", /no log of a replay run/],
    ["=== 3 passed in 0.1s ===\n", /names no test/],
    [fixture("quiet-9.1.1.txt"), /no log/],
    [fixture("report-collected.txt"), /no run/],
    [fixture("report-run.txt").slice(0, 900), /no whole JSON/],
    [fixture("junit-7.2.1.xml").slice(0, 900), /no whole XML/],
    ['{"event": "server started"}\n', /no log/],
  ])("%#", async (text, fact) => {
    const run = await readRun(text, "run.log", isFile);
    expect(factOf(run)).toMatch(fact);
    expect(run).toMatchObject({ name: "run.log", remedy: RUN });
    expect(RUN.join()).toContain("OGX_LOGGING=testing=info OGX_TEST_DEBUG=1 OGX_LOG_FORMAT=json");
  });

  it("JUnit of files that are not here", async () => {
    const run = await readRun(fixture("junit-7.2.1.xml"), "x");
    expect(factOf(run)).toMatch(/not here: .+, in no folder that test ids begin at/);
    expect(run).toMatchObject({ remedy: ["pytest -v > outcomes.txt"] });
  });

  it("a test that may lie in two files has no outcome", async () => {
    const text = '<testsuite><testcase classname="a.b.c" name="t"/><testcase classname="d" name="t"/></testsuite>';
    const run = good(await readRun(text, "x", (path) => ["a/b.py", "a/b/c.py", "d.py"].includes(path)));
    expect([...run.outcomes.keys()]).toEqual(["d.py::t"]);
  });
});

it("unites", async () => {
  const log = await read(fixture("log-json.txt"));
  const both = unitedRuns([log, await read(fixture("report-run.txt"))]);
  expect(both.outcomes).toEqual(OUTCOMES);
  expect(both.lookups).toEqual(log.lookups);
  expect([...both.forms]).toEqual(["json lines", "json-report"]);
  expect([both.oldest, both.newest]).toEqual([log.oldest, 1795366404500]);
  expect(both.complete).toBe(true);
  expect(both.vouched).toBe(false);
  const failed = unitedRuns([both, await read(`${id("test_deep")} FAILED [ 1%]\n`)]);
  expect([failed.outcomes.get(id("test_deep")), failed.complete]).toEqual(["failed", false]);
});

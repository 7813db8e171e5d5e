import { describe, expect, it } from "vitest";
import { type Miss, type Run, readRun } from "../../src/usage/runs/index.ts";
import { good, isFile } from "./fixtures.ts";

const read = async (text: string): Promise<Run> => good(await readRun(text, "x", isFile));
const misses = async (text: string): Promise<readonly Miss[]> => (await read(text)).misses;

const H = "c0ffee".padEnd(64, "0123456789abcdef");
const CHAT = "tests/integration/inference/test_chat.py";
const SAYS = { Model: "gpt-4o", Method: "POST", URL: "http://h/v1/v1/chat/completions" };
const WHOLE = { form: "inference", hash: H, says: SAYS };
const FIRST = `Recording not found for request hash: ${H}`;
const SECOND = "Model: gpt-4o | Request: POST http://h/v1/v1/chat/completions";

describe("whose a miss is", () => {
  const summary = (more: string): string =>
    [
      "=================================== FAILURES ===================================",
      "_____________________________ TestK.test_y[a.b::c] _____________________________",
      "[gw0] linux -- Python 3.12.1 /usr/bin/python3",
      `${CHAT}:26: in test_y`,
      `E   RuntimeError: ${FIRST}`,
      `E   ${SECOND}`,
      "E   ",
      "E   Run './x' to generate.",
      "=========================== short test summary info ============================",
      `FAILED ${CHAT}::TestK::test_y[a.b::c] - RuntimeError: ${more}`,
      "============================== 1 failed in 0.04s ===============================",
      "",
    ].join("\n");

  it.each([
    ["R...", "a summary that is cut before it"],
    ["Recording not found for request hash: c0ffee012...", "cut within the hash"],
    [FIRST, "whole, as in CI"],
  ])("the heading of its traceback tells it, and the summary: %s (%s)", async (more) => {
    expect(await misses(summary(more))).toEqual([{ ...WHOLE, testId: `${CHAT}::TestK::test_y[a.b::c]` }]);
  });

  it("of two tests with one name nobody's", async () => {
    const text = summary("R...").replace(/(?==+ 1 failed)/, "FAILED other.py::TestK::test_y[a.b::c]\n");
    expect(await misses(text)).toEqual([{ ...WHOLE, testId: null }]);
  });

  it("the summary alone tells it, without what stands behind the first line", async () => {
    expect(
      await misses(`FAILED ${CHAT}::test_a - RuntimeError: ${FIRST}\nFAILED ${CHAT}::test_b - Model: x\n`),
    ).toEqual([{ form: "inference", hash: H, testId: `${CHAT}::test_a`, says: {} }]);
  });

  it("a test's log stands between its id and its outcome; later reports are of others", async () => {
    const other = H.replace("c0ffee", "bad000");
    const text = [
      `${CHAT}::test_a `,
      `ERROR    ogx.testing:x.py:5 ${FIRST}`,
      SECOND,
      "FAILED [ 50%]",
      "=================================== FAILURES ===================================",
      `E   ${FIRST.replace(H, other)}`,
      "",
    ].join("\n");
    expect(await misses(text)).toEqual([
      { ...WHOLE, testId: `${CHAT}::test_a` },
      { form: "inference", hash: other, testId: null, says: {} },
    ]);
  });

  it("the computation of its hash tells it, where a server logs that", async () => {
    const event = (text: string, more = ""): string => `${JSON.stringify({ event: text }).slice(0, -1)}${more}}\n`;
    const log =
      event("[RECORDING DEBUG] Hash computation:") +
      ["Test ID: a.py::t[x]", "Method: POST", "Endpoint: /v1/v1/x", "Model: m", `Computed hash: ${H}`]
        .map((field) => event(`  ${field}`))
        .join("");
    const failed = event(
      "request failed",
      `, "exception": ${JSON.stringify(`Traceback\nRuntimeError: ${FIRST}\n${SECOND}`)}`,
    );
    expect(await misses(log + failed)).toEqual([{ ...WHOLE, testId: "a.py::t[x]" }]);
    const missed =
      event("[RECORDING DEBUG] Looking up recording:") +
      [`Request hash: ${H}`, `Primary path: /r/${H}.json`, "Primary exists: False", "Fallback exists: False"]
        .map((field) => event(`  ${field}`))
        .join("") +
      event("  Recording not found in either location");
    expect(await misses(log + missed)).toEqual([
      { form: "log", hash: H, testId: "a.py::t[x]", says: { Method: "POST", Endpoint: "/v1/v1/x", Model: "m" } },
    ]);
  });
});

describe("wrapped", () => {
  it.each([
    [
      "by a console at 120 columns",
      `ERROR    2026-11-22T16:52:55.011562Z  ogx.core.server:29 Error executing endpoint: Recording not found for request hash:\n         ${H}\n         ${SECOND}\n         \n         Run x   category=core\n`,
    ],
    [
      "within the url's line",
      `ERROR    2026-11-22T16:52:55.011562Z  ogx.core.server:29 ${FIRST}\n         Model: gpt-4o | Request: POST\n         http://h/v1/v1/chat/completions   category=core\n`,
    ],
    ["below a box", `╰──────────╯\nRuntimeError: Recording not found for request hash: \n${H}\n${SECOND}\n`],
    ["in a box", `│ RuntimeError: Recording not found for request hash:   │\n│ ${H} │\n│ ${SECOND} │\n`],
    ["within its hash", `RuntimeError: ${FIRST.slice(0, 60)}\n${FIRST.slice(60)}\n${SECOND}\n`],
    [
      "and coloured",
      `\u001b[1m\u001b[31mE   RuntimeError: Recording not found for request hash: ${H}\u001b[0m\n\u001b[1m\u001b[31mE   ${SECOND}\u001b[0m\n`,
    ],
  ])("%s", async (_what, text) => {
    expect(await misses(text)).toEqual([{ ...WHOLE, testId: null }]);
  });

  it("a hash that is short of a digit is none", async () => {
    const [miss] = await misses(`RuntimeError: ${FIRST.slice(0, 60)}\n${FIRST.slice(60, -1)}\n${SECOND}\n`);
    expect(miss?.hash).toBeNull();
  });
});

describe("reports", () => {
  const url = "http://h/v1/messages";

  it("JUnit tells it in a message, or in what the test wrote, coloured or not", async () => {
    const one = (name: string, inner: string): string =>
      `<testcase classname="tests.integration.inference.test_chat" name="${name}">${inner}</testcase>`;
    const text = `<testsuite>${one("a", `<failure message="RuntimeError: ${FIRST}&#10;${SECOND}">long</failure>`)}${one(
      "b",
      `<failure message="InternalServerError: 500">E   openai.InternalServerError</failure><system-err>#x1B[31m${FIRST.replace(H, H.replace("c", "d"))}#x1B[0m\n#x1B[31m${SECOND}#x1B[0m</system-err>`,
    )}${one("c", `<error message="x">Recording not found for httpx POST ${url}</error>`)}${one(
      "d",
      `<error message="x">Recording not found for httpx POST ${url}</error>`,
    )}</testsuite>`;
    const form = { form: "httpx", hash: null, says: { Method: "POST", URL: url } };
    expect(await misses(text)).toEqual([
      { ...WHOLE, testId: `${CHAT}::a` },
      { ...WHOLE, hash: H.replace("c", "d"), testId: `${CHAT}::b` },
      { ...form, testId: `${CHAT}::c` },
      { ...form, testId: `${CHAT}::d` },
    ]);
  });

  it("a json-report tells it in a crash, a traceback, or what was logged", async () => {
    const test = (nodeid: string, call: object): object => ({ nodeid, outcome: "failed", call });
    const text = JSON.stringify({
      created: 1,
      tests: [
        test("a.py::a", { crash: { message: `RuntimeError: ${FIRST}\n${SECOND}` }, longrepr: `E ${FIRST}` }),
        test("a.py::b", {
          crash: { message: "500" },
          log: [{ msg: `Recording not found for rerank request | URL: ${url}` }],
        }),
      ],
    });
    expect(await misses(text)).toEqual([
      { ...WHOLE, testId: "a.py::a" },
      { form: "rerank", hash: null, testId: "a.py::b", says: { URL: url } },
    ]);
  });
});

it("the same miss without a hash, of a test and of nobody, is one", async () => {
  const line = "Recording not found for a.b | Request: {'q': 1}";
  expect(await misses(`${line}\nFAILED a.py::t - RuntimeError: ${line}\n`)).toMatchObject([
    { form: "tool", testId: "a.py::t" },
  ]);
});

import { describe, expect, it } from "vitest";
import { entryLine } from "../../src/commands/serving/telling.ts";
import { type Miss, readRun } from "../../src/usage/runs/index.ts";
import { good, isFile } from "./fixtures.ts";
import { entry, missed } from "./journals.ts";

const misses = async (text: string): Promise<readonly Miss[]> => good(await readRun(text, "x", isFile)).misses;

const H = "c0ffee".padEnd(64, "0123456789abcdef");
const CHAT = "tests/integration/inference/test_chat.py";
const TEST = `${CHAT}::test_a[it's "é"-a\\u00e9]`;
const WHY = "why (likely): request changed: - body.seed";
const SAYS = { Method: "POST", Endpoint: "/v1/chat/completions", Model: "gpt-4o", Why: WHY };
const WHOLE = { form: "serve", hash: H, testId: TEST, says: SAYS };

/** What a server's answer says, whose lines a client library prints in its own way. */
const said = (test = `test ${TEST}`, forms = "; 10 forms of it were looked for"): string =>
  [
    `recctl has no recording of this request: ${H}`,
    `  POST /v1/chat/completions (gpt-4o), ${test}${forms}`,
    `  ${WHY}`,
    "    recorded: 5078ac80; asked now: the same but for that",
    "  to record it:",
    "    recctl serve --mode record-if-missing -- COMMAND",
  ].join("\n");
/** As CPython writes it in a dict. */
const literal = (text: string): string => `'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;
const OPENAI = `openai.NotFoundError: Error code: 404 - {'error': {'message': ${literal(said())}, 'type': 'not_found_error', 'param': None, 'code': None}}`;

const line = (name: string, test: string | null): string =>
  entryLine(entry({ ...missed(test, name), model: "gpt-4o", reason: WHY }));

describe("what recctl's own server says of a miss", () => {
  it.each([
    ["as a Python library has it, in a traceback", `E   ${OPENAI}\n`],
    ["in a summary that is not cut", `FAILED ${TEST} - ${OPENAI}\n`],
    [
      "as a library of Ollama has it",
      `E   ollama._types.ResponseError: ${said().replaceAll("\n", "\nE   ")} (status code: 404)\n`,
    ],
    ["in JavaScript", `NotFoundError: 404 ${said(undefined, "")}\n    at x.js:1\n`],
    ["as JSON", `body: ${JSON.stringify({ error: { message: said() } })}\n`],
    ["the line that stands behind all else", `${line(H, TEST)}\n`],
    ["all of it, once", `E   ${OPENAI}\n${line(H, TEST)}\nrecctl serve: 0 hits, 1 miss\n`],
    [
      "the line of a server that printed the start of a hash",
      `E   ${OPENAI}\n${line(H, TEST).replace(H, H.slice(0, 12))}\n`,
    ],
  ])("%s", async (_what, text) => {
    expect(await misses(text)).toEqual([WHOLE]);
  });

  it("the start of a hash alone is one, too, and so is a line without a model", async () => {
    const told = line(H.slice(0, 12), null).replace("  gpt-4o", "");
    const { Model: _, ...says } = SAYS;
    expect(await misses(`${told}\n`)).toEqual([
      { form: "serve", hash: H.slice(0, 12), testId: null, says: { ...says, Test: "none" } },
    ]);
  });

  it("a request that named no test is that of the test it stands in; the server's line is of nobody's", async () => {
    const other = H.replace("c0ffee", "bad000");
    const text = [
      "=================================== FAILURES ===================================",
      "____ test_a ____",
      `E   openai.NotFoundError: Error code: 404 - {'error': {'message': ${literal(said("no test id"))}}}`,
      "=========================== short test summary info ============================",
      `FAILED ${CHAT}::test_a - openai.NotFoundError: Error code: 404 - {'error'...`,
      "============================== 1 failed in 0.04s ===============================",
      line(H, null),
      line(other, null),
      "",
    ].join("\n");
    const says = { ...SAYS, Test: "none" };
    expect(await misses(text)).toEqual([
      { form: "serve", hash: H, testId: `${CHAT}::test_a`, says },
      { form: "serve", hash: other, testId: null, says },
    ]);
  });

  it("JUnit tells it in a message", async () => {
    const inner = `<failure message="${said("no test id").replaceAll("\n", "&#10;")}">long</failure>`;
    const text = `<testsuite><testcase classname="tests.integration.inference.test_chat" name="a">${inner}</testcase></testsuite>`;
    expect(await misses(text)).toEqual([{ ...WHOLE, testId: `${CHAT}::a`, says: { ...SAYS, Test: "none" } }]);
  });

  it.each([
    "miss POST /v1/chat/completions",
    "miss you  all  name c0ffee",
    `missed POST /x  no test id  name ${H}`,
    `recctl has no recording of this request\n  POST /x, no test id`,
  ])("none: %s", async (text) => {
    await expect(misses(`${text}\nFAILED ${CHAT}::test_a\n`)).resolves.toEqual([]);
  });
});

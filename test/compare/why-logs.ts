import type { JsonObject } from "../../src/recording/json/value.ts";
import { A, B, chat, hashOf, json, URL } from "./why-made.ts";

const FILE = "tests/integration/inference/test_chat.py";

/** What the tests of these logs ask, each without a recording under its hash, and why. */
export const MISSES = {
  /** Recorded for a test that is gone. */
  renamed: { testId: B, hash: hashOf(chat(), B) },
  /** Recorded for the model m. */
  model: {
    testId: `${FILE}::test_model[txt=n]`,
    hash: hashOf(chat({ model: "n", seed: 1 }), `${FILE}::test_model[txt=n]`),
  },
  /** Recorded by an older scheme. */
  scheme: { testId: `${FILE}::test_scheme`, hash: hashOf(chat({ temperature: 0.123456789 }), `${FILE}::test_scheme`) },
  /** Of nobody, and like nothing. */
  unknown: { testId: null, hash: hashOf(chat({ seed: 99 }), `${FILE}::test_nobody`) },
};

/** The message of a miss, as the recorder raises it. */
export const message = (hash: string, model = "m", url = URL): string =>
  `Recording not found for request hash: ${hash}\nModel: ${model} | Request: POST ${url}\n\nRun './scripts/integration-tests.sh --inference-mode record-if-missing' with required API keys to generate.`;

const traced = (name: string, text: string): string =>
  `${`____ ${name} `.padEnd(80, "_")}\n${FILE}:26: in test\n    client.chat()\n${text.replace(/^/gm, "E   ")}\n`;

const { renamed, model, scheme, unknown } = MISSES;
const UNKNOWN = message(unknown.hash);

/** The output of `pytest`, with the log of a server in it that says no test. */
export const PYTEST = `============================= test session starts ==============================
collected 3 items

${FILE} FFF                                              [100%]

=================================== FAILURES ===================================
${traced("test_new[txt=m]", `RuntimeError: ${message(renamed.hash)}`)}${traced("test_model[txt=n]", `RuntimeError: ${message(model.hash, "n")}`)}${traced(
  "test_scheme",
  "openai.InternalServerError: Error code: 500",
)}----------------------------- Captured stderr call -----------------------------
INFO:     127.0.0.1:1234 - "POST /v1/chat/completions HTTP/1.1" 500 Internal Server Error
ERROR    2026-11-22T16:52:55.011562Z  ogx.core.server:29 Error executing endpoint: ${message(scheme.hash).replaceAll("\n", "\n         ")}
=========================== short test summary info ============================
FAILED ${B} - RuntimeError: Recording...
FAILED ${model.testId} - RuntimeError: R...
FAILED ${scheme.testId} - openai.InternalServerError: Error...
============================== 3 failed in 0.04s ===============================
${UNKNOWN}
`;

/** The same as GitHub shows it, coloured. */
export const COLOURED = PYTEST.replace(/^(E .*)$/gm, "\u001b[1m\u001b[31m$1\u001b[0m").replace(
  /^(?=.)/gm,
  "2026-11-22T16:52:55.0115621Z ",
);

const xml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", "&#10;");

/** JUnit of that run. */
export const JUNIT = `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" tests="3">${[
  ["test_new[txt=m]", message(renamed.hash)],
  ["test_model[txt=n]", message(model.hash, "n")],
  ["test_scheme", message(scheme.hash)],
  ["test_lost", `${UNKNOWN.slice(0, 60)}...`],
]
  .map(
    ([name, text]) =>
      `<testcase classname="tests.integration.inference.test_chat" name="${name}"><failure message="${xml(`RuntimeError: ${text}`)}">E</failure></testcase>`,
  )
  .join("")}</testsuite></testsuites>`;

/** json-report of that run. */
export const REPORT = JSON.stringify({
  created: 1,
  tests: [
    { nodeid: B, outcome: "failed", call: { crash: { message: `RuntimeError: ${message(renamed.hash)}` } } },
    { nodeid: model.testId, outcome: "failed", call: { longrepr: `E   RuntimeError: ${message(model.hash, "n")}` } },
    { nodeid: scheme.testId, outcome: "failed", setup: { stderr: message(scheme.hash) } },
  ],
});

/** A server's debug log, in JSON lines. */
export const DEBUG = [
  [renamed, "m"],
  [model, "n"],
  [scheme, "m"],
]
  .flatMap(([miss, name]) => {
    const { hash, testId } = miss as typeof renamed;
    return [
      "[RECORDING DEBUG] Hash computation:",
      `  Test ID: ${testId}`,
      "  Method: POST",
      "  Endpoint: /v1/v1/chat/completions",
      `  Model: ${name}`,
      `  Computed hash: ${hash}`,
      "[RECORDING DEBUG] Looking up recording:",
      `  Request hash: ${hash}`,
      `  Primary path: /r/${hash}.json`,
      "  Primary exists: False",
      `  Fallback path: /c/${hash}.json`,
      "  Fallback exists: False",
      "  Recording not found in either location",
      "[RECORDING DEBUG] Recording not found!",
      "  Mode: APIRecordingMode.REPLAY",
      `  Request hash: ${hash}`,
      "  Method: POST",
      `  URL: ${URL}`,
      "  Endpoint: /v1/chat/completions",
      `  Model: ${name}`,
      `  Test context: ${testId}`,
      "  Stack config type: server",
    ];
  })
  .map((event) => `${JSON.stringify({ event, level: "info", timestamp: "2026-11-22T16:52:54.627551Z" })}\n`)
  .join("");

/** The body as a Python literal, which the form before 2025-10-09 carries: another test asks it now, with other words. */
export const OLD_REQUEST: JsonObject = chat({
  messages: [{ role: "user", content: 'it\'s "new"\n\u00e9' }],
  temperature: 0.5,
});
export const OLD = `RuntimeError: No recorded response found for request hash: ${hashOf(OLD_REQUEST, null, "2025-07-29")}
Request: POST ${URL} {'model': 'm', 'messages': [{'role': 'user', 'content': 'it\\'s "new"\\n\u00e9'}], 'temperature': 0.5}

Recording not found for tavily-search.web_search | Request: {'query': "what's new", 'n': 3, 'deep': None}
`;

/** What a tool was recorded with. */
export const TOOL = (query: string): JsonObject =>
  json({ provider: "tavily-search", tool_name: "web_search", kwargs: { query, n: 3, deep: null } });

/** Forms without a hash. */
export const OTHERS = `E   ValueError: Recording not found for httpx POST http://b/v1/messages
E   ValueError: Recording not found for httpx stream POST http://b/v1beta/interactions
E   ValueError: Recording not found for rerank request | URL: http://b/rerank
Recording not found for genai request hash: ${"ab".repeat(32)}
Model: gemini | Endpoint: /generate_content
`;
export { A };

import { describe, expect, it } from "vitest";
import { post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const SSE = "text/event-stream";
const data = (value: object, event = ""): string => `${event && `event: ${event}\n`}data: ${JSON.stringify(value)}\n\n`;
const ASKED = { model: "m", messages: [{ role: "user", content: "?" }], stream: true };
const DELTA = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const chunk = (content: string): string =>
  data({ ...DELTA, choices: [{ index: 0, finish_reason: null, delta: { content } }] });
const OVERLOADED = { type: "overloaded_error", message: "Overloaded" };
const CONTENTS = { contents: [{ role: "user", parts: [{ text: "?" }] }] };

/** Streams with a good status that tell of an error; `kept`: whether recorders keep such a one at all. */
const FAILED = [
  {
    api: "OpenAI chat",
    path: "/v1/chat/completions",
    body: ASKED,
    text: chunk("Ha") + data({ error: { message: "overloaded", type: "server_error" } }),
  },
  {
    api: "OpenAI responses, an event of its own",
    path: "/v1/responses",
    body: { model: "m", input: "?", stream: true },
    text: data(
      { type: "error", sequence_number: 0, code: "server_error", message: "overloaded", param: null },
      "error",
    ),
  },
  {
    api: "OpenAI responses, one that failed",
    path: "/v1/responses",
    body: { model: "m", input: "?", stream: true },
    text: data(
      {
        type: "response.failed",
        sequence_number: 0,
        response: { id: "r", object: "response", status: "failed", error: { code: "server_error", message: "no" } },
      },
      "response.failed",
    ),
  },
  {
    api: "Ollama",
    path: "/api/chat",
    body: ASKED,
    type: "application/x-ndjson",
    text: `${JSON.stringify({ model: "m", message: { role: "assistant", content: "Ha" }, done: false })}\n{"error":"out of memory"}\n`,
  },
  {
    api: "Anthropic",
    path: "/v1/messages",
    body: { ...ASKED, max_tokens: 9 },
    text: data({ type: "ping" }, "ping") + data({ type: "error", error: OVERLOADED }, "error"),
  },
  {
    api: "Gemini interactions",
    path: "/v1beta/interactions",
    body: { model: "m", input: "?", stream: true },
    text: data({ event_type: "error", error: { code: "unavailable", message: "Overloaded" } }, "error"),
  },
  {
    api: "Google GenAI",
    path: "/v1beta/models/m:streamGenerateContent?alt=sse",
    body: CONTENTS,
    text: data({ error: { code: 503, message: "Overloaded", status: "UNAVAILABLE" } }),
    kept: false,
  },
];
const REASON = "a stream with an error in it is not recorded in this mode; --keep-failures records it";
const streaming = (text: string, type = SSE) =>
  upstream((_, response) => {
    response.writeHead(200, { "content-type": type });
    response.end(text);
  });
const at = (url: string): string[] =>
  ["openai", "ollama", "anthropic", "google"].flatMap((api) => ["--upstream", `${api}=${url}`]);

describe.each(FAILED)("an error in a stream of $api", ({ path, body, text, type, kept = true }) => {
  it("is passed on and not recorded where only what is missing is; the next request asks again", async () => {
    const up = await streaming(text, type);
    const cwd = treeOf();
    const run = await served(["--mode", "record-if-missing", ...at(up.url)], { cwd });
    for (let turn = 0; turn < 2; turn++) {
      const answer = await post(run.url + path, body);
      expect([answer.status, await answer.text()]).toEqual([200, text]);
    }
    const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as {
      entries: { reason: string }[];
    };
    const reason = kept ? REASON : "not recorded: the recorder would keep a stream that failed as if it were whole";
    for (const entry of entries) expect(entry).toMatchObject({ outcome: "refused", status: 200, reason });
    expect((await run.end()).stderr).toContain(kept ? REASON : reason.slice("not recorded: ".length));
    expect([up.asked.length, recordingsIn(cwd)]).toEqual([2, []]);
  });
});

describe.each(FAILED.filter(({ kept }) => kept !== false))(
  "an error in a stream of $api, where it is wanted:",
  ({ path, body, text, type }) => {
    it.each([["record-if-missing", "--keep-failures"], ["record-if-missing", "--keep-partial"], ["record"]])(
      "--mode %s %s records it",
      async (...[mode, ...flags]) => {
        const up = await streaming(text, type);
        const cwd = treeOf();
        const run = await served(["--mode", mode, ...flags, ...at(up.url)], { cwd });
        expect(await (await post(run.url + path, body)).text()).toBe(text);
        expect((await run.end()).stderr).toContain("1 recorded");
        expect(recordingsIn(cwd)).toHaveLength(1);
      },
    );
  },
);

it("what only speaks of errors is recorded", async () => {
  const texts = [
    chunk('event: error\ndata: {"error":"x"}') + data({ ...DELTA, error: null, choices: [] }),
    chunk('{"type":"error"}') + data({ ...DELTA, choices: [{ index: 0, delta: {}, error: { code: 1 } }] }),
  ];
  const up = await upstream(({ body }, response) => {
    response.writeHead(200, { "content-type": SSE });
    const end = data({ ...DELTA, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    response.end(`${texts[body.includes('"n"') ? 1 : 0]}${end}data: [DONE]\n\n`);
  });
  const cwd = treeOf();
  const run = await served(["--mode", "record-if-missing", ...at(`${up.url}/v1`)], { cwd });
  for (const body of [ASKED, { ...ASKED, n: 1 }]) await (await post(`${run.url}/v1/chat/completions`, body)).text();
  await run.end();
  expect(recordingsIn(cwd)).toHaveLength(2);
});

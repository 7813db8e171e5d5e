import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Ollama } from "ollama";
import OpenAI from "openai";
import { expect, it } from "vitest";
import { createFetch } from "../../src/library.ts";
import { recctl } from "../run.ts";
import { treeOf, type Upstream, upstream } from "../serve/serving.ts";
import { environment, fetchIn } from "./made.ts";

const SAYS = ["Low ", "water ", "at six."];

/** What each API sends for a stream, and for a whole answer, by its path. */
const ANSWERS: Readonly<Record<string, { type: string; frames: readonly string[]; whole?: string }>> = {
  "/v1/chat/completions": {
    type: "text/event-stream",
    frames: [
      ...SAYS.map(
        (content, at) =>
          `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: at === 2 ? "stop" : null }] })}\n\n`,
      ),
      "data: [DONE]\n\n",
    ],
    whole: JSON.stringify({
      id: "c",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: SAYS.join("") } }],
    }),
  },
  "/v1/messages": {
    type: "text/event-stream",
    frames: [
      { type: "message_start", message: { id: "msg", type: "message", role: "assistant", content: [], model: "c" } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      ...SAYS.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 3 } },
      { type: "message_stop" },
    ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  },
  "/api/chat": {
    type: "application/x-ndjson",
    frames: [...SAYS, ""].map(
      (content, at) =>
        `${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", message: { role: "assistant", content }, done: at === SAYS.length, ...(at === SAYS.length && { done_reason: "stop" }) })}\n`,
    ),
  },
  "/v1beta/models/g:streamGenerateContent": {
    type: "text/event-stream",
    frames: SAYS.map(
      (text, at) =>
        `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text }], role: "model" }, ...(at === 2 && { finishReason: "STOP" }) }], usageMetadata: { totalTokenCount: 3 } })}\n\n`,
    ),
  },
};

const api = (): Promise<Upstream> =>
  upstream(async ({ url, body }, response) => {
    const answer = ANSWERS[url.replace(/\?.*/, "")];
    if (!answer) return void response.writeHead(404).end();
    if (answer.whole && !body.includes('"stream":true')) {
      return void response.writeHead(200, { "content-type": "application/json" }).end(answer.whole);
    }
    response.writeHead(200, { "content-type": answer.type });
    for (const frame of answer.frames) {
      response.write(frame);
      await new Promise((done) => setTimeout(done, 5));
    }
    response.end();
  });

const all = async (stream: AsyncIterable<unknown>): Promise<unknown[]> => {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(JSON.parse(JSON.stringify(chunk)));
  return chunks;
};

/** One call of each library, as its users make it. */
async function callsOf(url: string, fetch: typeof globalThis.fetch): Promise<unknown[][]> {
  const messages = [{ role: "user" as const, content: "When is low water?" }];
  const openai = new OpenAI({ apiKey: "sk-own", baseURL: `${url}/v1`, fetch, maxRetries: 0 });
  const anthropic = new Anthropic({ apiKey: "own", baseURL: url, fetch, maxRetries: 0 });
  const google = new GoogleGenAI({ apiKey: "own", httpOptions: { baseUrl: url, fetch } });
  return [
    await all(await openai.chat.completions.create({ model: "m", messages, stream: true })),
    [JSON.parse(JSON.stringify(await openai.chat.completions.create({ model: "m", messages })))],
    await all(await anthropic.messages.create({ model: "c", max_tokens: 9, messages, stream: true })),
    await all(await new Ollama({ host: url, fetch }).chat({ model: "m", messages, stream: true })),
    await all(await google.models.generateContentStream({ model: "g", contents: "When is low water?" })),
  ];
}

/** But for what recording makes the same of all answers, and for headers, which a recording has none of. */
const steady = (calls: unknown[][]): unknown =>
  JSON.parse(
    JSON.stringify(calls, (key, value) => (/^(?:id|created|created_at|sdkHttpResponse)$/.test(key) ? null : value)),
    (_key, value) => value ?? undefined,
  );

const recordingsIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.recctl.*)\.json$/.test(path))
    .sort();

it("every library is recorded, then replayed without its API, chunk by chunk; undo takes it back", async () => {
  const { url, asked } = await api();
  const cwd = treeOf();
  environment({ RECCTL_MODE: "record-if-missing" });
  const options = { testId: "tests/tide.test.ts::low", strict: true };
  const recording = fetchIn(cwd, options);
  const live = await callsOf(url, recording);
  await recording.close();
  expect(recording.counts).toMatchObject({ recorded: 5, miss: 0, refused: 0 });
  expect(asked).toHaveLength(5);
  const paths = recordingsIn(cwd);
  expect(paths).toHaveLength(5);
  expect(paths.every((path) => path.startsWith("tests/recordings/"))).toBe(true);
  expect(
    asked.map(({ headers }) => headers.authorization ?? headers["x-api-key"] ?? headers["x-goog-api-key"]),
  ).toEqual(["Bearer sk-own", "Bearer sk-own", "Bearer own", undefined, "own"]);
  expect(asked.some(({ headers }) => "x-test-id" in headers)).toBe(false);
  for (const path of paths) expect(readFileSync(join(cwd, path), "utf8")).not.toMatch(/sk-own|"own"/);
  expect((await recctl(["validate"], { cwd })).stdout).toBe("");

  for (const mode of ["record-if-missing", "replay", undefined]) {
    environment({ RECCTL_MODE: mode });
    const replaying = fetchIn(cwd, options);
    expect(steady(await callsOf(url, replaying))).toEqual(steady(live));
    expect(replaying.counts).toMatchObject({ hit: 5, recorded: 0 });
    await replaying.close();
  }
  expect(asked).toHaveLength(5);
  const undone = await recctl(["undo"], { cwd });
  expect(undone.stdout).toContain("5 removed again");
  expect(recordingsIn(cwd)).toEqual([]);
});

it("what record mode wrote over is one transaction", async () => {
  let says = "old";
  const up = await upstream((_asked, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(ANSWERS["/v1/chat/completions"]?.whole?.replace(SAYS.join(""), says));
  });
  const cwd = treeOf();
  const texts = (): string[] => recordingsIn(cwd).map((path) => readFileSync(join(cwd, path), "utf8"));
  const record = async (...questions: string[]): Promise<void> => {
    const fetch = fetchIn(cwd, { mode: "record" });
    const client = new OpenAI({ apiKey: "x", baseURL: `${up.url}/v1`, fetch, maxRetries: 0 });
    for (const content of questions) {
      await client.chat.completions.create({ model: "m", messages: [{ role: "user", content }] });
    }
    await fetch.close();
  };
  await record("a", "b");
  const before = texts();
  says = "new";
  await record("a", "b", "c");
  expect(texts().filter((text) => text.includes('"new"'))).toHaveLength(3);
  expect((await recctl(["undo"], { cwd })).stdout).toContain("2 rewritten back, 1 removed again");
  expect(texts()).toEqual(before);
});

it("live writes nothing; other upstreams are asked, and matched, instead of the client's own", async () => {
  const { url, asked } = await api();
  const cwd = treeOf();
  const client = (fetch: typeof globalThis.fetch) => new OpenAI({ apiKey: "x", fetch, maxRetries: 0 });
  const ask = async (fetch: typeof globalThis.fetch) =>
    (await client(fetch).chat.completions.create({ model: "m", messages: [] })).choices[0]?.message.content;
  const upstreams = { openai: `${url}/v1` };
  for (const mode of ["live", "record-if-missing", "replay"] as const) {
    expect(await ask(fetchIn(cwd, { mode, upstreams }))).toBe("Low water at six.");
    expect(recordingsIn(cwd)).toHaveLength(mode === "live" ? 0 : 1);
  }
  expect(asked.map((one) => one.url)).toEqual(["/v1/chat/completions", "/v1/chat/completions"]);
});

it("a mode that is none is told where it comes from", () => {
  environment({ RECCTL_MODE: "Replay" });
  expect(() => createFetch()).toThrow(
    "RECCTL_MODE=Replay is no mode: there are replay, record-if-missing, record, live",
  );
});

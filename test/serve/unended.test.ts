import { describe, expect, it } from "vitest";
import { RULES } from "../../src/checks/index.ts";
import { recctl } from "../run.ts";
import { post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const SSE = "text/event-stream";
const NDJSON = "application/x-ndjson";
const data = (value: object, event = ""): string => `${event && `event: ${event}\n`}data: ${JSON.stringify(value)}\n\n`;
const typed = (value: { type: string; [key: string]: unknown }): string => data(value, value.type);
const lines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");
const DONE = "data: [DONE]\n\n";
const ASKED = { model: "m", messages: [{ role: "user", content: "?" }], stream: true };
const CHAT = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const chunk = (content: string, finish_reason: string | null = null, index = 0): string =>
  data({ ...CHAT, choices: [{ index, finish_reason, delta: { content } }] });
const word = (text: string, finish_reason: string | null = null): string =>
  data({ id: "c", object: "text_completion", created: 1, model: "m", choices: [{ index: 0, text, finish_reason }] });
const said = (done: boolean, more: object = {}): object => ({
  model: "m",
  created_at: "2026-01-01T00:00:00Z",
  message: { role: "assistant", content: "Ha" },
  done,
  ...more,
});
const CLAUDE =
  typed({
    type: "message_start",
    message: { id: "m", type: "message", role: "assistant", model: "m", content: [], usage: { input_tokens: 1 } },
  }) +
  typed({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }) +
  typed({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Ha" } }) +
  typed({ type: "content_block_stop", index: 0 });
const STOPS = typed({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } });
const RESPONSE = { id: "r", object: "response", created_at: 1, model: "m", output: [], tools: [] };
const created = typed({
  type: "response.created",
  sequence_number: 0,
  response: { ...RESPONSE, status: "in_progress" },
});
const delta = typed({
  type: "response.output_text.delta",
  sequence_number: 1,
  item_id: "i",
  output_index: 0,
  content_index: 0,
  delta: "Ha",
  logprobs: [],
});
const responded = (status: string): string =>
  typed({ type: `response.${status}`, sequence_number: 2, response: { ...RESPONSE, status } });
const interaction = (event_type: string, more: object = {}): string => data({ event_type, ...more }, event_type);
const candidate = (more: object = {}): string =>
  data({ candidates: [{ content: { role: "model", parts: [{ text: "Ha" }] }, ...more }], modelVersion: "m" });

interface Case {
  api: string;
  path: string;
  body: object;
  type?: string;
  /** Streams that end without saying so, and what they lack. */
  open: readonly string[];
  /** Those that are whole. */
  whole: readonly string[];
}

const CASES: readonly Case[] = [
  {
    api: "OpenAI chat",
    path: "/v1/chat/completions",
    body: ASKED,
    open: ["", ": ping\n\n", chunk("Ha"), chunk("Ha", "stop") + chunk("Ha", null, 1), DONE, chunk("Ha") + DONE],
    whole: [chunk("Ha", "stop"), chunk("Ha") + chunk("", "stop") + DONE],
  },
  {
    api: "OpenAI completions",
    path: "/v1/completions",
    body: { model: "m", prompt: "?", stream: true },
    open: ["", word("Ha"), word("Ha") + DONE],
    whole: [word("Ha", "stop"), word("Ha", "stop") + DONE],
  },
  {
    api: "OpenAI responses",
    path: "/v1/responses",
    body: { model: "m", input: "?", stream: true },
    open: ["", created, created + delta, created + delta + DONE],
    whole: [created + delta + responded("completed"), created + delta + responded("incomplete")],
  },
  {
    api: "Ollama chat",
    path: "/api/chat",
    body: ASKED,
    type: NDJSON,
    open: ["", lines(said(false)), lines(said(false), said(false))],
    whole: [lines(said(false), said(true, { done_reason: "stop" })), lines(said(false), said(true))],
  },
  {
    api: "Ollama pull",
    path: "/api/pull",
    body: { model: "m", stream: true },
    type: NDJSON,
    open: [lines({ status: "pulling manifest" })],
    whole: [lines({ status: "pulling manifest" }, { status: "success" })],
  },
  {
    api: "Anthropic",
    path: "/v1/messages",
    body: { ...ASKED, max_tokens: 9 },
    open: ["", typed({ type: "ping" }), CLAUDE, CLAUDE + STOPS],
    whole: [CLAUDE + STOPS + typed({ type: "message_stop" })],
  },
  {
    api: "Gemini interactions",
    path: "/v1beta/interactions",
    body: { model: "m", input: "?", stream: true },
    open: ["", interaction("interaction.start", { interaction: { id: "i", status: "in_progress" } })],
    whole: [interaction("interaction.complete", { interaction: { id: "i", status: "completed" } })],
  },
  {
    api: "Google GenAI",
    path: "/v1beta/models/m:streamGenerateContent?alt=sse",
    body: { contents: [{ role: "user", parts: [{ text: "?" }] }] },
    open: ["", candidate()],
    whole: [candidate() + candidate({ finishReason: "STOP" }), data({ promptFeedback: { blockReason: "SAFETY" } })],
  },
];
const at = (url: string): string[] =>
  ["openai", "ollama", "anthropic", "google"].flatMap((api) => ["--upstream", `${api}=${url}`]);

/** All rules but the one that tells of what different tests recorded alike. */
const VALIDATE = ["validate", ...RULES.flatMap(({ id }) => (id === "duplicate" ? [] : ["--rule", id]))];

/** Asks for each text in a test of its own; what is recorded then, and what is told of each. */
async function asked({ path, body, type = SSE }: Case, texts: readonly string[], ...args: string[]) {
  let text = "";
  const up = await upstream((_, response) => {
    response.writeHead(200, { "content-type": type });
    response.end(text);
  });
  const cwd = treeOf();
  const run = await served([...args, ...at(up.url)], { cwd });
  for (const [turn, one] of texts.entries()) {
    text = one;
    const answer = await post(run.url + path, body, { "x-test-id": `tests/x.py::t${turn}` });
    expect([answer.status, await answer.text()]).toEqual([200, text]);
  }
  const journal = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: { reason?: string }[] };
  await run.end();
  return { recorded: recordingsIn(cwd).length, entries: journal.entries, cwd };
}

describe.each(CASES)("a stream of $api", (one) => {
  it("that ends and never says so is passed on, and not recorded where only what is missing is", async () => {
    const { recorded, entries } = await asked(one, one.open, "--mode", "record-if-missing");
    expect([recorded, entries.length]).toEqual([0, one.open.length]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ outcome: "refused", status: 200 });
      expect(entry.reason).toMatch(
        /^(?:a stream that broke off is not recorded in this mode; --keep-partial records it: (?:nothing came|it never says its end)|not recorded: .+)$/,
      );
    }
  });

  it("that is whole is recorded, and nothing is wrong with what is", async () => {
    const { recorded, entries, cwd } = await asked(one, one.whole, "--mode", "record-if-missing");
    expect([recorded, entries]).toMatchObject([one.whole.length, one.whole.map(() => ({ outcome: "recorded" }))]);
    expect(await recctl(VALIDATE, { cwd })).toMatchObject({ code: 0, stdout: "" });
  });
});

it.each([["record-if-missing", "--keep-failures"], ["record-if-missing", "--keep-partial"], ["record"]])(
  "what never says its end is recorded as it came by --mode %s %s, and told as validate does",
  async (...[mode, ...flags]) => {
    const texts = [chunk("Ha"), chunk("Ha") + DONE];
    const { recorded, entries, cwd } = await asked(CASES[0] as Case, texts, "--mode", mode, ...flags);
    const reason = "a stream that broke off: it never says its end";
    expect([recorded, entries]).toMatchObject([2, texts.map(() => ({ outcome: "recorded", reason }))]);
    expect(await recctl(VALIDATE, { cwd })).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^(?:.+\tstream\tchoice 0 never finishes.+\n){2}$/),
    });
  },
);

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, pythonText } from "./data.js";

/** How much text comes in one chunk, and how many such chunks: a middling answer. */
export const CHUNK_SIZE = 20;
const CHUNKS = 60;

const MODEL = "gpt-4o";
const BASE = "https://api.openai.example/v1";
const PATH = "/v1/chat/completions";
const WORDS = "the tide of answer is quoted and weather model tokens in a list then moves on".split(" ");

/** What is asked of every server, as a body and as it stands on the wire. */
const ASKED = { model: MODEL, messages: [{ role: "user", content: "When is high water?" }], stream: true };

export const requestText = JSON.stringify(ASKED);

/** The text of the answer. */
export const content = Array.from({ length: 400 }, (_, at) => WORDS[(at * 7) % WORDS.length])
  .join(" ")
  .slice(0, CHUNKS * CHUNK_SIZE);

const hash = hashOf({ method: "POST", endpoint: new URL(BASE + PATH).pathname, body: ASKED, test_id: null });
/** What all chunks say of themselves; a recording has the id of its own hash. */
export const said = { id: `rec-${hash.slice(0, 12)}`, created: 0, model: MODEL };

const chunk = (delta, finish_reason) => ({
  id: said.id,
  object: "chat.completion.chunk",
  created: said.created,
  model: said.model,
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
});

const chunks = [
  chunk({ role: "assistant", content: "" }, null),
  ...Array.from({ length: CHUNKS }, (_, at) =>
    chunk({ content: content.slice(at * CHUNK_SIZE, (at + 1) * CHUNK_SIZE) }, null),
  ),
  chunk({}, "stop"),
];

/** The answer in the pieces in which it is written. */
export const frames = [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), "data: [DONE]\n\n"];

/** What tells two answers apart. */
export const digestOf = (text) => createHash("sha256").update(text).digest("hex");

/** A tree with the recording of that answer. */
export function writeRecording(dir) {
  const folder = join(dir, "tests/integration/common/recordings");
  mkdirSync(folder, { recursive: true });
  const typed = chunks.map((one) => ({
    __type__: "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
    __data__: one,
  }));
  const document = {
    test_id: null,
    request: { method: "POST", url: BASE + PATH, headers: {}, body: ASKED, endpoint: PATH, model: MODEL },
    response: { body: typed, is_streaming: true },
    id_normalization_mapping: {},
  };
  writeFileSync(join(folder, `${hash}.json`), pythonText(document));
}

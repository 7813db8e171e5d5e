import { JsonObject } from "../../recording/json/value.ts";
import { genai } from "./answers/genai.ts";
import { http, rerank } from "./answers/http.ts";
import { ollama } from "./answers/ollama.ts";
import { openai, openaiModels } from "./answers/openai.ts";
import { tool } from "./answers/tool.ts";
import { fileName } from "./name.ts";
import { hashOf, requestOf } from "./request.ts";
import type { Answered, Answering, AskedCall } from "./types.ts";

export type { Answered, AskedCall } from "./types.ts";

/** How answers are stored, by dialect. */
const ANSWERS: Readonly<Record<string, Answering>> = {
  "openai-chat": openai({
    whole: "chat.chat_completion.ChatCompletion",
    chunk: "chat.chat_completion_chunk.ChatCompletionChunk",
  }),
  "openai-completions": openai({ whole: "completion.Completion", chunk: "completion.Completion" }),
  "openai-embeddings": openai({ whole: "create_embedding_response.CreateEmbeddingResponse" }),
  "openai-responses": openai({ whole: "responses.response.Response" }),
  "openai-models": openaiModels,
  ollama,
  genai,
  "anthropic-messages": http,
  "gemini-interactions": http,
  rerank,
  tool,
};

/** A recording that is to be written: the name of its file, without the folder, and its document. */
export interface Recorded {
  name: string;
  root: JsonObject;
}

/**
 * The document that the Python recorder would have written of a call and what the upstream answered, to be written as
 * `PYTHON_INDENTED` and a newline; or why it would have written none, or none that is true.
 * https://github.com/ogx-ai/ogx/blob/main/src/ogx/testing/api_recorder.py
 */
export function recordedFrom(call: AskedCall, answered: Answered): Recorded | { refused: string } {
  const answering = ANSWERS[call.dialect];
  if (!answering) return { refused: `no recorder speaks ${call.dialect}` };
  const request = requestOf(call);
  const hash = hashOf(call, request);
  if (hash === undefined) return { refused: "no name can be made of the request" };
  const stored = answering(call, answered, `rec-${hash.slice(0, 12)}`);
  if ("refused" in stored) return stored;
  const root = new JsonObject(
    ["test_id", "request", "response", "id_normalization_mapping"],
    [call.testId, request, stored.response, new JsonObject()],
  );
  return { name: fileName(call, hash, stored.response), root };
}

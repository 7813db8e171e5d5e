import { asObject, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { brokenOff, failedAtOnce, failedBehind, ollamaError } from "../failures.ts";
import { dumped } from "../models/model.ts";
import { OLLAMA } from "../models/ollama.ts";
import { typed } from "../normalise.ts";
import { splitLines } from "../python/lines.ts";
import { readPython } from "../python/read.ts";
import type { Answered, Answering, Stored } from "../types.ts";

/** What the calls of the SDK return, by the endpoint that the recorder gives them. */
const TYPES: Readonly<Record<string, string>> = {
  "/api/generate": "GenerateResponse",
  "/api/chat": "ChatResponse",
  "/api/embeddings": "EmbedResponse",
  "/api/embed": "EmbedResponse",
  "/api/pull": "ProgressResponse",
  "/api/ps": "ProcessResponse",
  "/api/tags": "ListResponse",
};

/** Answers of the ollama SDK: https://github.com/ollama/ollama-python/blob/main/ollama/_client.py */
export const ollama: Answering = (call, answered, id) => {
  const type = TYPES[call.endpoint];
  if (type === undefined) return { refused: `the recorder keeps no ${call.endpoint}` };
  const store = (data: JsonValue): JsonValue => typed(`ollama._types.${type}`, dumped(data, type, OLLAMA), id);
  const text = answered.frames.join("");
  const failure = answered.status >= 400 ? ollamaError(text, answered.status) : null;
  if (call.body.get("stream") === true) {
    // The status is looked at when the first chunk is asked for.
    return failure ? failedBehind([], failure) : streamed(answered, text, store);
  }
  if (type === "ListResponse" && (failure || answered.ended === "broken")) {
    return { refused: "a model list that failed is not kept" };
  }
  if (failure) return failedAtOnce(failure);
  if (answered.ended === "broken") return failedAtOnce(brokenOff());
  const body = asObject(readPython(text));
  if (!body) return { refused: "the answer is no JSON object" };
  return { response: new JsonObject(["body", "is_streaming"], [store(body), false]) };
};

function streamed({ ended }: Answered, text: string, store: (data: JsonValue) => JsonValue): Stored {
  const chunks: JsonValue[] = [];
  const lines = splitLines(text);
  // What a break leaves of a line is no line.
  if (ended === "broken" && !/[\r\n]$/.test(text)) lines.pop();
  for (const line of lines) {
    if (line === "") continue;
    const chunk = asObject(readPython(line));
    if (!chunk) return { refused: `line ${chunks.length + 1} of the stream is no JSON object` };
    const error = chunk.get("error");
    if (error) return failedBehind(chunks, ollamaError(error));
    chunks.push(store(chunk));
  }
  if (ended === "broken") return failedBehind(chunks, brokenOff());
  return { response: new JsonObject(["body", "is_streaming"], [chunks, true]) };
}

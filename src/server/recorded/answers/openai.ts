import { asObject, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { eventsOf } from "../events.ts";
import { brokenOff, failedAtOnce, failedBehind, noConnection, openaiEvent, openaiStatus } from "../failures.ts";
import { dumped } from "../models/model.ts";
import { OPENAI } from "../models/openai.ts";
import { eventClass } from "../models/openai-response-events.ts";
import { typed } from "../normalise.ts";
import { readPython } from "../python/read.ts";
import type { Answered, Answering, Stored } from "../types.ts";
import { floatsOf } from "./embedding.ts";

/** Python's modules of what an API's calls return. */
export interface OpenaiTypes {
  /** The class of a whole answer, below `openai.types.` */
  whole: string;
  /** That of a chunk; the event tells it where it is not given. */
  chunk?: string;
}

const className = (type: string): string => type.slice(type.lastIndexOf(".") + 1);
const wrapped = (type: string, data: JsonValue, id: string): JsonObject =>
  typed(`openai.types.${type}`, dumped(data, className(type), OPENAI), id);

/** `ResponseCreatedEvent` lies in `response_created_event.py`. */
function eventType(event: JsonValue): string {
  const name = eventClass(event);
  const module = name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return `responses.${module}.${name}`;
}

/** Answers of the openai SDK: https://github.com/openai/openai-python/blob/main/src/openai/_streaming.py */
export const openai =
  ({ whole, chunk }: OpenaiTypes): Answering =>
  (call, answered, id) => {
    if (answered.status >= 400) return failedAtOnce(openaiStatus(answered));
    if (call.body.get("stream") !== true) {
      return wholeAnswer(answered, (body) => wrapped(whole, embedded(body, call.body), id));
    }
    if (!answered.streamed) return { refused: "a stream was asked for, and the answer is none" };
    return streamedAnswer(answered, (event) => wrapped(chunk ?? eventType(event), event, id));
  };

/** Model lists: the SDK's pages are stored as what iterating over them gives. The recorder fails on a failed one. */
export const openaiModels: Answering = (_call, answered, id) => {
  if (answered.status >= 400 || answered.ended === "broken") return { refused: "a model list that failed is not kept" };
  return wholeAnswer(answered, (body) => {
    const models = asObject(body)?.get("data");
    return Array.isArray(models) ? models.map((model) => wrapped("model.Model", model, id)) : null;
  });
};

function wholeAnswer(answered: Answered, store: (body: JsonObject) => JsonValue): Stored {
  if (answered.ended === "broken") return failedAtOnce(noConnection());
  const body = asObject(readPython(answered.frames.join("")));
  const kept = body && !answered.streamed ? store(body) : null;
  if (kept === null) return { refused: "the answer is not what this call returns" };
  return { response: new JsonObject(["body", "is_streaming"], [kept, false]) };
}

function streamedAnswer(answered: Answered, store: (event: JsonValue) => JsonValue): Stored {
  const chunks: JsonValue[] = [];
  let done = false;
  for (const { data } of eventsOf(answered.frames)) {
    if (data?.startsWith("[DONE]")) {
      done = true;
      break;
    }
    const chunk = readPython(data ?? "");
    if (chunk === undefined) return { refused: `event ${chunks.length + 1} of the stream is no JSON` };
    const error = asObject(chunk)?.get("error");
    if (error !== undefined && isTrue(error)) return failedBehind(chunks, openaiEvent(error));
    chunks.push(store(chunk));
  }
  if (answered.ended === "broken" && !done) return failedBehind(chunks, brokenOff());
  return { response: new JsonObject(["body", "is_streaming"], [chunks, true]) };
}

/** Python's truth of a value that may be an error. */
function isTrue(value: JsonValue): boolean {
  if (value instanceof JsonObject) return value.keys.length > 0;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== false && value !== "";
}

/** Embeddings that came as base64 are numbers in the SDK, unless the caller asked for base64 itself. */
function embedded(body: JsonObject, asked: JsonObject): JsonObject {
  const data = body.get("data");
  if (!Array.isArray(data) || asked.get("encoding_format") === "base64") return body;
  const decoded = data.map((one) => (one instanceof JsonObject ? replaced(one, "embedding", floatsOf) : one));
  return replaced(body, "data", () => decoded);
}

function replaced(object: JsonObject, key: string, by: (value: JsonValue) => JsonValue): JsonObject {
  return new JsonObject(
    object.keys,
    object.values.map((value, at) => (object.keys[at] === key ? by(value) : value)),
  );
}

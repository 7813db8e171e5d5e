import { asArray, asNumber, asObject, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { eventsOf } from "../events.ts";
import { failedAtOnce, genaiStatus } from "../failures.ts";
import { GENAI } from "../models/genai.ts";
import { dumped } from "../models/model.ts";
import { readPython } from "../python/read.ts";
import type { Answered, Answering, Stored } from "../types.ts";

const STREAM = "/generate_content_stream";

/** Answers of the google-genai SDK. The recorder prints them itself, without a type and without normalising. */
export const genai: Answering = (call, answered) => {
  const streaming = call.endpoint === STREAM;
  const text = answered.frames.join("");
  if (answered.status >= 400) {
    const told = readPython(text);
    const body = asObject(Array.isArray(told) && told.length === 1 ? told[0] : told);
    if (!body) return { refused: "the failure is no JSON object" };
    return failedAtOnce(genaiStatus(answered, body), streaming);
  }
  if (answered.ended === "broken") return { refused: "the recorder would keep what broke off as if it were whole" };
  if (streaming) return streamed(answered);
  const body = asObject(readPython(text));
  if (!body) return { refused: "the answer is no JSON object" };
  const kept = call.endpoint === "/embed_content" ? embeddings(body) : body;
  const type = call.endpoint === "/embed_content" ? "EmbedContentResponse" : "GenerateContentResponse";
  return {
    response: new JsonObject(
      ["body", "is_streaming"],
      [printed(kept, type, answered, type !== "EmbedContentResponse" && callsFunctions(call.body)), false],
    ),
  };
};

function streamed(answered: Answered): Stored {
  const chunks: JsonValue[] = [];
  for (const { data } of eventsOf(answered.frames)) {
    const chunk = asObject(readPython(data ?? ""));
    if (!chunk) return { refused: `event ${chunks.length + 1} of the stream is no JSON object` };
    if (chunk.has("error")) return { refused: "the recorder would keep a stream that failed as if it were whole" };
    chunks.push(printed(chunk, "GenerateContentResponse", answered, false));
  }
  if (chunks.length === 0) return { refused: "the recorder keeps no stream without chunks" };
  return { response: new JsonObject(["body", "is_streaming"], [chunks, true]) };
}

function printed(body: JsonObject, type: string, { headers }: Answered, history: boolean): JsonValue {
  const sent = new JsonObject(["headers"], [new JsonObject(Object.keys(headers), Object.values(headers))]);
  const told = new JsonObject(["sdk_http_response", ...body.keys], [sent, ...body.values]);
  if (history) {
    told.keys.push("automatic_function_calling_history");
    told.values.push([]);
  }
  return dumped(told, type, GENAI);
}

/** Vertex AI sends embeddings as predictions, the Gemini API one or many as they are. */
function embeddings(body: JsonObject): JsonObject {
  const predictions = asArray(body.get("predictions"))?.map((one) => asObject(one)?.get("embeddings") ?? one);
  const single = asObject(body.get("embedding"));
  const list = predictions ?? asArray(body.get("embeddings")) ?? (single ? [single] : []);
  return new JsonObject([...body.keys, "embeddings"], [...body.values, list]);
}

/** Whether the SDK would call functions by itself, and so tells of what it called: unless its settings forbid it. */
function callsFunctions(asked: JsonObject): boolean {
  const setting = asObject(asObject(asked.get("config"))?.get("automatic_function_calling"));
  if (setting?.get("disable") === true) return false;
  const most = asNumber(setting?.get("maximum_remote_calls"));
  return most === undefined || most > 0;
}

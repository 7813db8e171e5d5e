import { asArray, asObject, asString, JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import { type Part, type Piece, toolCall } from "./message.ts";
import { inputTurns } from "./openai-embeddings.ts";
import { chatTools } from "./openai-messages.ts";
import {
  asText,
  base64Part,
  callPiece,
  compact,
  finishPiece,
  objects,
  parametersOf,
  textPiece,
  vectorText,
} from "./shared.ts";

const COUNTS = ["prompt_eval_count", "eval_count"];

function turnOf(message: JsonObject): Turn {
  const role = asString(message.get("role")) ?? "unknown";
  const text = asText(message.get("content"));
  const thinking = asText(message.get("thinking"));
  const name = asString(message.get("tool_name")) ?? null;
  const said: Part[] = text === "" ? [] : [{ type: "text", text }];
  return {
    role,
    parts: [
      ...(thinking ? [{ type: "reasoning", text: thinking } as Part] : []),
      ...(role === "tool" ? [{ type: "tool-result", id: null, name, text } as Part] : said),
      ...imageParts(message),
      ...objects(message.get("tool_calls")).map((call) => {
        const made = asObject(call.get("function"));
        return toolCall(null, asText(made?.get("name")), asText(made?.get("arguments")));
      }),
    ],
  };
}

const imageParts = (owner: JsonObject): Part[] =>
  (asArray(owner.get("images")) ?? []).map((image) => base64Part(asText(image), "image"));

function askedTurns(body: JsonObject): Turn[] {
  const system = asString(body.get("system"));
  const prompt = asString(body.get("prompt"));
  return [
    ...(system ? [{ role: "system", parts: [{ type: "text", text: system }] } as Turn] : []),
    ...(prompt === undefined
      ? []
      : [{ role: "prompt", parts: [{ type: "text", text: prompt }, ...imageParts(body)] } as Turn]),
    ...objects(body.get("messages")).map(turnOf),
    ...inputTurns(body.get("input")),
  ];
}

/** What a chunk or a whole body brings, of whichever endpoint: their keys do not overlap. */
function pieces(chunk: JsonValue): Piece[] {
  const object = asObject(chunk);
  if (!object) return [];
  const message = asObject(object.get("message"));
  const isDone = object.get("done") === true;
  const usage = isDone || object.has("embeddings") ? countsOf(object) : undefined;
  return [
    ...textPiece("reasoning", 0, object.get("thinking")),
    ...textPiece("text", 0, object.get("response")),
    ...textPiece("reasoning", 0, message?.get("thinking")),
    ...textPiece("text", 0, message?.get("content")),
    ...objects(message?.get("tool_calls")).map((call): Piece => {
      const made = asObject(call.get("function"));
      // Calls come whole and without ids, several in one chunk or one a chunk.
      return callPiece(0, null, undefined, made?.get("name"), made?.get("arguments"));
    }),
    ...itemPieces(object),
    // Older servers give no reason.
    ...finishPiece(0, object.get("done_reason") ?? (isDone ? "done" : undefined)),
    ...(object.has("error") ? [{ type: "error", text: asText(object.get("error")) } as Piece] : []),
    ...(usage ? [{ type: "usage", usage } as Piece] : []),
  ];
}

function itemPieces(object: JsonObject): Piece[] {
  const embeddings = asArray(object.get("embeddings")) ?? (object.has("embedding") ? [object.get("embedding")] : []);
  const progress = asString(object.get("status"));
  return [
    ...embeddings.map(
      (vector, index): Piece => ({ type: "item", label: `embedding ${index}`, text: vectorText(vector) }),
    ),
    ...objects(object.get("models")).map(
      (model): Piece => ({ type: "item", label: "", text: asText(model.get("model") ?? model.get("name")) }),
    ),
    ...(progress ? [{ type: "item", label: "status", text: progressText(progress, object) } as Piece] : []),
  ];
}

function progressText(status: string, object: JsonObject): string {
  const total = object.get("total") ?? null;
  return total === null ? status : `${status} ${asText(object.get("completed") ?? null) || "0"} of ${asText(total)}`;
}

function countsOf(object: JsonObject): JsonObject | undefined {
  const there = COUNTS.filter((key) => (object.get(key) ?? null) !== null);
  return there.length === 0
    ? undefined
    : new JsonObject(
        there,
        there.map((key) => object.get(key) as JsonValue),
      );
}

/** Ollama's own API: https://github.com/ollama/ollama/blob/main/docs/api.md. Streams are JSON lines. */
export const ollama: Dialect = {
  id: "ollama",
  title: "Ollama",
  endpoint: /^\/api\/(generate|chat|embed|embeddings|ps|pull|tags|show)$/,
  type: /^(GenerateResponse|ChatResponse|EmbedResponse|EmbeddingsResponse|ProcessResponse|ProgressResponse|ListResponse)$/,
  ask: (body) => ({
    turns: askedTurns(body),
    tools: chatTools(body.get("tools")),
    parameters: parametersOf(body, "system", "prompt", "images", "messages", "input", "tools"),
  }),
  chunk: pieces,
  body: pieces,
  // The progress of a download ends with its success.
  streams: {
    finish: true,
    last: (chunk) => asObject(chunk)?.get("done") === true || asObject(chunk)?.get("status") === "success",
  },
  wire: {
    chunk: (chunk) => `${compact(chunk)}\n`,
    end: "",
    body: (body) => (Array.isArray(body) ? new JsonObject(["models"], [body]) : body),
  },
};

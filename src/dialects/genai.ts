import { asArray, asObject, asString, JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, ToolSpec, Turn } from "./dialect.ts";
import { type Part, type Piece, toolCall } from "./message.ts";
import {
  asText,
  base64Part,
  callPiece,
  compact,
  finishPiece,
  indexOf,
  mediaPart,
  objects,
  parametersOf,
  textPiece,
  toolSpec,
  usagePiece,
  vectorText,
} from "./shared.ts";

function partOf(part: JsonObject): Part {
  const call = asObject(part.get("function_call"));
  const result = asObject(part.get("function_response"));
  const inline = asObject(part.get("inline_data"));
  const file = asObject(part.get("file_data"));
  const id = (of: JsonObject): string | null => asString(of.get("id")) ?? null;
  if (typeof part.get("text") === "string") {
    return { type: part.get("thought") === true ? "reasoning" : "text", text: asText(part.get("text")) };
  }
  if (call) return toolCall(id(call), asText(call.get("name")), asText(call.get("args")));
  if (result) {
    return {
      type: "tool-result",
      id: id(result),
      name: asText(result.get("name")),
      text: asText(result.get("response")),
    };
  }
  if (inline) return base64Part(asText(inline.get("data")), asText(inline.get("mime_type")));
  if (file) return mediaPart(asText(file.get("file_uri")), asText(file.get("mime_type")));
  return { type: "other", label: part.keys.join(", ") || "part", value: part };
}

/** Contents as the SDK takes them: a text, a content {role, parts}, or a list of either. */
function turnsOf(contents: JsonValue | undefined, role: string): Turn[] {
  if (contents === undefined || contents === null) return [];
  return (asArray(contents) ?? [contents]).map((content): Turn => {
    const object = asObject(content);
    if (!object) return { role, parts: [{ type: "text", text: asText(content) }] };
    const parts = object.has("parts") ? objects(object.get("parts")) : [object];
    return { role: asString(object.get("role")) ?? role, parts: parts.map(partOf) };
  });
}

function toolsOf(tools: JsonValue | undefined): ToolSpec[] {
  return objects(tools).flatMap((tool) => {
    const functions = objects(tool.get("function_declarations"));
    if (functions.length > 0) return functions.map((one) => toolSpec(one, "parameters", "parameters_json_schema"));
    return [{ name: tool.keys.join(", "), description: "", parameters: null }];
  });
}

/** A chunk of a stream and a whole body have one form. */
function pieces(chunk: JsonValue): Piece[] {
  const object = asObject(chunk);
  const out: Piece[] = [];
  for (const [position, candidate] of objects(object?.get("candidates")).entries()) {
    const choice = indexOf(candidate.get("index"), position);
    for (const part of objects(asObject(candidate.get("content"))?.get("parts"))) out.push(...partPieces(part, choice));
    out.push(...finishPiece(choice, candidate.get("finish_reason")));
  }
  for (const [index, one] of objects(object?.get("embeddings")).entries()) {
    out.push({ type: "item", label: `embedding ${index}`, text: vectorText(one.get("values")) });
  }
  const blocked = asObject(object?.get("prompt_feedback"))?.get("block_reason");
  if (typeof blocked === "string") out.push({ type: "error", text: `prompt blocked: ${blocked}` });
  return [...out, ...usagePiece(object?.get("usage_metadata"))];
}

function partPieces(part: JsonObject, choice: number): Piece[] {
  const call = asObject(part.get("function_call"));
  // Calls come whole, and two of one answer may be equal.
  if (call) return [callPiece(choice, null, call.get("id"), call.get("name"), call.get("args"))];
  const text = textPiece(part.get("thought") === true ? "reasoning" : "text", choice, part.get("text"));
  if (text.length > 0 || typeof part.get("text") === "string") return text;
  return [{ type: "item", label: part.keys.join(", ") || "part", text: compact(part) }];
}

const camel = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Members whose value is the user's own data: what lies in them keeps its keys. */
const OPAQUE = new Set(["args", "response", "response_schema", "parameters_json_schema", "headers"]);

/** Members that the Python SDK adds of its own. */
const NOT_SENT = new Set(["sdk_http_response", "automatic_function_calling_history", "parsed"]);

/** Members that are base64, which the Python SDK prints with the alphabet for urls, and the API sends with the common one. */
const BYTES = new Set(["thought_signature", "data", "sdk_blob"]);

const sentBytes = (value: JsonValue): JsonValue =>
  typeof value === "string" ? value.replaceAll("-", "+").replaceAll("_", "/") : value;

/** The recorded dump of the Python SDK (snake_case) as the REST API would have sent it (camelCase). */
function restForm(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(restForm);
  if (!(value instanceof JsonObject)) return value;
  const out = new JsonObject();
  for (const [key, member] of value.entries()) {
    if (NOT_SENT.has(key)) continue;
    out.keys.push(camel(key));
    if (BYTES.has(key)) out.values.push(sentBytes(member));
    else out.values.push(OPAQUE.has(key) ? member : restForm(member));
  }
  return out;
}

/** An unstreamed body. What the SDK hands on as embeddings, Vertex AI sends as predictions, whose keys stay as they are. */
function bodyForm(body: JsonValue): JsonValue {
  const rest = restForm(body);
  const embeddings = asArray(asObject(body)?.get("embeddings"));
  if (!embeddings || !(rest instanceof JsonObject)) return rest;
  const predictions = embeddings.map((embedding) => new JsonObject(["embeddings"], [embedding]));
  return new JsonObject(
    rest.keys.map((key) => (key === "embeddings" ? "predictions" : key)),
    rest.values.map((value, at) => (rest.keys[at] === "embeddings" ? predictions : value)),
  );
}

/** Google GenAI (Vertex AI): https://ai.google.dev/api/generate-content */
export const genai: Dialect = {
  id: "genai",
  title: "Google GenAI",
  endpoint: /^\/(generate_content(_stream)?|embed_content)$/,
  type: null,
  ask(body) {
    const config = asObject(body.get("config"));
    const system = turnsOf(config?.get("system_instruction"), "system").map((turn) => ({ ...turn, role: "system" }));
    return {
      turns: [...system, ...turnsOf(body.get("contents"), "user")],
      tools: toolsOf(config?.get("tools")),
      parameters: [
        ...parametersOf(body, "contents", "config"),
        ...(config ? parametersOf(config, "system_instruction", "tools") : []),
      ],
    };
  },
  chunk: pieces,
  body: pieces,
  streams: { finish: true },
  wire: {
    chunk: (chunk) => `data: ${compact(restForm(chunk))}\n\n`,
    end: "",
    body: bodyForm,
  },
};

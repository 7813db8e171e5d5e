import { asArray, asObject, asString, JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import { type Part, type Piece, toolCall } from "./message.ts";
import {
  asText,
  callPiece,
  compact,
  contentParts,
  finishPiece,
  indexOf,
  mediaPart,
  objects,
  otherPart,
  parametersOf,
  textPiece,
  toolSpec,
  usagePiece,
} from "./shared.ts";

function inputParts(part: JsonObject): Part[] {
  switch (part.get("type")) {
    case "input_text":
    case "output_text":
    case "text":
    case "summary_text":
    case "reasoning_text":
      return [{ type: "text", text: asText(part.get("text")) }];
    case "refusal":
      return [{ type: "refusal", text: asText(part.get("refusal")) }];
    case "input_image":
      return [mediaPart(asText(part.get("image_url") ?? part.get("file_id")), "image")];
    default:
      return [otherPart(part)];
  }
}

function turnOf(item: JsonObject): Turn {
  const id = asString(item.get("call_id")) ?? null;
  switch (asString(item.get("type")) ?? "message") {
    case "message":
      return { role: asString(item.get("role")) ?? "user", parts: contentParts(item.get("content"), inputParts) };
    case "function_call":
      return { role: "assistant", parts: [toolCall(id, asText(item.get("name")), asText(item.get("arguments")))] };
    case "function_call_output":
      return { role: "tool", parts: [{ type: "tool-result", id, name: null, text: asText(item.get("output")) }] };
    case "reasoning":
      return { role: "assistant", parts: [{ type: "reasoning", text: reasoningOf(item) }] };
    default:
      return { role: "assistant", parts: [otherPart(item)] };
  }
}

function reasoningOf(item: JsonObject): string {
  const parts = [...objects(item.get("summary")), ...objects(item.get("content"))];
  return parts.map((part) => asText(part.get("text"))).join("\n");
}

function inputTurns(body: JsonObject): Turn[] {
  const instructions = asString(body.get("instructions"));
  const input = body.get("input");
  const items = asArray(input);
  return [
    ...(instructions ? [{ role: "system", parts: [{ type: "text", text: instructions }] } as Turn] : []),
    ...(items ? objects(items).map(turnOf) : []),
    ...(typeof input === "string" ? [{ role: "user", parts: [{ type: "text", text: input }] } as Turn] : []),
  ];
}

/** What an item of the output brings as a whole. */
function itemPieces(item: JsonObject, position: number): Piece[] {
  switch (item.get("type")) {
    case "message":
      return objects(item.get("content")).flatMap((part) =>
        part.get("type") === "refusal"
          ? textPiece("refusal", 0, part.get("refusal"))
          : textPiece("text", 0, part.get("text")),
      );
    case "reasoning":
      return textPiece("reasoning", 0, reasoningOf(item));
    case "function_call":
      return [callPiece(0, String(position), item.get("call_id"), item.get("name"), item.get("arguments"))];
    default:
      return [{ type: "item", label: asText(item.get("type")), text: compact(item) }];
  }
}

function endPieces(response: JsonObject | undefined): Piece[] {
  const why = asObject(response?.get("incomplete_details"))?.get("reason");
  return [...finishPiece(0, why ?? response?.get("status")), ...usagePiece(response?.get("usage"))];
}

function responsePieces(body: JsonValue): Piece[] {
  const response = asObject(body);
  const error = asObject(response?.get("error"));
  return [
    ...objects(response?.get("output")).flatMap(itemPieces),
    ...(error ? [{ type: "error", text: asText(error.get("message")) } as Piece] : []),
    ...endPieces(response),
  ];
}

const COMPLETED = "response.completed";
const INCOMPLETE = "response.incomplete";
const FAILED = "response.failed";
const LAST: ReadonlySet<JsonValue | undefined> = new Set([COMPLETED, INCOMPLETE, FAILED]);

/** An event of the stream: https://platform.openai.com/docs/api-reference/responses-streaming */
function eventPieces(chunk: JsonValue): Piece[] {
  const event = asObject(chunk);
  const call = String(indexOf(event?.get("output_index"), 0));
  switch (event?.get("type")) {
    case "response.output_text.delta":
      return textPiece("text", 0, event.get("delta"));
    case "response.refusal.delta":
      return textPiece("refusal", 0, event.get("delta"));
    case "response.reasoning_text.delta":
    case "response.reasoning_summary_text.delta":
      return textPiece("reasoning", 0, event.get("delta"));
    case "response.output_item.added": {
      const item = asObject(event.get("item"));
      if (item?.get("type") !== "function_call") return [];
      return [callPiece(0, call, item.get("call_id"), item.get("name"), item.get("arguments"))];
    }
    case "response.function_call_arguments.delta":
      return [callPiece(0, call, undefined, undefined, event.get("delta"))];
    case COMPLETED:
    case INCOMPLETE:
    case FAILED:
      return endPieces(asObject(event.get("response")));
    case "error":
      return [{ type: "error", text: asText(event.get("message")) }];
    default:
      return [];
  }
}

/** The format of a response's text, whose `schema` the Python SDK calls `schema_`: pydantic has one of its own. */
function sentFormat(response: JsonValue): JsonValue {
  return changed(response, "text", (text) =>
    changed(text, "format", (format) =>
      format instanceof JsonObject && format.has("schema_")
        ? new JsonObject(
            format.keys.map((key) => (key === "schema_" ? "schema" : key)),
            format.values,
          )
        : format,
    ),
  );
}

/** An object with another value for a key, where it has that key. */
function changed(value: JsonValue, key: string, by: (member: JsonValue) => JsonValue): JsonValue {
  const object = asObject(value);
  const was = object?.get(key);
  if (!object || was === undefined) return value;
  const is = by(was);
  if (is === was) return value;
  return new JsonObject(
    object.keys,
    object.keys.map((own, at) => (own === key ? is : (object.values[at] as JsonValue))),
  );
}

/** OpenAI responses: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Dialect = {
  id: "openai-responses",
  title: "OpenAI responses",
  endpoint: /\/responses$/,
  type: /^Response([A-Z]\w*Event)?$/,
  ask: (body) => ({
    turns: inputTurns(body),
    tools: objects(body.get("tools")).map((tool) => toolSpec(tool, "parameters")),
    parameters: parametersOf(body, "input", "instructions", "tools"),
  }),
  chunk: eventPieces,
  body: responsePieces,
  streams: { finish: true, callIds: true, last: (chunk) => LAST.has(asObject(chunk)?.get("type")) },
  wire: {
    // Unlike chat completions, the stream names its events and has no [DONE].
    chunk: (chunk) =>
      `event: ${asText(asObject(chunk)?.get("type"))}\ndata: ${compact(changed(chunk, "response", sentFormat))}\n\n`,
    end: "",
    body: sentFormat,
  },
};

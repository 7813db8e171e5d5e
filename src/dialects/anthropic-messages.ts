import { asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import { type Part, type Piece, toolCall } from "./message.ts";
import {
  asText,
  base64Part,
  callPiece,
  compact,
  contentParts,
  finishPiece,
  indexOf,
  LINES_WIRE,
  mediaPart,
  objects,
  otherPart,
  parametersOf,
  textPiece,
  toolSpec,
  usagePiece,
} from "./shared.ts";

function blockPart(block: JsonObject): Part[] {
  switch (block.get("type")) {
    case "text":
      return [{ type: "text", text: asText(block.get("text")) }];
    case "thinking":
      return [{ type: "reasoning", text: asText(block.get("thinking")) }];
    case "tool_use":
      return [toolCall(asString(block.get("id")) ?? null, asText(block.get("name")), asText(block.get("input")))];
    case "tool_result":
      return [
        { type: "tool-result", id: asString(block.get("tool_use_id")) ?? null, name: null, text: resultText(block) },
      ];
    case "image":
    case "document": {
      const source = asObject(block.get("source"));
      const media = asString(source?.get("media_type")) ?? asText(block.get("type"));
      const data = asString(source?.get("data"));
      return [data === undefined ? mediaPart(asText(source?.get("url")), media) : base64Part(data, media)];
    }
    default:
      return [otherPart(block)];
  }
}

function resultText(block: JsonObject): string {
  return contentParts(block.get("content"), blockPart)
    .map((part) => (part.type === "text" ? part.text : part.type === "other" ? compact(part.value) : `[${part.type}]`))
    .join("");
}

function askedTurns(body: JsonObject): Turn[] {
  const system = contentParts(body.get("system"), blockPart);
  const turns = objects(body.get("messages")).map((message) => ({
    role: asString(message.get("role")) ?? "unknown",
    parts: contentParts(message.get("content"), blockPart),
  }));
  return system.length > 0 ? [{ role: "system", parts: system }, ...turns] : turns;
}

/** What a content block brings where it starts (`content_block_start`), or as a whole. */
function blockPieces(block: JsonObject | undefined, index: number, whole: boolean): Piece[] {
  switch (block?.get("type")) {
    case "text":
      return textPiece("text", 0, block.get("text"));
    case "thinking":
      return textPiece("reasoning", 0, block.get("thinking"));
    case "tool_use":
    case "server_tool_use": {
      // A stream begins with an empty input and sends it in pieces.
      const input = whole ? block.get("input") : undefined;
      return [callPiece(0, String(index), block.get("id"), block.get("name"), input)];
    }
    default:
      return block ? [{ type: "item", label: asText(block.get("type")), text: compact(block) }] : [];
  }
}

/** An event of the stream: https://docs.anthropic.com/en/api/messages-streaming */
function eventPieces(chunk: JsonValue): Piece[] {
  const event = asObject(chunk);
  const index = indexOf(event?.get("index"), 0);
  const delta = asObject(event?.get("delta"));
  switch (event?.get("type")) {
    case "message_start":
      return usagePiece(asObject(event.get("message"))?.get("usage"));
    case "content_block_start":
      return blockPieces(asObject(event.get("content_block")), index, false);
    case "content_block_delta":
      return [
        ...textPiece("text", 0, delta?.get("text")),
        ...textPiece("reasoning", 0, delta?.get("thinking")),
        ...(delta?.has("partial_json")
          ? [callPiece(0, String(index), undefined, undefined, delta.get("partial_json"))]
          : []),
      ];
    case "message_delta":
      return [...finishPiece(0, delta?.get("stop_reason")), ...usagePiece(event.get("usage"))];
    case "error":
      return [{ type: "error", text: asText(asObject(event.get("error"))?.get("message")) }];
    default:
      return [];
  }
}

function messagePieces(body: JsonValue): Piece[] {
  const message = asObject(body);
  const error = asObject(message?.get("error"));
  return [
    ...objects(message?.get("content")).flatMap((block, index) => blockPieces(block, index, true)),
    ...(error ? [{ type: "error", text: asText(error.get("message")) } as Piece] : []),
    ...finishPiece(0, message?.get("stop_reason")),
    ...usagePiece(message?.get("usage")),
  ];
}

/** Anthropic Messages: https://docs.anthropic.com/en/api/messages */
export const anthropicMessages: Dialect = {
  id: "anthropic-messages",
  title: "Anthropic Messages",
  endpoint: /\/messages$/,
  type: null,
  sseLines: true,
  ask: (body) => ({
    turns: askedTurns(body),
    tools: objects(body.get("tools")).map((tool) => toolSpec(tool, "input_schema")),
    parameters: parametersOf(body, "system", "messages", "tools"),
  }),
  chunk: eventPieces,
  body: messagePieces,
  streams: { finish: true, callIds: true, last: (chunk) => asObject(chunk)?.get("type") === "message_stop" },
  wire: LINES_WIRE,
};

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

function contentPart(part: JsonObject): Part[] {
  switch (part.get("type")) {
    case "text":
      return [{ type: "text", text: asText(part.get("text")) }];
    case "thought":
      return [{ type: "reasoning", text: asText(part.get("summary") ?? part.get("text")) }];
    case "function_call":
      return [toolCall(asString(part.get("id")) ?? null, asText(part.get("name")), asText(part.get("arguments")))];
    case "function_result":
      return [
        {
          type: "tool-result",
          id: asString(part.get("call_id")) ?? null,
          name: asString(part.get("name")) ?? null,
          text: asText(part.get("result")),
        },
      ];
    case "image":
    case "audio":
    case "document":
    case "video": {
      const media = asString(part.get("mime_type")) ?? asText(part.get("type"));
      const data = asString(part.get("data"));
      return [data === undefined ? mediaPart(asText(part.get("uri")), media) : base64Part(data, media)];
    }
    default:
      return [otherPart(part)];
  }
}

/** `input` is a text, a content, a list of contents, or a list of turns {role, content}. */
function inputTurns(input: JsonValue | undefined): Turn[] {
  const turns = objects(input).filter((element) => element.has("role"));
  if (turns.length > 0) {
    return turns.map((turn) => ({
      role: asText(turn.get("role")),
      parts: contentParts(turn.get("content"), contentPart),
    }));
  }
  const parts = contentParts(input, contentPart);
  return parts.length > 0 ? [{ role: "user", parts }] : [];
}

function askedTurns(body: JsonObject): Turn[] {
  const system = asText(body.get("system_instruction"));
  const turns = inputTurns(body.get("input"));
  return system ? [{ role: "system", parts: [{ type: "text", text: system }] }, ...turns] : turns;
}

function outputPieces(output: JsonObject, index: number): Piece[] {
  switch (output.get("type")) {
    case "text":
      return textPiece("text", 0, output.get("text"));
    case "thought":
      return thoughtPieces(output);
    case "function_call":
      return [callPiece(0, String(index), output.get("id"), output.get("name"), output.get("arguments"))];
    default:
      return [{ type: "item", label: asText(output.get("type")), text: compact(output) }];
  }
}

/** A thought may carry nothing but its signature, or a summary as one content or several. */
function thoughtPieces(thought: JsonObject): Piece[] {
  const summary = thought.get("summary") ?? thought.get("content");
  const contents = Array.isArray(summary) ? objects(summary) : [asObject(summary)];
  const texts = typeof summary === "string" ? [summary] : contents.map((content) => content?.get("text"));
  return texts.flatMap((text) => textPiece("reasoning", 0, text));
}

/** An event of the stream: https://ai.google.dev/gemini-api/docs/interactions */
function eventPieces(chunk: JsonValue): Piece[] {
  const event = asObject(chunk);
  const index = indexOf(event?.get("index"), 0);
  switch (event?.get("event_type")) {
    case "content.start": {
      const content = asObject(event.get("content"));
      return content ? startPieces(content, index) : [];
    }
    case "content.delta":
      return deltaPieces(asObject(event.get("delta")), index);
    case "interaction.complete":
    case "interaction.completed":
      return endPieces(asObject(event.get("interaction")));
    case "error":
      return [{ type: "error", text: asText(asObject(event.get("error"))?.get("message")) }];
    default:
      return [];
  }
}

/** A content starts empty, or with all that it has. */
function startPieces(content: JsonObject, index: number): Piece[] {
  const known = ["text", "thought", "function_call"].includes(asText(content.get("type")));
  if (!known) return outputPieces(content, index);
  if (content.get("type") === "function_call" && !content.has("name")) return [];
  return outputPieces(content, index);
}

function deltaPieces(delta: JsonObject | undefined, index: number): Piece[] {
  switch (delta?.get("type")) {
    case "text":
      return textPiece("text", 0, delta.get("text"));
    case "thought":
    case "thought_summary":
      return thoughtPieces(delta);
    case "function_call":
      return [callPiece(0, String(index), delta.get("id"), delta.get("name"), delta.get("arguments"))];
    default:
      return [];
  }
}

function endPieces(interaction: JsonObject | undefined): Piece[] {
  return [...finishPiece(0, interaction?.get("status")), ...usagePiece(interaction?.get("usage"))];
}

function interactionPieces(body: JsonValue): Piece[] {
  const interaction = asObject(body);
  const error = asObject(interaction?.get("error"));
  return [
    ...objects(interaction?.get("outputs")).flatMap(outputPieces),
    ...(error ? [{ type: "error", text: asText(error.get("message")) } as Piece] : []),
    ...endPieces(interaction),
  ];
}

/** Gemini interactions: https://ai.google.dev/api/interactions-api */
export const geminiInteractions: Dialect = {
  id: "gemini-interactions",
  title: "Gemini interactions",
  endpoint: /\/interactions$/,
  type: null,
  sseLines: true,
  ask: (body) => ({
    turns: askedTurns(body),
    tools: objects(body.get("tools")).map((tool) => toolSpec(tool, "parameters")),
    parameters: parametersOf(body, "system_instruction", "input", "tools"),
  }),
  chunk: eventPieces,
  body: interactionPieces,
  streams: { finish: true },
  wire: LINES_WIRE,
};

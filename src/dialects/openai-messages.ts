import { asArray, asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { ToolSpec, Turn } from "./dialect.ts";
import { type Part, type Piece, toolCall } from "./message.ts";
import {
  asText,
  base64Part,
  callPiece,
  contentParts,
  indexOf,
  mediaPart,
  objects,
  otherPart,
  toolSpec,
} from "./shared.ts";

/** `messages` of the chat completions API as turns: https://platform.openai.com/docs/api-reference/chat/create */
export function chatTurns(messages: JsonValue | undefined): Turn[] {
  return objects(messages).map((message) => ({
    role: asString(message.get("role")) ?? "unknown",
    parts: chatParts(message),
  }));
}

function chatParts(message: JsonObject): Part[] {
  const role = message.get("role");
  const reasoning = asString(message.get("reasoning_content")) ?? asString(message.get("reasoning"));
  const content = contentParts(message.get("content"), contentPart);
  const calls = objects(message.get("tool_calls")).map((call) => {
    const made = asObject(call.get("function")) ?? call;
    return toolCall(asString(call.get("id")) ?? null, asText(made.get("name")), asText(made.get("arguments")));
  });
  const said: Part[] = role === "tool" ? [resultOf(message, content)] : content;
  return [...(reasoning ? [{ type: "reasoning", text: reasoning } as Part] : []), ...said, ...calls];
}

function resultOf(message: JsonObject, content: readonly Part[]): Part {
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return {
    type: "tool-result",
    id: asString(message.get("tool_call_id")) ?? null,
    name: asString(message.get("name")) ?? null,
    text,
  };
}

function contentPart(part: JsonObject): Part[] {
  switch (part.get("type")) {
    case "text":
      return [{ type: "text", text: asText(part.get("text")) }];
    case "refusal":
      return [{ type: "refusal", text: asText(part.get("refusal")) }];
    case "image_url": {
      const image = part.get("image_url");
      return [mediaPart(asString(asObject(image)?.get("url")) ?? asText(image), "image")];
    }
    case "input_audio": {
      const audio = asObject(part.get("input_audio"));
      return [base64Part(asText(audio?.get("data")), `audio/${asText(audio?.get("format"))}`)];
    }
    default:
      return [otherPart(part)];
  }
}

/** `tools` of the chat completions API: {type: "function", function: {…}}. */
export const chatTools = (tools: JsonValue | undefined): ToolSpec[] =>
  objects(tools).map((tool) => toolSpec(asObject(tool.get("function")) ?? tool, "parameters"));

/**
 * What a chat or text completion brings, streamed (`delta`) or whole (`message`). Providers add
 * reasoning under two names, some under both with the same text.
 */
export function completionPieces(chunk: JsonValue): Piece[] {
  const object = asObject(chunk);
  const pieces: Piece[] = [];
  const choices = asArray(object?.get("choices")) ?? [];
  let position = 0;
  for (const element of choices) {
    const choice = asObject(element);
    if (!choice) continue;
    const index = indexOf(choice.get("index"), position++);
    const said = asObject(choice.get("delta")) ?? asObject(choice.get("message"));
    if (said) addSaid(pieces, said, index);
    // Together sends text completions under both names at once.
    if (!asString(said?.get("content"))) addText(pieces, "text", index, choice.get("text"));
    const reason = choice.get("finish_reason");
    if (typeof reason === "string" && reason !== "") pieces.push({ type: "finish", choice: index, reason });
  }
  const error = object?.get("error");
  if (error !== undefined && error !== null) {
    pieces.push({ type: "error", text: asString(asObject(error)?.get("message")) ?? asText(error) });
  }
  const usage = asObject(object?.get("usage"));
  if (usage) pieces.push({ type: "usage", usage });
  return pieces;
}

function addSaid(pieces: Piece[], said: JsonObject, choice: number): void {
  addText(pieces, "reasoning", choice, asString(said.get("reasoning_content")) || said.get("reasoning"));
  addText(pieces, "text", choice, said.get("content"));
  addText(pieces, "refusal", choice, said.get("refusal"));
  const calls = said.get("tool_calls");
  if (Array.isArray(calls)) {
    for (const [position, call] of objects(calls).entries()) {
      const made = asObject(call.get("function")) ?? call;
      const key = String(indexOf(call.get("index"), position));
      pieces.push(callPiece(choice, key, call.get("id"), made.get("name"), made.get("arguments")));
    }
  }
  const old = asObject(said.get("function_call"));
  if (old) pieces.push(callPiece(choice, "function_call", undefined, old.get("name"), old.get("arguments")));
}

function addText(pieces: Piece[], type: "text" | "reasoning" | "refusal", choice: number, text?: JsonValue): void {
  if (typeof text === "string" && text !== "") pieces.push({ type, choice, text });
}

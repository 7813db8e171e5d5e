import type { JsonObject, JsonValue } from "../recording/json/value.ts";
import { JsonError, parseJson } from "../recording/json/parse.ts";

/** One thing that a chunk, or an unstreamed body, brings. `choice` is the choice's index. */
export type Piece =
  | { type: "text" | "reasoning" | "refusal"; choice: number; text: string }
  /** A piece of a tool call; pieces with the same `call` belong together and their arguments join. */
  | { type: "tool-call"; choice: number; call: string; id?: string; name?: string; arguments?: string }
  | { type: "finish"; choice: number; reason: string }
  | { type: "usage"; usage: JsonObject }
  /** What is no message: an embedding, a model of a list, a search result. */
  | { type: "item"; label: string; text: string }
  /** A failure that the API told inside its stream. */
  | { type: "error"; text: string };

/** A tool call as it adds up. */
export interface ToolCall {
  type: "tool-call";
  id: string | null;
  name: string;
  /** As the model wrote them: JSON text, mostly. */
  arguments: string;
  /** The arguments as JSON; undefined where they are none. */
  parsed: JsonValue | undefined;
}

/** A part of what one side said, in the order in which it came. */
export type Part =
  | { type: "text" | "reasoning" | "refusal"; text: string }
  | ToolCall
  | { type: "tool-result"; id: string | null; name: string | null; text: string }
  /** An image, sound or file: what it is, and its bytes where it lies in the request itself. */
  | { type: "media"; media: string; source: string }
  /** What no dialect knows: shown as it is. */
  | { type: "other"; label: string; value: JsonValue };

/** One answer of the model, of which there may be several. */
export interface Choice {
  index: number;
  parts: Part[];
  finish: string | null;
}

/** What the chunks of a response add up to. */
export interface Message {
  choices: Choice[];
  items: { label: string; text: string }[];
  usage: JsonObject | null;
  errors: string[];
}

/** Joins pieces, in the order in which they came, into the message that they add up to. */
export function assemble(pieces: Iterable<Piece>): Message {
  const message: Message = { choices: [], items: [], usage: null, errors: [] };
  const choices = new Map<number, Choice>();
  const calls = new Map<string, ToolCall>();
  const choiceAt = (index: number): Choice => {
    let choice = choices.get(index);
    if (!choice) {
      choice = { index, parts: [], finish: null };
      choices.set(index, choice);
    }
    return choice;
  };
  for (const piece of pieces) {
    if (piece.type === "usage") message.usage = piece.usage;
    else if (piece.type === "item") message.items.push({ label: piece.label, text: piece.text });
    else if (piece.type === "error") message.errors.push(piece.text);
    else if (piece.type === "finish") choiceAt(piece.choice).finish = piece.reason;
    else if (piece.type === "tool-call") {
      const key = `${piece.choice} ${piece.call}`;
      let call = calls.get(key);
      if (!call) {
        call = { type: "tool-call", id: null, name: "", arguments: "", parsed: undefined };
        calls.set(key, call);
        choiceAt(piece.choice).parts.push(call);
      }
      call.id = piece.id ?? call.id;
      call.name += piece.name ?? "";
      call.arguments += piece.arguments ?? "";
    } else addText(choiceAt(piece.choice).parts, piece.type, piece.text);
  }
  for (const call of calls.values()) call.parsed = parsedArguments(call.arguments);
  message.choices = [...choices.values()].sort((a, b) => a.index - b.index);
  return message;
}

function addText(parts: Part[], type: "text" | "reasoning" | "refusal", text: string): void {
  const last = parts.at(-1);
  if (last?.type === type) last.text += text;
  else parts.push({ type, text });
}

/** Arguments as JSON; undefined where they are none. A call without arguments has an empty text. */
export function parsedArguments(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** A tool call whose arguments came in one piece. */
export function toolCall(id: string | null, name: string, args: string): ToolCall {
  return { type: "tool-call", id, name, arguments: args, parsed: parsedArguments(args) };
}

/** All that was said in parts of one type, joined. */
export function textOf(parts: readonly Part[], type: "text" | "reasoning" | "refusal" = "text"): string {
  return parts.map((part) => (part.type === type ? part.text : "")).join("");
}

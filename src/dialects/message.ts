import { JsonError } from "../recording/json/error.ts";
import { parseJson } from "../recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";

/** One thing that a chunk, or an unstreamed body, brings. `choice` is the choice's index. */
export type Piece =
  | { type: "text" | "reasoning" | "refusal"; choice: number; text: string }
  /** A piece of a tool call; pieces with the same `call` join. One with null is a call of its own. */
  | { type: "tool-call"; choice: number; call: string | null; id?: string; name?: string; arguments?: string }
  | { type: "finish"; choice: number; reason: string }
  | { type: "usage"; usage: JsonObject }
  /** What is no message: an embedding, a model of a list, a search result. */
  | { type: "item"; label: string; text: string }
  /** A failure that the API told inside its stream. */
  | { type: "error"; text: string };

/** A tool call as it adds up. {@link parsedArguments} reads its arguments. */
export interface ToolCall {
  type: "tool-call";
  id: string | null;
  name: string;
  /** As the model wrote them: JSON text, mostly. */
  arguments: string;
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

/** Joins pieces, one after another, into the message that they add up to. */
export class Assembler {
  private readonly choices = new Map<number, Choice>();
  private readonly calls = new Map<string, ToolCall>();
  private readonly rest: Omit<Message, "choices"> = { items: [], usage: null, errors: [] };

  /** What has come so far, choices in the order of their indexes. */
  get message(): Message {
    return Object.assign(this.rest, { choices: [...this.choices.values()].sort((a, b) => a.index - b.index) });
  }

  /** Takes a piece; tells the part of a choice that it went to. */
  add(piece: Piece): Part | undefined {
    const { rest } = this;
    if (piece.type === "usage") rest.usage = updated(rest.usage, piece.usage);
    else if (piece.type === "item") rest.items.push({ label: piece.label, text: piece.text });
    else if (piece.type === "error") rest.errors.push(piece.text);
    else if (piece.type === "finish") this.choice(piece.choice).finish = piece.reason;
    else if (piece.type === "tool-call") {
      const call = this.call(piece.choice, piece.call);
      call.id = piece.id ?? call.id;
      call.name += piece.name ?? "";
      call.arguments += piece.arguments ?? "";
      return call;
    } else return addText(this.choice(piece.choice).parts, piece.type, piece.text);
    return undefined;
  }

  private choice(index: number): Choice {
    let choice = this.choices.get(index);
    if (!choice) {
      choice = { index, parts: [], finish: null };
      this.choices.set(index, choice);
    }
    return choice;
  }

  private call(index: number, key: string | null): ToolCall {
    const known = key === null ? undefined : this.calls.get(`${index} ${key}`);
    if (known) return known;
    const call = toolCall(null, "", "");
    if (key !== null) this.calls.set(`${index} ${key}`, call);
    this.choice(index).parts.push(call);
    return call;
  }
}

/** The message that pieces, in the order in which they came, add up to. */
export function assemble(pieces: Iterable<Piece>): Message {
  const assembler = new Assembler();
  for (const piece of pieces) assembler.add(piece);
  return assembler.message;
}

/** Counts as last told: streams repeat running totals, and some tell the input first and the output last. */
function updated(before: JsonObject | null, now: JsonObject): JsonObject {
  const kept = [...(before?.entries() ?? [])].filter(([key]) => !now.has(key));
  const all = [...kept, ...now.entries()];
  return new JsonObject(
    all.map(([key]) => key),
    all.map(([, value]) => value),
  );
}

function addText(parts: Part[], type: "text" | "reasoning" | "refusal", text: string): Part {
  const last = parts.at(-1);
  if (last?.type === type) {
    last.text += text;
    return last;
  }
  const part: Part = { type, text };
  parts.push(part);
  return part;
}

/** The arguments of a call as JSON; undefined where they are none. */
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
  return { type: "tool-call", id, name, arguments: args };
}

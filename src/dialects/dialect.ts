import type { JsonObject, JsonValue } from "../recording/json/value.ts";
import type { Part, Piece } from "./message.ts";

/** One turn of the conversation that a request carries. */
export interface Turn {
  role: string;
  parts: Part[];
}

/** A tool that the model was offered. */
export interface ToolSpec {
  name: string;
  description: string;
  /** Its JSON Schema, where it has one. */
  parameters: JsonValue | null;
}

/** What a request asks, in the terms of its API. */
export interface Asked {
  turns: Turn[];
  tools: ToolSpec[];
  /** All else, by key, in the order written: temperature, stream, … */
  parameters: [key: string, value: JsonValue][];
}

/** How a dialect's answers look on the wire. */
export interface Wire {
  /** One chunk of a stream, as the bytes that the API would send for it. */
  chunk(chunk: JsonValue): string;
  /** What closes a stream that ended well. */
  end: string;
  /** An unstreamed body. */
  body(body: JsonValue): JsonValue;
}

/**
 * An API that recordings speak. Chunks and bodies are handed in without their Python wrapper
 * (`__type__`, `__data__`); the chunk of an SSE dialect is the JSON of one event.
 */
export interface Dialect {
  /** As `--dialect` takes it. */
  id: string;
  title: string;
  /** Endpoints that speak it. */
  endpoint: RegExp;
  /** Python type names that speak it, for recordings whose endpoint is not known. */
  type: RegExp | null;
  /** The chunks of its streams are lines of SSE, several to an event, rather than objects. */
  sseLines?: true;
  /** What every sound stream of this API has: a finish for each choice, an id for each tool call. */
  streams?: {
    finish?: true;
    callIds?: true;
    /** Whether a chunk is one that closes a stream, where the API has such beside the finish of a choice. */
    last?(chunk: JsonValue): boolean;
  };
  ask(body: JsonObject): Asked;
  chunk(chunk: JsonValue): Piece[];
  body(body: JsonValue): Piece[];
  wire: Wire;
}

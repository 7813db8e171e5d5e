import { asObject, type JsonValue } from "../recording/json/value.ts";
import type { Recording } from "../recording/recording.ts";
import type { Asked, Dialect } from "./dialect.ts";
import type { Piece } from "./message.ts";
import { LINES_WIRE } from "./shared.ts";
import { eventJson, sseEvents } from "./sse.ts";

/** What travels together: a chunk, or the recorded lines of one SSE event. */
export interface Unit {
  /** The chunks as stored. */
  stored: JsonValue[];
  /** Without the Python wrapper; of an event its JSON, undefined where it has none. */
  data: JsonValue | undefined;
  /** Its bytes as the API sends them; written only for who asks. */
  wire(): string;
  pieces: Piece[];
}

/** A value without the wrapper that names its Python type. */
export function unwrapped(value: JsonValue): JsonValue {
  const object = asObject(value);
  const data = object?.get("__data__");
  return data !== undefined && object?.get("__type__") !== undefined ? data : value;
}

/** The stream of a recording, unit by unit; empty for one that did not stream. */
export function unitsOf(recording: Recording, dialect: Dialect): Unit[] {
  const { body, head } = recording;
  if (!head.streaming || !Array.isArray(body)) return [];
  if (body.length > 0 && body.every((chunk) => typeof chunk === "string")) {
    return sseEvents(body).map((event) => {
      const data = eventJson(event);
      return {
        stored: event.lines,
        data,
        wire: () => event.lines.map(LINES_WIRE.chunk).join(""),
        pieces: data === undefined ? [] : dialect.chunk(data),
      };
    });
  }
  return body.map((chunk) => new ChunkUnit(chunk, dialect));
}

/** A chunk by itself. A class: a recording has hundreds, and a closure for each costs more than all else of them. */
class ChunkUnit implements Unit {
  readonly stored: JsonValue[];
  readonly data: JsonValue;
  readonly pieces: Piece[];

  constructor(
    chunk: JsonValue,
    private readonly dialect: Dialect,
  ) {
    this.stored = [chunk];
    this.data = unwrapped(chunk);
    this.pieces = dialect.chunk(this.data);
  }

  wire(): string {
    return this.dialect.wire.chunk(this.data);
  }
}

/** All that a response brings, streamed or not, in order. */
export function piecesOf(recording: Recording, dialect: Dialect): Piece[] {
  if (recording.head.streaming && Array.isArray(recording.body)) {
    return unitsOf(recording, dialect).flatMap((unit) => unit.pieces);
  }
  return recording.body === null ? [] : dialect.body(bodyData(recording));
}

/** An unstreamed body without wrappers; of a list, each element's. */
export function bodyData(recording: Recording): JsonValue {
  const { body } = recording;
  return Array.isArray(body) ? body.map(unwrapped) : unwrapped(body);
}

/** What the request of a recording asks, in the terms of its dialect. */
export function askedOf(recording: Recording, dialect: Dialect): Asked {
  const { request } = recording;
  const body = asObject(request.get("payload")) ?? asObject(request.get("body"));
  return dialect.ask(recording.head.kind === "tool" || !body ? request : body);
}

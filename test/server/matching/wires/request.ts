import type { JsonObject, JsonValue } from "../../../../src/recording/json/value.ts";
import type { Route } from "../../../../src/server/matching/routes.ts";

/** What a client library sends. */
export interface WireRequest {
  readonly method: string;
  /** With what stands behind a `?`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where nothing is sent. */
  readonly body: JsonValue;
}

/** A recorded request, and the row of the table that it was made under. */
export interface Stored {
  readonly route: Route;
  readonly request: JsonObject;
  /** Keyword arguments, payload, or arguments of a tool. */
  readonly body: JsonObject;
  /** The path of its base url; empty where it has none. */
  readonly base: string;
}

/** What clients send for a stored request: one for each API that takes it, the recorder's own library first. */
export type Wires = (stored: Stored) => readonly WireRequest[];

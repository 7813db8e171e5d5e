import type { JsonObject, JsonValue } from "../../../recording/json/value.ts";
import type { Candidate } from "../axes.ts";
import type { Route, Routed } from "../routes.ts";

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

/** How requests of some APIs look on the wire, and how recordings store them. */
export interface Form {
  /** What the request may be stored as, in a fixed order; each of them looks on the wire as this does. */
  stored(routed: Routed, body: JsonObject): readonly Candidate[];
  /** What clients send for a stored request: one for each API that takes it, the recorder's own first. */
  wires(stored: Stored): readonly WireRequest[];
}

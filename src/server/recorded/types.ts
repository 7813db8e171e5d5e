import type { JsonObject } from "../../recording/json/value.ts";

/** What an upstream answered, on the wire. */
export interface Answered {
  /** The HTTP status. */
  status: number;
  /** As they came, in their order and letters: GenAI's recordings have them. */
  headers: Readonly<Record<string, string>>;
  /** The body as text, in the pieces in which it came; what matters is them joined. */
  frames: readonly string[];
  /** Whether it came as a stream: SSE or JSON lines. */
  streamed: boolean;
  /** How it ended: whole, or broken off. */
  ended: "whole" | "broken";
}

/** What was asked, in the terms of the recorder: not the wire's body, but the keyword arguments of the SDK's call. */
export interface AskedCall {
  /** The id of a dialect. */
  dialect: string;
  kind: "inference" | "http" | "tool";
  method: string;
  url: string;
  /** The plain path of the API, as recordings of kind inference store it. */
  endpoint: string;
  /** Keyword arguments of an SDK's call or of a tool, or the payload of a raw HTTP call. */
  body: JsonObject;
  testId: string | null;
  /** Of a tool alone. */
  provider?: string;
  toolName?: string;
  /** What `provider_metadata` is to say; left out where it is not given. */
  providerMetadata?: JsonObject;
  /** The scheme in force; the newest of its kind where it is not given. */
  scheme?: string;
}

/** A response as the recorder stores it, or why it stores none. */
export type Stored = { response: JsonObject } | { refused: string };

/** How an API's answers are stored. `id` is what ids of answers become. */
export type Answering = (call: AskedCall, answered: Answered, id: string) => Stored;

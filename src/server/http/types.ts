import type { Limits } from "./limits.ts";

/** One request, complete, that was let in. */
export interface HttpAsked {
  /** Upper case, as it came. */
  method: string;
  /** Percent-decoded, without the query; begins with "/" and holds no dot segments and no control characters. */
  path: string;
  /** As it came, without the "?"; empty where there is none. */
  query: string;
  /** Names in lower case, without a prototype; never with the token. */
  headers: Readonly<Record<string, string>>;
  /** Decoded where it had a content-encoding (the headers then say nothing of it any more). */
  body: Uint8Array;
  /** Aborted when the client goes away, or the server ends it, before it has the whole answer. */
  gone: AbortSignal;
}

export interface HttpReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  /**
   * Whole, or frames that are each written when they come: the next is asked for once the client keeps up. A source
   * that throws breaks the connection off, behind all that it gave before. Frames that are all there already are best
   * given as an array, or as ReadyFrames where they are sent more than once: waiting for each costs as much as writing it.
   */
  body: string | Uint8Array | AsyncIterable<string | Uint8Array> | readonly (string | Uint8Array)[];
}

export type Handler = (asked: HttpAsked) => Promise<HttpReply>;

/** Thrown by a source of frames to break off on purpose (a stream that broke off once, replayed): no problem to tell of. */
export class BrokenOff extends Error {}

/** A request that was turned away; of one that could not be read, as much as is known of it. */
export interface TurnedAway {
  method: string;
  /** Without a query. */
  path: string;
  status: number;
  message: string;
  /** The client itself broke its request off. */
  left?: true;
}

export interface ServerOptions {
  /** "localhost" is both 127.0.0.1 and ::1. What is no loopback address needs a token. */
  host: string;
  /** 0: a free one. */
  port: number;
  /** What X-Recctl-Token must say; null: nothing, and then the Host of a request must be a loopback name. */
  token: string | null;
  limits: Limits;
  handler: Handler;
  /** The JSON of an error, in the shape of the API that has this path ("" where a request had none that could be read). */
  errorBody(path: string, status: number, message: string): string;
  /** Takes each request that is turned away before the handler, once, before it is answered. */
  onRefused?(early: TurnedAway): void;
  /** What whoever runs the server should know, and clients are not told. */
  onProblem?(text: string): void;
}

export interface RunningServer {
  /** With the address and the port that it listens on: http://127.0.0.1:8080 */
  url: string;
  port: number;
  /** Stops accepting, lets running answers end for so long, then ends them. A later call can only make it shorter. */
  close(graceMs: number): Promise<void>;
}

import type { HttpProxy } from "./proxies.ts";

/** What one upstream is granted for one answer. */
export interface UpstreamLimits {
  /** From asking to the end of the answer's headers: slow models take minutes to their first token. */
  headersMs: number;
  /** Between two pieces, while somebody waits for the next. */
  idleMs: number;
  /** For all of the answer. */
  wholeMs: number;
  /** Of the answer, before and after it is decoded. */
  bytes: number;
  /** Of the answer, decoded: what is longer is passed on and not kept, for nothing as long is recorded. */
  keptBytes: number;
  /** Of its headers. */
  headerBytes: number;
}

export const DEFAULT_UPSTREAM_LIMITS: UpstreamLimits = {
  headersMs: 600_000,
  idleMs: 300_000,
  wholeMs: 3_600_000,
  bytes: 256_000_000,
  keptBytes: 20_000_000,
  headerBytes: 65_536,
};

export interface UpstreamAsked {
  /** http or https, with path and query, and without a user name. */
  url: string;
  method: string;
  /** As `headersFor` gives them. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | null;
  /** What connects to it; null: nothing does but recctl. */
  proxy: HttpProxy | null;
  /** Ends the asking, and the answer. */
  signal: AbortSignal;
  limits: UpstreamLimits;
}

/** How an answer ended, with all its text (of one that broke off: what came before). */
export type Ended = { text: string; long?: number } & (
  | { how: "whole" }
  // `long` is of an answer that was not kept (`keptBytes`): how many bytes came. Its text is empty.
  | { how: "broken"; why: string; error: UpstreamError }
);

export interface UpstreamAnswer {
  status: number;
  /** In lower case, without those of the connection, the coding and the length. */
  headers: Record<string, string>;
  /** All of them, in their order and letters, for who keeps what was sent. */
  sent: Record<string, string>;
  /**
   * The text in the pieces that it came in, each kept too; for one reader. Throws the UpstreamError that broke it off.
   * Nothing is read ahead of the reader beyond some 64 KB. A reader that leaves early calls off nothing: the rest is read
   * and kept without it, and `signal` is what ends that.
   */
  frames: AsyncIterable<string>;
  /** Reads what is left without a reader. */
  rest(): void;
  /** Resolves at the end, once `frames` or `rest` came to it. */
  ended: Promise<Ended>;
}

export type UpstreamFault =
  | "url"
  | "refused"
  | "dns"
  | "unreachable"
  | "tls"
  | "timeout"
  | "reset"
  | "garbage"
  | "length"
  | "size"
  | "coding"
  | "text"
  | "redirect"
  | "aborted"
  | "other";

/** An upstream that could not be asked, or broke off. The message is for people and holds neither keys nor bodies. */
export class UpstreamError extends Error {
  constructor(
    readonly fault: UpstreamFault,
    message: string,
  ) {
    super(message);
  }

  /** Whether it is a limit of recctl, and no failure of who was asked: too long, or too slow for it. */
  get own(): boolean {
    return this.fault === "size" || this.fault === "timeout";
  }

  /** What a gateway answers then (RFC 9110 15.6.3, 15.6.5); 499 is nginx's, and Google's, for a client that went away. */
  get status(): 499 | 502 | 504 {
    if (this.fault === "aborted") return 499;
    return this.fault === "timeout" ? 504 : 502;
  }
}

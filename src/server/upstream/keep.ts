import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { type Ended, UpstreamError, type UpstreamLimits } from "./types.ts";
import { upstreamError } from "./why.ts";

/** Text that may wait for its reader before no more is read. */
const AHEAD = 65_536;

interface Waiting {
  resolve(frame: IteratorResult<string, undefined>): void;
  reject(error: Error): void;
}

/** The text of one answer: given to a reader piece by piece as it comes, and kept. */
export class Kept implements AsyncIterableIterator<string, undefined> {
  readonly ended: Promise<Ended>;
  private tell!: (ended: Ended) => void;
  private pieces: string[] = [];
  /** Pieces joined by the thousand: an answer that comes byte by byte must not take eight times its size. */
  private readonly blocks: string[] = [];
  private queue: string[] = [];
  private queued = 0;
  private waiting: Waiting | null = null;
  private how: Ended | null = null;
  /** Nobody takes pieces: they are kept alone. */
  private alone = false;
  private bytes = 0;
  private idle: NodeJS.Timeout | null = null;
  private readonly deadline: NodeJS.Timeout;
  // A byte order mark is text like any other here: what is recorded must give the same bytes again.
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(
    private readonly source: Readable,
    private readonly response: IncomingMessage,
    private readonly limits: UpstreamLimits,
    private readonly signal: AbortSignal,
    private readonly where: string,
  ) {
    this.ended = new Promise((resolve) => {
      this.tell = resolve;
    });
    this.deadline = setTimeout(() => this.late("the whole answer", limits.wholeMs), limits.wholeMs);
    source.on("data", (chunk: Buffer) => this.take(chunk));
    source.once("end", () => this.finish());
    source.on("error", (error) => this.fail(upstreamError(error, where)));
    source.once("close", () => this.fail(upstreamError({ code: "ECONNRESET" }, where)));
    // Behind a decoder the answer itself may fail last.
    response.on("error", () => undefined);
    signal.addEventListener("abort", this.onAbort, { once: true });
    if (signal.aborted) this.onAbort();
    // It failed before anybody could listen.
    else if (source.destroyed) this.fail(upstreamError(source.errored ?? { code: "ECONNRESET" }, where));
    // Read before it is asked for, or what came right before a reset would be lost.
    else this.flow();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const frame = this.queue.shift();
    if (frame !== undefined) {
      this.queued -= frame.length;
      return Promise.resolve({ done: false, value: frame });
    }
    if (this.how?.how === "broken" && !this.alone) return Promise.reject(this.how.error);
    if (this.how || this.alone) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.flow();
    });
  }

  return(): Promise<IteratorResult<string, undefined>> {
    this.rest();
    return Promise.resolve({ done: true, value: undefined });
  }

  rest(): void {
    this.alone = true;
    this.queue = [];
    this.queued = 0;
    this.waiting?.resolve({ done: true, value: undefined });
    this.waiting = null;
    this.flow();
  }

  /** Only while it is read can it be slow: what waits for its reader is not the upstream's fault. */
  private flow(): void {
    if (this.how) return;
    if (this.idle) this.idle.refresh();
    else this.idle = setTimeout(() => this.late("more of its answer", this.limits.idleMs), this.limits.idleMs);
    this.source.resume();
  }

  private hold(): void {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    this.source.pause();
  }

  private take(chunk: Buffer): void {
    if (this.how) return;
    this.idle?.refresh();
    this.bytes += chunk.length;
    if (this.bytes > this.limits.bytes) {
      this.fail(this.error("size", `it answers with more than ${this.limits.bytes} bytes`));
      return;
    }
    this.push(this.text(chunk));
  }

  /** Null where it is no text; a character that is split stays in the decoder until it is whole. */
  private text(chunk: Buffer | null): string | null {
    try {
      return chunk ? this.decoder.decode(chunk, { stream: true }) : this.decoder.decode();
    } catch {
      this.fail(this.error("text", `byte ${this.bytes} of its answer or one shortly before is no UTF-8`));
      return null;
    }
  }

  private push(text: string | null): void {
    if (!text) return;
    this.keep(text);
    if (this.alone) return;
    if (this.waiting) {
      this.waiting.resolve({ done: false, value: text });
      this.waiting = null;
    } else {
      this.queue.push(text);
      this.queued += text.length;
      if (this.queued >= AHEAD) this.hold();
    }
  }

  private keep(text: string): void {
    if (this.bytes > this.limits.keptBytes) {
      this.blocks.length = 0;
      this.pieces = [];
      return;
    }
    this.pieces.push(text);
    if (this.pieces.length < 4_096) return;
    this.blocks.push(this.pieces.join(""));
    this.pieces = [];
  }

  private finish(): void {
    if (this.how) return;
    this.push(this.text(null));
    if (this.how) return;
    if (this.response.complete) this.end({ how: "whole", ...this.whole() });
    else this.fail(this.error("reset", "it closed the connection before the end of its answer"));
  }

  private readonly onAbort = (): void => this.fail(this.error("aborted", "the answer was called off"));

  private late(what: string, ms: number): void {
    this.fail(this.error("timeout", `${what} did not come within ${ms / 1000} s`));
  }

  private error(fault: UpstreamError["fault"], text: string): UpstreamError {
    return new UpstreamError(fault, `the upstream ${this.where}: ${text}`);
  }

  private fail(error: UpstreamError): void {
    if (this.how) return;
    this.end({ how: "broken", why: error.message, error, ...this.whole() });
    this.source.destroy();
    this.response.destroy();
  }

  private whole(): Pick<Ended, "text" | "long"> {
    if (this.bytes > this.limits.keptBytes) return { text: "", long: this.bytes };
    return { text: this.blocks.join("") + this.pieces.join("") };
  }

  private end(how: Ended): void {
    this.how = how;
    clearTimeout(this.deadline);
    if (this.idle) clearTimeout(this.idle);
    this.signal.removeEventListener("abort", this.onAbort);
    this.blocks.length = 0;
    this.pieces = [];
    const { waiting } = this;
    this.waiting = null;
    if (how.how === "broken") waiting?.reject(how.error);
    else waiting?.resolve({ done: true, value: undefined });
    this.tell(how);
  }
}

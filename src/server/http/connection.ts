import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Refusal } from "./refusal.ts";

/** One connection: requests on it are answered in their order, one after the other, however many came together. */
export class Connection {
  /** Resolves when all requests so far are answered. */
  tail: Promise<void> = Promise.resolve();
  /** Requests that are not answered yet. */
  pending = 0;
  /** All there ever were. */
  requests = 0;
  /** Nothing more is read from it. */
  spoilt = false;
  /** The requests whose bodies are read, and what ends that. */
  readonly reading = new Map<IncomingMessage, (why: Refusal) => void>();
  private readonly open = new Set<AbortController>();

  constructor(readonly socket: Socket) {
    // FIN counts as gone: a client that waits for nothing more looks the same as one that closed.
    socket.once("end", () => this.abort());
    socket.once("close", () => this.abort());
  }

  /** Whether an answer can still be given: behind one that closes the connection none can. */
  get isOpen(): boolean {
    return this.socket.writable;
  }

  /** Takes a request in: when it may be answered, what tells that the client has gone, and what to call at the end. */
  enter(): { turn: Promise<void>; gone: AbortSignal; leave: (whole: boolean) => void } {
    const turn = this.tail;
    const controller = new AbortController();
    let done: () => void = () => undefined;
    this.tail = new Promise((resolve) => {
      done = resolve;
    });
    this.pending++;
    this.requests++;
    this.open.add(controller);
    if (this.socket.destroyed) controller.abort();
    return {
      turn,
      gone: controller.signal,
      leave: (whole) => {
        // A write may find the client gone before the socket tells.
        if (!whole) controller.abort();
        this.pending--;
        this.open.delete(controller);
        done();
      },
    };
  }

  /** Ends the reading of the body that is not complete; false where there is none. */
  stopReading(why: Refusal): boolean {
    const [stop] = [...this.reading].filter(([request]) => !request.complete).map(([, stop]) => stop);
    stop?.(why);
    return stop !== undefined;
  }

  /** Tells all requests that are not answered that nobody waits for them. */
  abort(): void {
    for (const controller of this.open) controller.abort();
  }
}

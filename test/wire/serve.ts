import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import type { Wire } from "./wires.ts";

/** Where a client library finds its API. */
export interface Api {
  baseUrl: string;
  fetch: typeof fetch;
}

/** A body as the pieces in which it arrives. */
export type Cut = (frames: readonly string[]) => Iterable<Buffer>;

/** Pieces that end within lines, within characters, and within `\n\n`. */
export const inPieces = (size: number): Cut =>
  function* (frames) {
    const bytes = Buffer.from(frames.join(""));
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };

/** A piece for each frame, as `replay` writes them. */
export const byFrame: Cut = (frames) => frames.map((frame) => Buffer.from(frame));

function contentType({ streamed, dialect }: Wire): string {
  if (!streamed) return "application/json";
  return dialect === "ollama" ? "application/x-ndjson" : "text/event-stream";
}

/** An API that answers anything with `wire`, without a network. */
export function apiOf(wire: Wire, cut: Cut): Api {
  const fetch = async (): Promise<Response> => {
    const pieces = cut(wire.frames)[Symbol.iterator]();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    return new Response(body, { headers: { "content-type": contentType(wire) } });
  };
  return { baseUrl: "http://api.invalid", fetch };
}

/** An API on 127.0.0.1 that answers anything with the wire it was last given. */
export class LocalApi {
  private wire: Wire | undefined;
  private readonly server: Server;

  constructor(cut: Cut) {
    this.server = createServer(async (request, response) => {
      const wire = this.wire as Wire;
      request.resume();
      response.writeHead(200, { "content-type": contentType(wire) });
      for (const piece of cut(wire.frames)) {
        response.write(piece);
        await setImmediate();
      }
      response.end();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
  }

  answerWith(wire: Wire): Api {
    this.wire = wire;
    return { baseUrl: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`, fetch: globalThis.fetch };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

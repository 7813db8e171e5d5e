import type { ServerResponse } from "node:http";
import { type Frames, framesOf } from "./frames.ts";
import { replyHeaders } from "./headers.ts";
import { ReadyFrames } from "./ready.ts";
import type { HttpReply } from "./types.ts";
import { type Waited, waitFor } from "./wait.ts";

export interface Writing {
  method: string;
  gone: AbortSignal;
  /** How long a client may take nothing. */
  writeMs: number;
  /** No further request on this connection. */
  last: boolean;
}

/** A whole body goes out in slices of this size, so that a slow client is told from one that takes nothing. */
const SLICE = 65_536;

/** RFC 9110 15: these have no content. */
const EMPTY = new Set([204, 205, 304]);

/**
 * Writes a reply to its end, or until the client has gone or takes nothing.
 * @throws what the source of frames threw; the connection is then broken off
 */
export async function writeReply(reply: HttpReply, response: ServerResponse, writing: Writing): Promise<void> {
  if (!Number.isInteger(reply.status) || reply.status < 200 || reply.status > 599) {
    throw new RangeError(`a reply cannot have the status ${reply.status}`);
  }
  const headers = replyHeaders(reply.headers);
  if (writing.last) headers.connection = "close";
  const bodiless = writing.method === "HEAD" || EMPTY.has(reply.status);
  if (typeof reply.body === "string" || reply.body instanceof Uint8Array) {
    const bytes = typeof reply.body === "string" ? Buffer.from(reply.body) : reply.body;
    if (reply.status !== 204 && reply.status !== 304) {
      headers["content-length"] = String(EMPTY.has(reply.status) ? 0 : bytes.length);
    }
    response.writeHead(reply.status, headers);
    return ended(await writeWhole(bodiless ? new Uint8Array() : bytes, response, writing), response, writing);
  }
  if (!Array.isArray(reply.body) && !(Symbol.asyncIterator in Object(reply.body))) {
    throw new TypeError("a reply has a body that is neither text nor bytes nor frames");
  }
  response.writeHead(reply.status, headers);
  if (reply.body instanceof ReadyFrames) {
    return ended(await writeReady(reply.body, bodiless, response, writing), response, writing);
  }
  if (Array.isArray(reply.body)) {
    return ended(bodiless ? "done" : await writeAll(reply.body, response, writing), response, writing);
  }
  const frames = framesOf(reply.body as AsyncIterable<string | Uint8Array>, writing.gone);
  try {
    return ended(bodiless ? "done" : await writeFrames(frames, response, writing), response, writing);
  } catch (error) {
    if (writing.gone.aborted) return;
    await breakOff(response, writing);
    throw error;
  } finally {
    frames.stop();
  }
}

/** The chunks are made already, so node must not make them: a hundred small writes take longer than all else of an answer. */
async function writeReady(
  ready: ReadyFrames,
  bodiless: boolean,
  response: ServerResponse,
  writing: Writing,
): Promise<Waited> {
  if (bodiless) return "done";
  if (!response.chunkedEncoding) return writeWhole(ready.plain, response, writing);
  response.chunkedEncoding = false;
  return writeWhole(ready.chunked, response, writing);
}

async function writeAll(
  frames: readonly (string | Uint8Array)[],
  response: ServerResponse,
  { writeMs }: Writing,
): Promise<Waited> {
  for (const frame of frames) {
    if (frame.length === 0 || response.write(frame)) continue;
    const how = await waitFor(response, "drain", writeMs);
    if (how !== "done") return how;
  }
  return "done";
}

async function writeWhole(bytes: Uint8Array, response: ServerResponse, { writeMs }: Writing): Promise<Waited> {
  let at = 0;
  for (; at + SLICE < bytes.length; at += SLICE) {
    if (response.write(bytes.subarray(at, at + SLICE))) continue;
    const how = await waitFor(response, "drain", writeMs);
    if (how !== "done") return how;
  }
  response.end(bytes.subarray(at));
  return "done";
}

async function writeFrames(frames: Frames, response: ServerResponse, { gone, writeMs }: Writing): Promise<Waited> {
  // Headers go with the first frame where it is there at once, and before it where it is waited for.
  const early = setImmediate(() => response.flushHeaders());
  try {
    for (;;) {
      const frame = await frames.next();
      if (frame === null) return gone.aborted ? "gone" : "done";
      if (frame.length === 0 || response.write(frame)) continue;
      const how = await waitFor(response, "drain", writeMs);
      if (how !== "done") return how;
    }
  } finally {
    clearImmediate(early);
  }
}

async function ended(how: Waited, response: ServerResponse, { writeMs }: Writing): Promise<void> {
  if (how === "done") {
    if (!response.writableEnded) response.end();
    if ((await waitFor(response, "finish", writeMs)) === "done") return;
  }
  response.socket?.destroy();
}

/**
 * Ends a connection in the middle of an answer, behind what was written: the client finds the last chunk missing (RFC 9112
 * 8). To HTTP/1.0, which knows no chunks, it looks like the end.
 */
async function breakOff(response: ServerResponse, { writeMs }: Writing): Promise<void> {
  response.flushHeaders();
  const { socket } = response;
  if (!socket || socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.destroy(), writeMs);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.destroySoon();
  });
}

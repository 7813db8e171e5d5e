import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { Refusal } from "./refusal.ts";

/** Bytes of bodies that are held, by all requests together. */
export class Held {
  bytes = 0;
  private turn: Promise<unknown> = Promise.resolve();
  constructor(readonly most: number) {}

  /** One after the other: bodies that grow when they are decoded must not all do it at once. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

/** What one request holds; given back when it is over. */
export class Share {
  private bytes = 0;
  constructor(private readonly held: Held) {}

  /** @throws Refusal where all requests together hold too much */
  take(bytes: number): void {
    if (this.held.bytes + bytes > this.held.most) throw new Refusal(503, "the server holds too many large requests");
    this.held.bytes += bytes;
    this.bytes += bytes;
  }

  giveBack(): void {
    this.held.bytes -= this.bytes;
    this.bytes = 0;
  }
}

const tooLarge = (most: number): Refusal => new Refusal(413, `the body of the request is larger than ${most} bytes`);

/** @throws Refusal for a length that is told to be too much, before anything is read */
export function checkLength(headers: Readonly<Record<string, string>>, most: number): void {
  if (Number(headers["content-length"] ?? 0) > most) throw tooLarge(most);
}

/**
 * All bytes of a body. `onStop` is handed what ends the reading from outside, where the rest can no longer be read.
 * @throws Refusal
 */
export function readBody(
  request: IncomingMessage,
  most: number,
  share: Share,
  onStop: (stop: (why: Refusal) => void) => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (why: Error): void => {
      request.off("data", take);
      chunks.length = 0;
      reject(why);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      try {
        if (bytes > most) throw tooLarge(most);
        share.take(chunk.length);
      } catch (refusal) {
        stop(refusal as Refusal);
        return;
      }
      chunks.push(chunk);
    };
    onStop(stop);
    request.on("data", take);
    // The client went away, so nobody reads this.
    const early = (): void => stop(new Refusal(400, "the request ended early", true));
    request.once("error", early);
    request.once("close", early);
    request.once("end", () => {
      // Every request is closed in the end, and to make an error takes as long as to answer.
      request.off("error", early);
      request.off("close", early);
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
  });
}

/** RFC 9110 8.4.1. zlib itself stops at the limit, so a bomb never gets larger than it. */
const DECODERS: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>>> =
  {
    gzip: promisify(gunzip),
    "x-gzip": promisify(gunzip),
    deflate: promisify(inflate),
    br: promisify(brotliDecompress),
  };

/**
 * The body behind its content-encoding.
 * @throws Refusal
 */
export async function decodedBody(bytes: Buffer, coding: string, most: number): Promise<Buffer> {
  const name = coding.trim().toLowerCase();
  if (name === "identity" || name === "") return bytes;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode) throw new Refusal(415, "the body has a content-encoding other than gzip, deflate or br");
  try {
    return await decode(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(most);
    throw new Refusal(400, `the body of the request is no ${name}`);
  }
}

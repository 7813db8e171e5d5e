import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { UpstreamError } from "./types.ts";

/** RFC 9110 8.4.1 */
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The bytes of an answer behind its content-encoding. Errors of either end come out of the stream that is given back.
 * @throws UpstreamError for a coding that is not known
 */
export function decodedStream(response: IncomingMessage, where: string): Readable {
  const coding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (coding === "" || coding === "identity") return response;
  const make = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (!make) {
    throw new UpstreamError("coding", `the upstream ${where}: it answers in a coding other than gzip, deflate or br`);
  }
  const decoder = make();
  // The error is told by the decoder itself, which is destroyed with it.
  pipeline(response, decoder, () => undefined);
  return decoder;
}

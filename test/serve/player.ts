import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { headOf } from "../../src/recording/head.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import type { Kept } from "../server/matching/folder.ts";
import { answeredOf } from "../server/recorded/played.ts";

/** Which recording the upstream is to play. */
export const PLAY = "x-play";

/** Of the recorded headers, those that are made by whoever sends. */
const OWN = /^(?:content-length|connection|keep-alive)$/i;

/** An upstream on this machine that answers with the recording that a header names, by its number: frame by frame, with its headers. */
export async function player(all: readonly Kept[]): Promise<string> {
  const server = createServer(async (request, response) => {
    request.resume();
    const one = all[Number(request.headers[PLAY])] as Kept;
    const { status, frames, streamed, headers } = answeredOf(recordingFrom(one.root, ""));
    const told = Object.entries(headers).filter(([name]) => !OWN.test(name));
    const has = (name: string): string | undefined => told.find(([own]) => own.toLowerCase() === name)?.[1];
    const isLines = headOf(one.root).endpoint?.startsWith("/api/");
    const type =
      !streamed || status >= 400 ? "application/json" : isLines ? "application/x-ndjson" : "text/event-stream";
    if (has("content-type") === undefined) told.push(["Content-Type", type]);
    // What node adds nobody recorded.
    response.sendDate = false;
    response.removeHeader("connection");
    response.writeHead(status, told.flat());
    if (has("content-encoding") === "gzip") return void response.end(gzipSync(frames.join("")));
    for (const frame of frames) {
      response.write(frame);
      await new Promise((done) => setImmediate(done));
    }
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

import { expect, it } from "vitest";
import { ReadyFrames } from "../../../src/server/http/ready.ts";
import type { Handler } from "../../../src/server/http/types.ts";
import { connected, raw, received, serving, sleep } from "./serving.ts";

const FRAMES = ["data: é\n\n", "", "data: 0\r\n\r\n", `data: ${"x".repeat(300_000)}\n\n`];
const SENT = FRAMES.join("");
const body = new ReadyFrames(FRAMES);
const handler: Handler = async () => ({ status: 200, headers: { "content-type": "text/event-stream" }, body });

const latin = (text: string): string => Buffer.from(text).toString("latin1");
const ask = (method: string, version: string, more = "Connection: close\r\n"): string =>
  `${method} / HTTP/${version}\r\nHost: localhost\r\n${more}\r\n`;

/** Chunks by themselves, until the last. */
function chunksOf(text: string): { chunks: string[]; rest: string } {
  const chunks: string[] = [];
  for (let rest = text; ; ) {
    const line = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, line), 16);
    const end = line + 2 + size;
    expect(rest.slice(end, end + 2)).toBe("\r\n");
    if (size === 0) return { chunks, rest: rest.slice(end + 2) };
    chunks.push(rest.slice(line + 2, end));
    rest = rest.slice(end + 2);
  }
}
const bodyOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);

it("each frame is a chunk, and the connection serves the next request", async () => {
  const { port } = await serving(handler);
  const answers = await raw(port, ask("POST", "1.1", "Content-Length: 0\r\n") + ask("GET", "1.1"));
  const first = chunksOf(bodyOf(answers));
  expect(first.chunks).toEqual(FRAMES.filter((frame) => frame !== "").map(latin));
  expect(first.rest).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(chunksOf(bodyOf(first.rest))).toEqual({ chunks: first.chunks, rest: "" });
});

it("who knows no chunks gets none, and who asks for the head alone gets that", async () => {
  const { port } = await serving(handler);
  expect(bodyOf(await raw(port, ask("GET", "1.0")))).toBe(latin(SENT));
  expect(bodyOf(await raw(port, ask("HEAD", "1.1")))).toBe("");
});

it("a client that reads slowly gets all of it", async () => {
  const { port } = await serving(handler, { writeMs: 500 });
  const socket = await connected(port);
  socket.pause();
  socket.write(ask("GET", "1.1"));
  await sleep(200);
  const answer = received(socket);
  socket.resume();
  expect(chunksOf(bodyOf(await answer)).chunks.join("")).toBe(latin(SENT));
});

it("whoever takes frame by frame gets them too", async () => {
  const frames: string[] = [];
  for await (const frame of body) frames.push(frame);
  expect(frames.join("")).toBe(SENT);
});

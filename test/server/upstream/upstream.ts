import { createServer, type Server, type Socket } from "node:net";
import { afterEach } from "vitest";
import { askUpstream } from "../../../src/server/upstream/ask.ts";
import {
  DEFAULT_UPSTREAM_LIMITS,
  type Ended,
  type UpstreamAnswer,
  type UpstreamAsked,
  type UpstreamLimits,
} from "../../../src/server/upstream/types.ts";

const servers = new Set<Server>();
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  sockets.clear();
  servers.clear();
});

export interface Made {
  url: string;
  port: number;
  /** What came on each connection, as text. */
  heard: string[];
}

/** An upstream that does as it is told with each connection, once a request's headers and body (`wants` bytes) are there. */
export async function upstream(answer: (socket: Socket, text: string) => void, host = "127.0.0.1"): Promise<Made> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const at = heard.push("") - 1;
    let open = "";
    socket.on("data", (data) => {
      heard[at] += data.toString("latin1");
      open += data.toString("latin1");
      const end = open.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(open)?.[1] ?? 0);
      if (open.length < end + 4 + length) return;
      const text = open;
      open = "";
      answer(socket, text);
    });
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/v1/x`, port, heard };
}

/** An upstream that sends these bytes to each request, and then ends the connection, or breaks it off. */
export const sending = (bytes: string | Buffer, end: "end" | "reset" | "stay" = "end"): Promise<Made> =>
  upstream((socket) => {
    socket.write(bytes, () => {
      if (end === "end") socket.end();
      // Not before the other end has read what was sent.
      else if (end === "reset") setTimeout(() => socket.resetAndDestroy(), 50);
    });
  });

/** The head of an answer. */
export const head = (...headers: string[]): string => ["HTTP/1.1 200 OK", ...headers, "", ""].join("\r\n");

/** Bytes as one HTTP chunk; none: the last. */
export function chunk(bytes: string | Uint8Array = ""): Buffer {
  const all = Buffer.from(bytes as string);
  return Buffer.concat([Buffer.from(`${all.length.toString(16)}\r\n`), all, Buffer.from("\r\n")]);
}

export function ask(
  url: string,
  limits: Partial<UpstreamLimits> = {},
  asked: Partial<UpstreamAsked> = {},
): Promise<UpstreamAnswer> {
  return askUpstream({
    url,
    method: "POST",
    headers: { "x-a": "b" },
    body: Buffer.from("{}"),
    proxy: null,
    signal: new AbortController().signal,
    limits: { ...DEFAULT_UPSTREAM_LIMITS, ...limits },
    ...asked,
  });
}

/** Reads to the end: the pieces, what the reader was thrown, and how it ended. */
export async function read(answer: UpstreamAnswer): Promise<{ frames: string[]; thrown: unknown; ended: Ended }> {
  const frames: string[] = [];
  let thrown: unknown = null;
  try {
    for await (const frame of answer.frames) frames.push(frame);
  } catch (error) {
    thrown = error;
  }
  return { frames, thrown, ended: await answer.ended };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

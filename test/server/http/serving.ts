import { connect, type Socket } from "node:net";
import { afterEach } from "vitest";
import { DEFAULT_LIMITS, type Limits } from "../../../src/server/http/limits.ts";
import { startServer } from "../../../src/server/http/start.ts";
import type { Handler, HttpAsked, RunningServer, ServerOptions } from "../../../src/server/http/types.ts";

export interface Serving extends RunningServer {
  problems: string[];
}

const running = new Set<RunningServer>();
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  const all = [...running];
  running.clear();
  await Promise.all(all.map((server) => server.close(0)));
});

/** What a server tells of an error, here: easy to look at. */
export const errorBody = (path: string, status: number, message: string): string =>
  JSON.stringify({ path, status, message });

/** Answers with what was asked. */
export const echo: Handler = async ({ method, path, query, headers, body }: HttpAsked) => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ method, path, query, headers, body: Buffer.from(body).toString("latin1") }),
});

/** A server on a free port that is closed behind the test. */
export async function serving(
  handler: Handler = echo,
  limits: Partial<Limits> = {},
  options: Partial<ServerOptions> = {},
): Promise<Serving> {
  const problems: string[] = [];
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    token: null,
    limits: { ...DEFAULT_LIMITS, lingerMs: 200, ...limits },
    handler,
    errorBody,
    onProblem: (text) => problems.push(text),
    ...options,
  });
  running.add(server);
  return { ...server, problems };
}

/** A connection that a test ends, or the end of the test. */
export function connected(port: number, host = "127.0.0.1"): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host }, () => resolve(socket));
    sockets.add(socket);
    socket.once("error", reject);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** All that a server sends on a connection until it is closed, by either side. */
export function received(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.once("close", () => resolve(text));
  });
}

/** Sends bytes as they are and gives back all that comes until the server closes the connection. */
export async function raw(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = await connected(port);
  const text = received(socket);
  for (const piece of pieces) socket.write(piece);
  return text;
}

/** The status of a raw answer; 0 where there is none. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** A request that asks for the connection to be closed, as text. */
export const get = (path: string, ...headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");

/** Waits until something holds. */
export async function until(holds: () => boolean, ms = 5_000): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > ms) throw new Error("it never came to hold");
    await sleep(5);
  }
}

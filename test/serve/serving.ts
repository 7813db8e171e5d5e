import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Started, started } from "../cli/process.ts";
import { tree } from "../run.ts";

export interface Served {
  url: string;
  run: Started;
  /** Ends it as Ctrl-C does, and waits. */
  end(signal?: NodeJS.Signals): Promise<{ code: number | string | null; stderr: string }>;
}

/** The published command, serving in a folder. */
export async function served(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Served> {
  const run = started(["serve", "--port", "0", ...args], options).read();
  const pointed = (): string | undefined => /RECCTL_URL=(\S+)\n/.exec(run.stdout.toString())?.[1];
  await run.until(() => pointed() !== undefined);
  return {
    url: pointed() as string,
    run,
    async end(signal = "SIGINT") {
      run.child.kill(signal);
      const { code, stderr } = await run.ended;
      return { code, stderr };
    },
  };
}

/** What the made upstream is asked. */
export interface UpAsked {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Upstream {
  url: string;
  asked: UpAsked[];
}

/** An API on this machine that answers as `answer` says. */
export async function upstream(
  answer: (asked: UpAsked, response: ServerResponse) => void | Promise<void>,
): Promise<Upstream> {
  const asked: UpAsked[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, body: Buffer.concat(pieces).toString() };
    asked.push(one);
    await answer(one, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

/** A tree of its own; below `files` what is in it already. */
export const treeOf = (files: Readonly<Record<string, string>> = {}): string => tree(files);

/** The recordings below a folder. */
export const recordingsIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .sort();

/** A chat that is asked, and how an API answers it: whole, and a piece of a stream. */
export const BODY = { model: "m", messages: [{ role: "user", content: "?" }] };
export const chat = (content: string): string =>
  JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "m",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
  });
export const chunk = (content: string): string =>
  `data: ${JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{ index: 0, finish_reason: null, delta: { content } }],
  })}\n\n`;

export const readJson = (path: string): never => JSON.parse(readFileSync(path, "utf8")) as never;

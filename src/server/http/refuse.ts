import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Connection } from "./connection.ts";
import type { Shared } from "./exchange.ts";
import { OWN_ERROR, type Refusal } from "./refusal.ts";
import { writeReply } from "./reply.ts";
import type { TurnedAway } from "./types.ts";

/** What a request asked for. */
type Asked = Pick<TurnedAway, "method" | "path">;

/** The message of whatever was thrown; never a stack. */
export const errorText = (error: unknown): string => {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "something that has no text was thrown";
  }
};

/** The body of an error in the API's own shape, or a plain one where that cannot be made. */
function bodyOf(shared: Shared, { status, message }: Refusal, path: string): string {
  try {
    return shared.errorBody(path, status, message);
  } catch (error) {
    shared.onProblem?.(`the text of an error could not be made: ${errorText(error)}`);
    return JSON.stringify({ error: { message } });
  }
}

const HEADERS = { "content-type": "application/json", "cache-control": "no-store", [OWN_ERROR]: "true" };

/** Answers a request that is not let through. Where its body was not read the connection ends with it. Never rejects. */
export async function refuse(
  shared: Shared,
  connection: Connection,
  refusal: Refusal,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { writeMs, lingerMs, bodyBytes } = shared.limits;
  // Most clients send all before they read anything: closing under their hands would hide from them why. Those that
  // ask first wait for the answer.
  const sends = !request.complete && !connection.spoilt && request.headers.expect === undefined;
  if (sends) await thrownAway(request, lingerMs, bodyBytes);
  // Complete requests behind this one are still answered.
  const last = !request.complete || (connection.pending === 1 && (connection.spoilt || shared.closing));
  const reply = { status: refusal.status, headers: HEADERS, body: bodyOf(shared, refusal, path) };
  const writing = { method: request.method ?? "", gone: new AbortController().signal, writeMs, last };
  await writeReply(reply, response, writing).catch(() => request.socket.destroy());
  if (last) request.socket.destroySoon();
}

/** Reads on without keeping, as long and as much as it is granted. */
function thrownAway(request: IncomingMessage, ms: number, most: number): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const end = (): void => {
      clearTimeout(timer);
      request.off("data", count);
      request.pause();
      resolve();
    };
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > most) end();
    };
    const timer = setTimeout(end, ms);
    request.on("data", count);
    request.once("end", end);
    request.once("close", end);
  });
}

/** Tells whoever runs the server of a request that gets no further. */
export function tellRefused(shared: Shared, asked: Asked, { status, message, left }: Refusal): void {
  shared.onRefused?.({ ...asked, status, message, ...(left && { left }) });
}

/** Answers what never became a request, behind the answers that are due before it, and closes the connection. */
export async function refuseRaw(shared: Shared, connection: Connection, refusal: Refusal, asked: Asked): Promise<void> {
  await connection.tail;
  const { socket } = connection;
  if (!connection.isOpen) return void socket.destroy();
  // Who opens a connection and says nothing has asked for nothing.
  if (socket.bytesRead > 0) tellRefused(shared, asked, refusal);
  writeRaw(socket, refusal.status, bodyOf(shared, refusal, asked.path), shared.limits.lingerMs);
}

function writeRaw(socket: Socket, status: number, body: string, lingerMs: number): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Error"}`,
    "connection: close",
    "content-type: application/json",
    `${OWN_ERROR}: true`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}

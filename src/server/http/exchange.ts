import type { IncomingMessage, ServerResponse } from "node:http";
import { checkLength, decodedBody, type Held, readBody, Share } from "./body.ts";
import type { Connection } from "./connection.ts";
import { admit, type House } from "./guard.ts";
import { handedOn, requestHeaders } from "./headers.ts";
import { Refusal } from "./refusal.ts";
import { errorText, refuse, tellRefused } from "./refuse.ts";
import { writeReply } from "./reply.ts";
import { targetOf, targetTold } from "./target.ts";
import { BrokenOff, type HttpAsked, type ServerOptions } from "./types.ts";

/** What all requests of a server share. */
export interface Shared extends ServerOptions {
  house: House;
  held: Held;
  /** Whether the server is being closed. */
  closing: boolean;
}

/** One request and its answer, from the headers to the last byte. Never rejects. */
export async function exchange(
  shared: Shared,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // What goes wrong is told by events that are waited for; without a listener an error would end the process.
  request.on("error", () => undefined);
  response.on("error", () => undefined);
  const { turn, gone, leave } = connection.enter();
  const share = new Share(shared.held);
  const { requestsPerConnection, writeMs } = shared.limits;
  // The path is told to errorBody even where the request is then refused.
  const known = { path: "" };
  let writing = false;
  try {
    const asked = await complete(shared, connection, request, response, share, gone, known);
    await turn;
    // What stands behind an answer that closed the connection is asked again elsewhere (RFC 9112 9.6): it must do nothing here.
    if (!connection.isOpen) return;
    if (gone.aborted) return void request.socket.destroySoon();
    const reply = asked === null ? { status: 204, headers: {}, body: "" } : await shared.handler(asked);
    // Requests behind this one on the same connection are still answered.
    const last = connection.pending === 1 && (shared.closing || connection.requests >= requestsPerConnection);
    writing = true;
    await writeReply(reply, response, { method: request.method ?? "", gone, writeMs, last });
  } catch (error) {
    await turn;
    // Of an answer that nobody waited for any more nothing is told either. Who says no more, and broke off, may still listen.
    const left = error instanceof Refusal && error.left;
    if (writing || left || (connection.isOpen && !gone.aborted))
      await failed(shared, connection, error, request, response, known.path);
  } finally {
    share.giveBack();
    leave(response.writableFinished);
    if (shared.closing && connection.pending === 0) request.socket.destroySoon();
  }
}

/** The whole request; null for one that asks nothing (`OPTIONS *`, RFC 9110 9.3.7). */
async function complete(
  { house, limits, held, closing }: Shared,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
  share: Share,
  gone: AbortSignal,
  known: { path: string },
): Promise<HttpAsked | null> {
  const { method = "", url = "", rawHeaders } = request;
  if (closing) throw new Refusal(503, "the server is being stopped");
  if (connection.pending > limits.pipelined) throw new Refusal(503, "too many requests at once on one connection");
  if (url.length > limits.urlBytes)
    throw new Refusal(414, `the request target is longer than ${limits.urlBytes} bytes`);
  const { path, query, authority } = targetOf(url);
  known.path = path;
  const headers = requestHeaders(rawHeaders);
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  const isOld = request.httpVersionMinor === 0;
  admit({ method, headers, headerCount: rawHeaders.length / 2, hosts, isOld, authority }, house);
  checkLength(headers, limits.bodyBytes);
  if (path === "*" && method !== "OPTIONS") throw new Refusal(400, "only OPTIONS can ask for *");
  // The client may hold its body back until it is told to go on (RFC 9110 10.1.1).
  if (headers.expect !== undefined && request.httpVersionMinor > 0) response.writeContinue();
  const raw = await readBody(request, limits.bodyBytes, share, (stop) => {
    connection.reading.set(request, stop);
  }).finally(() => connection.reading.delete(request));
  const coding = headers["content-encoding"];
  const plain = raw.length === 0 || coding === undefined;
  const body = plain ? raw : await held.alone(() => decodedBody(raw, coding, limits.bodyBytes));
  if (body !== raw) share.take(body.length);
  return path === "*" ? null : { method, path, query, headers: handedOn(headers, body !== raw), body, gone };
}

/** A refusal goes to the client with its message; of anything else it is told that something failed, and whoever runs the server what. */
async function failed(
  shared: Shared,
  connection: Connection,
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (error instanceof Refusal) {
    tellRefused(shared, { method: request.method ?? "", path: path || targetTold(request.url ?? "") }, error);
  }
  if (!(error instanceof Refusal) && !(error instanceof BrokenOff)) {
    shared.onProblem?.(`${request.method} ${path}: ${errorText(error)}`);
  }
  if (request.socket.destroyed) return;
  if (response.headersSent) return void request.socket.destroy();
  const told = error instanceof Refusal ? error : new Refusal(500, "the server failed to answer this request");
  await refuse(shared, connection, told, path, request, response);
}

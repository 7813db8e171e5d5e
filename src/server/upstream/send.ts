import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type Socket } from "node:net";
import { type TLSSocket, connect as tlsConnect } from "node:tls";
import { AGENTS } from "./agents.ts";
import { tlsRemedy } from "./tls.ts";
import { tunnel } from "./tunnel.ts";
import { type UpstreamAsked, UpstreamError } from "./types.ts";
import { upstreamError } from "./why.ts";

/**
 * Sends one request and waits for the headers of its answer.
 * @throws UpstreamError
 */
export async function send(asked: UpstreamAsked, url: URL, headersMs: number): Promise<IncomingMessage> {
  if (asked.proxy) return once(asked, url, headersMs, await tunnel(asked.proxy, url, asked.signal));
  try {
    return await onNewOrKept(asked, url, headersMs);
  } catch (error) {
    throw await tlsRemedy(error, url);
  }
}

async function onNewOrKept(asked: UpstreamAsked, url: URL, headersMs: number): Promise<IncomingMessage> {
  try {
    return await once(asked, url, headersMs);
  } catch (error) {
    // A kept connection that was closed without a byte of an answer: a server that closes an idle one at that very moment
    // has read nothing of it. Once more, on a new connection (RFC 9112 9.3.1).
    if (error instanceof Stale) return once(asked, url, headersMs);
    throw error;
  }
}

class Stale extends Error {}

/** @param through a connection to the https host that a proxy made; without one an own, or one that is kept */
function once(asked: UpstreamAsked, url: URL, headersMs: number, through?: Socket): Promise<IncomingMessage> {
  const { method, headers, body, signal, limits } = asked;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      reject(error);
      request?.destroy();
    };
    const abort = (): void =>
      fail(new UpstreamError("aborted", `the upstream ${url.host}: the request was called off`));
    const timer = setTimeout(() => {
      fail(new UpstreamError("timeout", `the upstream ${url.host}: no answer came within ${headersMs / 1000} s`));
    }, headersMs);
    let request: ClientRequest | undefined;
    if (signal.aborted) {
      through?.destroy();
      return abort();
    }
    signal.addEventListener("abort", abort, { once: true });
    const options = {
      method,
      headers: lengthOf(headers, method, body),
      maxHeaderSize: limits.headerBytes,
      insecureHTTPParser: false,
      // Where a name has several addresses, the next is tried (RFC 8305).
      autoSelectFamily: true,
    };
    try {
      if (through) request = httpsRequest(url, { ...options, createConnection: () => securedOn(through, url) });
      else if (url.protocol === "https:") request = httpsRequest(url, { ...options, agent: AGENTS["https:"] });
      else request = httpRequest(url, { ...options, agent: AGENTS["http:"] });
    } catch (error) {
      return fail(upstreamError(error, url.host));
    }
    const sent = request;
    let answer: IncomingMessage | undefined;
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // What comes once the answer has begun is the answer's own end, behind what was read of it in the same turn; a whole
      // one stays whole.
      if (answer) {
        setImmediate(() => {
          if (!answer?.complete) answer?.destroy(error);
        });
        return;
      }
      const stale = sent.reusedSocket && /^(?:ECONNRESET|EPIPE)$/.test(error.code ?? "") && !signal.aborted;
      fail(stale ? new Stale() : upstreamError(error, url.host));
    });
    sent.once("upgrade", (_answer, socket) => {
      socket.destroy();
      fail(new UpstreamError("garbage", `the upstream ${url.host}: it changes to a protocol that nobody asked for`));
    });
    sent.once("response", (response) => {
      answer = response;
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      resolve(response);
    });
    sent.end(body ?? undefined);
  });
}

/** TLS with the host of a URL, on a connection that leads there. */
function securedOn(socket: Socket, { hostname }: URL): TLSSocket {
  const host = hostname.replace(/^\[|\]$/g, "");
  return tlsConnect({ socket, host, ALPNProtocols: ["http/1.1"], ...(isIP(host) === 0 && { servername: host }) });
}

/** A length is told rather than chunks: some servers take no chunked request (RFC 9110 8.6). */
function lengthOf(
  headers: Readonly<Record<string, string>>,
  method: string,
  body: Uint8Array | null,
): Record<string, string> {
  if (body) return { ...headers, "content-length": String(body.length) };
  return /^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method) ? { ...headers } : { ...headers, "content-length": "0" };
}

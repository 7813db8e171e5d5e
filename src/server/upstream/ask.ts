import type { IncomingMessage } from "node:http";
import { answerHeaders, sentHeaders } from "./answer-headers.ts";
import { Kept } from "./keep.ts";
import { decodedStream } from "./pipe.ts";
import { send } from "./send.ts";
import { type UpstreamAnswer, type UpstreamAsked, UpstreamError } from "./types.ts";

/** Redirects that are followed before it is taken for a circle. */
const HOPS = 3;

/**
 * Asks an upstream. The answer is here when its headers are; its text comes as it comes.
 * @throws UpstreamError where it cannot be asked, or answers with what is no answer
 */
export async function askUpstream(asked: UpstreamAsked): Promise<UpstreamAnswer> {
  let url = urlOf(asked.url);
  for (let hops = 0; ; hops++) {
    const response = await send(asked, url, asked.limits.headersMs);
    const next = redirectOf(response, asked.method, url, hops);
    if (next === null) return answerOf(response, asked, url);
    response.on("error", () => undefined);
    response.destroy();
    if (next instanceof Error) throw next;
    url = next;
  }
}

function answerOf(response: IncomingMessage, asked: UpstreamAsked, url: URL): UpstreamAnswer {
  let kept: Kept;
  try {
    kept = new Kept(decodedStream(response, url.host), response, asked.limits, asked.signal, url.host);
  } catch (error) {
    response.on("error", () => undefined);
    response.destroy();
    throw error;
  }
  return {
    status: response.statusCode as number,
    headers: answerHeaders(response.rawHeaders),
    sent: sentHeaders(response.rawHeaders),
    frames: kept,
    rest: () => kept.rest(),
    ended: kept.ended,
  };
}

/** @throws UpstreamError */
function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UpstreamError("url", "an upstream is an http or https URL");
  if (url.username || url.password) {
    throw new UpstreamError(
      "url",
      `the upstream ${url.host}: a URL with a user name is not asked; send a header instead`,
    );
  }
  return url;
}

/**
 * Where a redirect leads: null for what is none, an error for one that is not followed. Keys and prompts go to the origin
 * that was named and to no other; and a POST goes on as a POST alone (RFC 9110 15.4).
 */
function redirectOf(response: IncomingMessage, method: string, from: URL, hops: number): URL | UpstreamError | null {
  const { statusCode = 0 } = response;
  const { location } = response.headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return null;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const told = (text: string): UpstreamError => new UpstreamError("redirect", `the upstream ${from.host}: ${text}`);
  if (!to || to.username || to.password) return told("it redirects to what is no URL");
  if (to.origin !== from.origin) return told(`it redirects to ${to.origin}; if that is right, name it as the upstream`);
  if (statusCode < 307 && method !== "GET" && method !== "HEAD") {
    return told(`it redirects a ${method} to another path with status ${statusCode}; name that path in the upstream`);
  }
  return hops < HOPS ? to : told(`it redirects more than ${HOPS} times`);
}

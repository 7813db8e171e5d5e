import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { HttpProxy } from "./proxies.ts";
import { UpstreamError, type UpstreamFault } from "./types.ts";
import { upstreamError } from "./why.ts";

/** How long a proxy may take to connect. */
const CONNECT_MS = 30_000;

/**
 * A connection to the host of a URL that a proxy made (CONNECT, RFC 9110 9.3.6).
 * @throws UpstreamError which names the proxy without its user and password
 */
export function tunnel({ variable, url }: HttpProxy, to: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${to.hostname}:${to.port || 443}`;
  const what = `proxy of ${variable}`;
  const told = (fault: UpstreamFault, text: string): UpstreamError =>
    new UpstreamError(fault, `the ${what} ${url.host}: ${text}`);
  return new Promise((resolve, reject) => {
    let asked: ClientRequest | undefined;
    const fail = (error: UpstreamError): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      reject(error);
      asked?.destroy();
    };
    const abort = (): void => fail(told("aborted", "the request was called off"));
    const timer = setTimeout(() => {
      fail(told("timeout", `it did not connect to ${target} within ${CONNECT_MS / 1000} s`));
    }, CONNECT_MS);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    // Not the URL itself, whose user and password node would send as those of the host that is asked.
    const { protocol, hostname, port } = url;
    const options = {
      host: hostname.replace(/^\[|\]$/g, ""),
      ...(port && { port }),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...credentials(url) },
      agent: false,
    };
    asked = protocol === "https:" ? httpsRequest(options) : httpRequest(options);
    asked.on("error", (error) => fail(upstreamError(error, url.host, what)));
    asked.once("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return fail(told("refused", refusal(statusCode, target, variable)));
      }
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      resolve(socket as Socket);
    });
    asked.end();
  });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const both = `${decoded(username)}:${decoded(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(both).toString("base64")}` };
}

/** A password with a `%` of its own is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const refusal = (status: number, target: string, variable: string): string =>
  status === 407
    ? `it wants a user and a password: ${variable}=http://USER:PASSWORD@HOST:PORT`
    : `it does not connect to ${target} (status ${status}); NO_PROXY=${target.replace(/:\d+$/, "")} asks it directly`;

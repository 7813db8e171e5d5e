import { UsageError } from "../../errors.ts";
import { Held } from "./body.ts";
import { closing } from "./close.ts";
import type { Shared } from "./exchange.ts";
import { addressesOf, listenAll, urlOf } from "./listen.ts";
import { isLoopbackAddress } from "./loopback.ts";
import { type Connections, makeServer } from "./make.ts";
import { errorText } from "./refuse.ts";
import { tokenTest } from "./token.ts";
import type { RunningServer, ServerOptions } from "./types.ts";

/**
 * Starts a server that hands complete requests to one handler. No request, however malformed, stops it.
 * @throws UserError where it may not or cannot listen there
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, token, limits } = options;
  const addresses = addressesOf(host);
  if (token !== null && !/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError("a token is one or more printable characters without spaces", {
      remedy: "--token TOKEN, or RECCTL_TOKEN",
    });
  }
  if (token === null && !addresses.every(isLoopbackAddress)) {
    throw new UsageError("other machines could ask this server for anything", {
      place: host || "every address",
      remedy: ["add --token TOKEN, which clients send as X-Recctl-Token", "or listen here alone: --host 127.0.0.1"],
    });
  }
  const shared: Shared = {
    ...options,
    onProblem: (text) => {
      // Whoever is told must not end the server either.
      try {
        options.onProblem?.(text);
      } catch {}
    },
    onRefused: (early) => {
      try {
        options.onRefused?.(early);
      } catch (error) {
        shared.onProblem?.(`a request that was refused could not be told of: ${errorText(error)}`);
      }
    },
    house: { isToken: token === null ? null : tokenTest(token), headerCount: limits.headerCount },
    held: new Held(limits.allBodiesBytes),
    closing: false,
  };
  const connections: Connections = new Map();
  const { servers, port } = await listenAll(addresses, options.port, () => makeServer(shared, connections));
  for (const server of servers) server.on("error", (error) => shared.onProblem?.(`the server: ${error.message}`));
  return { url: urlOf(addresses[0] as string, port), port, close: closing(shared, servers, connections) };
}

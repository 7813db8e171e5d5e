import type { Server } from "node:http";
import type { Shared } from "./exchange.ts";
import type { Connections } from "./make.ts";

/** What a timer can wait; with more it would not wait at all. */
const LONGEST = 2 ** 31 - 1;

/** The close of a running server. */
export function closing(
  shared: Shared,
  servers: readonly Server[],
  connections: Connections,
): (graceMs: number) => Promise<void> {
  let closed: Promise<unknown> | null = null;
  return async (graceMs) => {
    shared.closing = true;
    closed ??= Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    // Who waits for an answer gets it; who has asked for nothing, or not in full, is sent away.
    for (const connection of connections.values()) {
      if (connection.pending === 0) connection.socket.destroy();
    }
    const end = setTimeout(
      () => {
        for (const connection of connections.values()) connection.socket.destroy();
      },
      Math.min(graceMs, LONGEST),
    );
    await closed;
    clearTimeout(end);
  };
}

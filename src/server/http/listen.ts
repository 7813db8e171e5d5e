import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../../errors.ts";

/** What stands in the way of listening, and what to do about it. */
const TOLD: Readonly<Record<string, readonly [fact: string, remedy: string]>> = {
  EADDRINUSE: ["another program listens there", "end that program, or choose another port; --port 0 takes a free one"],
  EACCES: ["this user may not listen there", "choose a port from 1024 on; --port 0 takes a free one"],
  EADDRNOTAVAIL: ["this machine has no such address", "--host 127.0.0.1"],
  EAFNOSUPPORT: ["this machine has no such addresses", "--host 127.0.0.1"],
  ENOTFOUND: ["no such host is known", "--host 127.0.0.1"],
  EAI_AGAIN: ["the host's name could not be looked up", "--host 127.0.0.1"],
  ERR_SOCKET_BAD_PORT: ["no such port", "choose a port from 0 to 65535"],
};

/** The addresses behind a host as typed. Clients that are told "localhost" try one or the other first. */
export function addressesOf(host: string): string[] {
  return host.toLowerCase() === "localhost" ? ["127.0.0.1", "::1"] : [host.replace(/^\[(.*)\]$/, "$1")];
}

/** As it stands in a URL. Nobody can ask for the address that stands for all. */
export function urlOf(address: string, port: number): string {
  const reached = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

/**
 * Makes a server for each address, all on one port.
 * @returns the servers and their port
 * @throws UserError where one cannot listen
 */
export async function listenAll(
  addresses: readonly string[],
  port: number,
  make: () => Server,
): Promise<{ servers: Server[]; port: number }> {
  // A port that is free at one address may be taken at the other: then another free one is tried.
  for (let tries = 0; ; tries++) {
    const servers: Server[] = [];
    let taken = port;
    try {
      for (const [at, address] of addresses.entries()) {
        const server = make();
        const got = await listen(server, address, taken).catch((error: NodeJS.ErrnoException) => {
          // Machines without IPv6 have no ::1.
          if (at > 0 && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")) return null;
          throw error;
        });
        if (got === null) continue;
        servers.push(server);
        taken = got;
      }
      return { servers, port: taken };
    } catch (error) {
      for (const server of servers) server.close();
      const { code = "" } = error as NodeJS.ErrnoException;
      if (port === 0 && servers.length > 0 && code === "EADDRINUSE" && tries < 8) continue;
      const [fact, remedy] = TOLD[code] ?? [(error as Error).message, "--host 127.0.0.1 --port 0"];
      throw new UserError(`cannot listen: ${fact}`, { place: `${addresses[0]}:${port}`, remedy });
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

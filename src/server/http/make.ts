import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Connection } from "./connection.ts";
import { exchange, type Shared } from "./exchange.ts";
import { Refusal, unreadable } from "./refusal.ts";
import { refuseRaw } from "./refuse.ts";
import { askedFirst, targetTold } from "./target.ts";
import type { TurnedAway } from "./types.ts";

export type Connections = Map<Duplex, Connection>;

/** A node server whose every event ends in an exchange, a refusal or a closed connection. */
export function makeServer(shared: Shared, connections: Connections): Server {
  const { limits } = shared;
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    // How late a timeout may be noticed.
    connectionsCheckingInterval: Math.max(20, Math.floor(Math.min(5_000, limits.headersMs / 4, limits.requestMs / 4))),
    // Requests that RFC 9112 forbids (both lengths at once, spaces before a colon) are refused whatever node is started with.
    insecureHTTPParser: false,
    // Its lack is refused as all else is (guard.ts): node would answer by itself, and tell nobody.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  // Bounded by their size; node would leave out silently what is beyond a count, and that could be an Origin.
  server.maxHeadersCount = 0;

  const of = (socket: Duplex): Connection => connections.get(socket) ?? enter(socket as Socket);
  const enter = (socket: Socket): Connection => {
    const connection = new Connection(socket);
    connections.set(socket, connection);
    socket.once("close", () => connections.delete(socket));
    return connection;
  };
  const asked = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = of(request.socket);
    // What was read behind a request that spoilt the connection is nobody's request.
    if (connection.spoilt) return;
    if (connection.pending >= limits.pipelined) {
      connection.spoilt = true;
      request.socket.pause();
    }
    void exchange(shared, connection, request, response);
  };
  const spoilt = (
    connection: Connection,
    refusal: Refusal | null,
    asked: Pick<TurnedAway, "method" | "path">,
  ): void => {
    const { socket } = connection;
    if (connection.spoilt) return;
    connection.spoilt = true;
    if (refusal === null) socket.destroy();
    // In the middle of a body: its own request is answered.
    else if (!connection.stopReading(refusal)) void refuseRaw(shared, connection, refusal, asked);
  };

  let dropped = 0;
  server.on("connection", enter);
  server.on("request", asked);
  server.on("checkContinue", asked);
  server.on("checkExpectation", asked);
  server.on("clientError", (error: Error & { rawPacket?: Buffer }, socket) => {
    const connection = of(socket);
    // Where its bytes begin is known of the first one alone.
    const isFirst = connection.requests === 0 && error.rawPacket?.length === connection.socket.bytesRead;
    spoilt(connection, unreadable(error), askedFirst(isFirst ? error.rawPacket : undefined));
  });
  server.on("connect", ({ method = "", url = "" }, socket) => {
    socket.on("error", () => undefined);
    spoilt(of(socket), new Refusal(405, "the server is no proxy"), { method, path: targetTold(url) });
  });
  server.on("drop", () => {
    if (dropped++ === 0) shared.onProblem?.(`more than ${limits.connections} connections at once: others are closed`);
  });
  return server;
}

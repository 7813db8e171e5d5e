import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy on this machine, which leads to one port whatever host is asked for, and what it was asked. */
export interface MadeProxy {
  host: string;
  asked: { target: string; authorization: string | undefined }[];
}

/** @param answer what it does with a connection instead of leading on */
export async function proxyTo(port: number, answer?: (socket: Socket) => void): Promise<MadeProxy> {
  const asked: MadeProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => void response.writeHead(500).end("not a CONNECT"));
  server.on("connection", (socket) => sockets.add(socket));
  server.on("connect", ({ url = "", headers }: IncomingMessage, socket: Socket, head: Buffer) => {
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    socket.on("error", () => undefined);
    if (answer) return answer(socket);
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on("error", () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

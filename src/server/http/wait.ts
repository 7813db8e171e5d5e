import type { ServerResponse } from "node:http";

/** How waiting for a client ended. */
export type Waited = "done" | "gone" | "stalled";

/** Waits for what a response tells next (`drain`: the client took what waited; `finish`: it took all), for so long at most. */
export function waitFor(response: ServerResponse, event: "drain" | "finish", ms: number): Promise<Waited> {
  return new Promise((resolve) => {
    if (event === "finish" && response.writableFinished) return resolve("done");
    // Behind another answer a response has no socket yet, and never hears of its end.
    const socket = response.socket ?? response.req.socket;
    if (response.destroyed || socket.destroyed) return resolve("gone");
    const end = (how: Waited): void => {
      clearTimeout(timer);
      response.off(event, done);
      response.off("close", gone);
      socket.off("close", gone);
      resolve(how);
    };
    const done = (): void => end("done");
    const gone = (): void => end("gone");
    const timer = setTimeout(() => end("stalled"), ms);
    response.once(event, done);
    response.once("close", gone);
    socket.once("close", gone);
  });
}

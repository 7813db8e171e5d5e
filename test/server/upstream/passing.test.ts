import { describe, expect, it } from "vitest";
import type { Handler } from "../../../src/server/http/types.ts";
import { headersFor } from "../../../src/server/upstream/headers.ts";
import { type Ended, UpstreamError } from "../../../src/server/upstream/types.ts";
import { connected, get, raw, serving, sleep, until } from "../http/serving.ts";
import { ask, chunk, head, sending, upstream } from "./upstream.ts";

const CHUNKED = head("Transfer-Encoding: chunked", "Content-Type: text/event-stream");

/** A handler that passes everything on; what it kept of each answer. */
function passing(url: string, ends: "with the client" | "by itself"): { handler: Handler; kept: Ended[] } {
  const kept: Ended[] = [];
  const handler: Handler = async (asked) => {
    try {
      const { headers } = headersFor({ api: "openai", url, from: "flag" }, asked.headers, {});
      const signal = ends === "with the client" ? asked.gone : new AbortController().signal;
      const answer = await ask(url, {}, { method: asked.method, headers, body: asked.body, signal });
      answer.ended.then((end) => kept.push(end));
      return { status: answer.status, headers: answer.headers, body: answer.frames };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return { status: error.status, headers: {}, body: error.message };
    }
  };
  return { handler, kept };
}

/** An upstream that sends so many events, with pauses. */
const events = (count: number, pause: number) =>
  upstream(async (socket) => {
    socket.write(CHUNKED);
    for (let at = 0; at < count && !socket.destroyed; at++) {
      socket.write(chunk(`data: ${at}\n\n`));
      await sleep(pause);
    }
    socket.write(chunk());
  });

const all = (count: number): string => Array.from({ length: count }, (_, at) => `data: ${at}\n\n`).join("");

describe("an answer that is passed on", () => {
  it("is whole at the client and whole where it is kept", async () => {
    const { url } = await events(20, 1);
    const { handler, kept } = passing(url, "with the client");
    const server = await serving(handler);
    const response = await fetch(`${server.url}/v1/x`, { method: "POST", body: "{}" });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toBe(all(20));
    expect(kept).toEqual([{ how: "whole", text: all(20) }]);
  });

  it("breaks off at the client where the upstream did", async () => {
    const { url } = await sending(`${CHUNKED}${chunk("data: 1\n\n")}`, "reset");
    const { handler, kept } = passing(url, "with the client");
    const { port, problems } = await serving(handler);
    const text = await raw(port, get("/"));
    expect(text).toContain("data: 1\n\n");
    expect(text.endsWith("0\r\n\r\n")).toBe(false);
    expect(kept).toMatchObject([{ how: "broken", text: "data: 1\n\n" }]);
    await until(() => problems.length > 0);
    expect(problems).toEqual([expect.stringContaining("it closed the connection early")]);
  });

  it("ends with a client that goes, or is kept to its end without it", async () => {
    for (const ends of ["with the client", "by itself"] as const) {
      const { url } = await events(50, 5);
      const { handler, kept } = passing(url, ends);
      const { port, problems } = await serving(handler);
      const client = await connected(port);
      client.write(get("/"));
      await new Promise((resolve) => client.once("data", resolve));
      client.destroy();
      await until(() => kept.length === 1);
      if (ends === "by itself") expect(kept).toEqual([{ how: "whole", text: all(50) }]);
      else expect(kept).toMatchObject([{ how: "broken", error: { fault: "aborted" } }]);
      expect(problems).toEqual([]);
    }
  });

  it("an upstream that is not there is an answer", async () => {
    const { handler } = passing("http://127.0.0.1:1/", "with the client");
    const { url } = await serving(handler);
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([
      502,
      "the upstream 127.0.0.1:1: nothing listens there (ECONNREFUSED)",
    ]);
  });
});

it("200 clients at once, some of whom vanish, get each their own stream", async () => {
  const { url } = await events(20, 2);
  const { handler, kept } = passing(url, "with the client");
  const server = await serving(handler);
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      if (at % 4 !== 0) return (await fetch(`${server.url}/${at}`)).text();
      const client = await connected(server.port);
      client.write(get("/"));
      await sleep(at % 16);
      client.destroy();
      return null;
    }),
  );
  expect(answers.filter((text) => text === all(20))).toHaveLength(150);
  await until(() => kept.filter(({ how }) => how === "whole").length >= 150);
  expect(server.problems).toEqual([]);
});

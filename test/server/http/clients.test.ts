import { Agent, request } from "node:http";
import { describe, expect, it } from "vitest";
import type { Handler } from "../../../src/server/http/types.ts";
import { connected, get, raw, received, serving, sleep, statusOf, until } from "./serving.ts";

/** Frames without an end, and what became of their source. */
function endless(
  size = 1_000,
  pause = 0,
): { handler: Handler; asked: () => number; given: () => number; ended: () => number; gone: () => number } {
  let asks = 0;
  let given = 0;
  let ended = 0;
  let gone = 0;
  const source = async function* () {
    const frame = Buffer.alloc(size, "x");
    try {
      for (;;) {
        given++;
        yield frame;
        if (pause > 0) await sleep(pause);
      }
    } finally {
      ended++;
    }
  };
  const handler: Handler = async (asked) => {
    asks++;
    asked.gone.addEventListener("abort", () => gone++);
    return { status: 200, headers: {}, body: source() };
  };
  return { handler, asked: () => asks, given: () => given, ended: () => ended, gone: () => gone };
}

describe("clients that vanish", () => {
  it.each(["destroy", "resetAndDestroy", "end"] as const)("in mid-stream (%s): the source ends", async (how) => {
    const stream = endless(100, 1);
    const { port, problems } = await serving(stream.handler);
    const clients = await Promise.all(Array.from({ length: 30 }, () => connected(port)));
    for (const client of clients) client.resume().write(get("/"));
    // All of them: a reset takes back a request that was not read yet.
    await until(() => stream.asked() === 30 && stream.given() > 200);
    for (const client of clients) client[how]();
    await until(() => stream.ended() === 30 && stream.gone() === 30);
    expect(problems).toEqual([]);
    expect(statusOf(await raw(port, get("/%")))).toBe(400);
  });

  it("before the answer begins: the handler is told, and its source is not left open", async () => {
    let gone = 0;
    let closed = 0;
    const { port, problems } = await serving(async (asked) => {
      await new Promise<void>((resolve) => asked.gone.addEventListener("abort", () => resolve()));
      gone++;
      if (asked.path === "/throws") throw asked.gone.reason;
      const body = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => undefined),
          return: async () => ({ done: true as const, value: closed++ }),
        }),
      };
      return { status: 200, headers: {}, body };
    });
    for (const path of ["/", "/throws"]) {
      const client = await connected(port);
      client.write(get(path));
      await sleep(30);
      client.destroy();
    }
    await until(() => gone === 2 && closed === 1);
    expect(problems).toEqual([]);
  });

  it("while their source waits for what never comes", async () => {
    let returned = 0;
    const never = {
      next: () => new Promise<never>(() => undefined),
      return: async () => ({ done: true as const, value: returned++ }),
    };
    const { port } = await serving(async () => ({
      status: 200,
      headers: {},
      body: { [Symbol.asyncIterator]: () => never },
    }));
    const client = await connected(port);
    client.write(get("/"));
    await new Promise((resolve) => client.once("data", resolve));
    client.destroy();
    await until(() => returned === 1);
  });

  it("in the middle of a body", async () => {
    const { port, problems } = await serving(undefined, { allBodiesBytes: 1_000 });
    for (let count = 0; count < 20; count++) {
      const client = await connected(port);
      client.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n${"a".repeat(300)}`);
      await sleep(2);
      client.destroy();
    }
    await sleep(20);
    const body = "b".repeat(900);
    expect(statusOf(await raw(port, `${get("/", "Content-Length: 900").replace("GET", "POST")}${body}`))).toBe(200);
    expect(problems).toEqual([]);
  });
});

describe("slow clients", () => {
  it("who read nothing cost no memory, hold up nobody, and are ended", async () => {
    const stream = endless(65_536);
    const { port } = await serving(
      async (asked) => (asked.path === "/quick" ? { status: 200, headers: {}, body: "" } : stream.handler(asked)),
      { writeMs: 400 },
    );
    const before = process.memoryUsage().rss;
    const clients = await Promise.all(Array.from({ length: 20 }, () => connected(port)));
    for (const client of clients) client.pause().write(get("/"));
    expect(statusOf(await raw(port, get("/quick")))).toBe(200);
    await until(() => stream.ended() === 20 && stream.gone() === 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    // What the system itself buffers of each connection: some megabytes.
    expect(stream.given() * 65_536).toBeLessThan(20 * 12_000_000);
  });

  it("who read slowly get all of it", async () => {
    const total = 400;
    const source = async function* () {
      for (let at = 0; at < total; at++) yield Buffer.alloc(20_000, "x");
    };
    const { port } = await serving(async () => ({ status: 200, headers: {}, body: source() }), { writeMs: 1_000 });
    const client = await connected(port);
    let bytes = 0;
    client.on("data", (data) => {
      bytes += data.length;
      client.pause();
      setTimeout(() => client.resume(), 2);
    });
    const closed = new Promise((resolve) => client.once("close", resolve));
    client.write(get("/"));
    await closed;
    expect(bytes).toBeGreaterThan(total * 20_000);
  });

  it("of a large whole answer, who read nothing, are ended too", async () => {
    const { port } = await serving(async () => ({ status: 200, headers: {}, body: Buffer.alloc(50_000_000) }), {
      writeMs: 200,
    });
    const client = await connected(port);
    client.pause().write(get("/"));
    await sleep(600);
    // Its connection is closed: what is left to read ends before the length that was told.
    let bytes = 0;
    client.on("data", (data) => {
      bytes += data.length;
    });
    client.resume();
    await new Promise((resolve) => client.once("close", resolve));
    expect(bytes).toBeLessThan(50_000_000);
  });
});

describe("slow loris", () => {
  const limits = { headersMs: 150, requestMs: 300, keepAliveMs: 100 };

  it.each([
    ["nothing", ""],
    ["half a line", "GET /"],
    ["half the headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX:"],
    ["half a body", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"],
    ["half a chunk", "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc"],
  ])("who sends %s is sent away", async (_what, text) => {
    const { port } = await serving(undefined, limits);
    const answer = await raw(port, text);
    expect(statusOf(answer)).toBe(408);
  });

  it("who goes on byte by byte too, a hundred at once, and others are served meanwhile", async () => {
    const { port } = await serving(undefined, limits);
    const clients = await Promise.all(Array.from({ length: 100 }, () => connected(port)));
    const closed = Promise.all(clients.map(received));
    let drip = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    for (const client of clients) client.write(drip);
    drip = "X-A: b\r\n";
    const dripping = setInterval(() => {
      for (const client of clients) if (!client.destroyed) client.write(drip);
    }, 20);
    expect(statusOf(await raw(port, get("/")))).toBe(200);
    const answers = await closed;
    clearInterval(dripping);
    expect(new Set(answers.map(statusOf))).toEqual(new Set([408]));
  });

  it("a slow answer is none of that: nothing is sent for longer than any of them", async () => {
    const { port } = await serving(async () => {
      await sleep(700);
      return { status: 200, headers: {}, body: "late" };
    }, limits);
    expect(await raw(port, get("/"))).toContain("late");
  });
});

it("500 clients at once each get their own answer", async () => {
  const source = async function* (path: string) {
    for (let at = 0; at < 5; at++) {
      yield `${path}.${at};`;
      await sleep(2);
    }
  };
  const { port, problems } = await serving(async ({ path }) => ({ status: 200, headers: {}, body: source(path) }));
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const ask = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      request({ port, host: "127.0.0.1", path, agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (data) => {
          text += data;
        });
        response.once("end", () => resolve(text));
        response.once("error", reject);
      })
        .once("error", reject)
        .end();
    });
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, at) => ask(`/${round}/${at}`)));
    for (const [at, answer] of answers.entries()) {
      expect(answer).toBe([0, 1, 2, 3, 4].map((part) => `/${round}/${at}.${part};`).join(""));
    }
  }
  agent.destroy();
  expect(problems).toEqual([]);
});

it("more connections than there may be are closed, and told once", async () => {
  const { port, problems } = await serving(undefined, { connections: 10 });
  const clients = await Promise.all(Array.from({ length: 10 }, () => connected(port)));
  for (let count = 0; count < 3; count++) expect(await raw(port).catch(() => "")).toBe("");
  expect(problems).toEqual(["more than 10 connections at once: others are closed"]);
  for (const client of clients) client.destroy();
  await sleep(30);
  expect(statusOf(await raw(port, get("/")))).toBe(200);
});

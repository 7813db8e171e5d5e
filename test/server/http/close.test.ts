import { expect, it } from "vitest";
import { connected, get, raw, received, serving, sleep, until } from "./serving.ts";

/** A server whose streams take some time, frame by frame. */
const streaming = (count: number) => {
  let started = 0;
  const source = async function* () {
    started++;
    for (let at = 0; at < count; at++) {
      yield `${at};`;
      await sleep(10);
    }
  };
  return serving(async () => ({ status: 200, headers: {}, body: source() })).then((server) => ({
    server,
    started: () => started,
  }));
};

it("running streams end by themselves, nobody else is let in, and the server is gone", async () => {
  const { server, started } = await streaming(20);
  const idle = received(await connected(server.port));
  const half = await connected(server.port);
  half.write("GET / HTTP/1.1\r\nHost: lo");
  const halfway = received(half);
  const kept = await connected(server.port);
  const stream = received(kept);
  kept.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(() => started() === 1);
  const closed = server.close(5_000);
  kept.write("GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(await idle).toBe("");
  expect(await halfway).toBe("");
  await expect(raw(server.port, get("/"))).rejects.toThrow("ECONNREFUSED");
  await closed;
  const text = await stream;
  expect(text).toContain("19;");
  expect(text).toContain("0\r\n\r\n");
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 503"]);
});

it("what does not end in time is ended", async () => {
  const { server, started } = await streaming(100_000);
  const client = await connected(server.port);
  const text = received(client);
  client.write(get("/"));
  await until(() => started() === 1);
  const closed = server.close(100);
  await closed;
  expect(await text).not.toContain("0\r\n\r\n\r\n");
});

it("a second close hurries the first", async () => {
  const { server, started } = await streaming(100_000);
  const client = await connected(server.port);
  client.resume().write(get("/"));
  await until(() => started() === 1);
  const slow = server.close(600_000);
  await Promise.all([slow, server.close(0)]);
});

it("a port that was closed is free again", async () => {
  const first = await serving();
  await first.close(0);
  const second = await serving(undefined, {}, { port: first.port });
  expect(second.port).toBe(first.port);
});

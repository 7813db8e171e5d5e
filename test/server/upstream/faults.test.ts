import { connect, createServer } from "node:net";
import { createServer as createTls } from "node:tls";
import { describe, expect, it } from "vitest";
import { ask, chunk, head, read, sending, sleep, upstream } from "./upstream.ts";

const CHUNKED = head("Transfer-Encoding: chunked");

describe("an upstream that cannot be asked", () => {
  it.each([
    ["nothing listens", "http://127.0.0.1:1/", "refused", 502],
    ["no such name", "http://no-such-host.invalid/", "dns", 502],
    ["no URL", "nonsense", "url", 502],
    ["no http", "file:///etc/passwd", "url", 502],
    ["a user name", "http://u:p@127.0.0.1/", "url", 502],
  ])("%s: told", async (_what, url, fault, status) => {
    const error = await ask(url).catch((thrown) => thrown);
    expect(error).toMatchObject({ fault, status });
    expect(error.message).toMatch(/upstream/);
    expect(error.message).not.toContain("u:p");
  });

  it("TLS where there is none, and headers that cannot be sent", async () => {
    const answer = "HTTP/1.1 400 Bad Request\r\n\r\n";
    const plain = createServer((socket) => void socket.on("error", () => undefined).end(answer));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as { port: number };
    await expect(ask(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ fault: "tls" });
    plain.close();
    const { url } = await sending(head("Content-Length: 0"));
    await expect(ask(url, {}, { headers: { "x-a": "b\r\nx-c: d" } })).rejects.toMatchObject({ fault: "url" });
  });

  it("TLS that fails in its handshake", async () => {
    const server = createTls({}, () => undefined).on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await expect(ask(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      fault: expect.stringMatching(/tls|reset/),
    });
    server.close();
  });

  it.each([
    ["nothing", ""],
    ["half a status line", "HTTP/1."],
    ["half its headers", "HTTP/1.1 200 OK\r\nX-A: b\r\n"],
    ["1xx alone", "HTTP/1.1 100 Continue\r\n\r\n"],
  ])("one that sends %s and then stalls, closes or resets", async (_what, text) => {
    const stalls = await sending(text, "stay");
    await expect(ask(stalls.url, { headersMs: 100 })).rejects.toMatchObject({ fault: "timeout", status: 504 });
    const closes = await sending(text, "end");
    await expect(ask(closes.url, { headersMs: 2_000 })).rejects.toMatchObject({
      fault: expect.stringMatching(/reset|garbage/),
    });
    const resets = await sending(text, "reset");
    await expect(ask(resets.url, { headersMs: 2_000 })).rejects.toMatchObject({ fault: "reset" });
  });

  it.each([
    ["garbage", "\u0000\u0001\u0002garbage\r\n\r\n", "garbage"],
    ["another protocol", "SSH-2.0-OpenSSH_9\r\n", "garbage"],
    ["a status that is none", "HTTP/1.1 abc OK\r\n\r\n", "garbage"],
    ["two lengths", head("Content-Length: 1", "Content-Length: 2"), "length"],
    ["a length that is none", head("Content-Length: x"), "length"],
    ["both lengths", `${head("Content-Length: 1", "Transfer-Encoding: chunked")}1\r\na\r\n0\r\n\r\n`, /length|garbage/],
    ["large headers", head(`X-A: ${"a".repeat(100_000)}`), "size"],
    ["many headers", head(...Array.from({ length: 20_000 }, (_, at) => `X-${at}: b`)), "size"],
    [
      "an upgrade nobody asked for",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
      "garbage",
    ],
  ])("one that sends %s", async (_what, text, fault) => {
    const { url } = await sending(text, "stay");
    const error = await ask(url, { headersMs: 5_000 }).catch((thrown) => thrown);
    expect(error.fault).toMatch(fault);
    expect(error.message).not.toContain("\u0000");
  });

  it("headers that never end: by their size, or by their time", async () => {
    const drip = (line: string, ms: number) =>
      upstream((socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write(line), ms);
        socket.once("close", () => clearInterval(timer));
      });
    const fast = await drip(`X-A: ${"a".repeat(5_000)}\r\n`, 1);
    await expect(ask(fast.url)).rejects.toMatchObject({ fault: "size" });
    const slow = await drip("X-A: b\r\n", 20);
    await expect(ask(slow.url, { headersMs: 200 })).rejects.toMatchObject({ fault: "timeout" });
  });

  it("one that takes none of a large request", async () => {
    const { url } = await upstream((socket) => socket.pause());
    const body = Buffer.alloc(30_000_000);
    await expect(ask(url, { headersMs: 300 }, { body })).rejects.toMatchObject({ fault: "timeout" });
  });
});

describe("an answer that breaks off is told so, with all that came before", () => {
  const started = `${CHUNKED}${chunk("data: 1\n\n")}${chunk("data: 2\n\n")}`;
  const before = "data: 1\n\ndata: 2\n\n";

  it.each([
    ["closed", started, "end", "reset"],
    ["reset", started, "reset", "reset"],
    ["stalled", started, "stay", "timeout"],
    ["closed in a chunk", `${started}ff\r\n`, "end", "reset"],
    ["garbage for a chunk", `${started}zz\r\n`, "stay", "garbage"],
    ["a chunk that is too long to be", `${started}ffffffffffffffffff\r\na`, "stay", "garbage"],
    ["trailers that stall", `${started}0\r\nX-A: b\r\n`, "stay", "timeout"],
    ["fewer bytes than told", `${head("Content-Length: 500")}${before}`, "end", "reset"],
    ["fewer bytes, and stalled", `${head("Content-Length: 500")}${before}`, "stay", "timeout"],
  ] as const)("%s", async (_what, text, end, fault) => {
    const { url } = await sending(text, end);
    const { frames, thrown, ended } = await read(await ask(url, { idleMs: 150 }));
    expect(frames.join("")).toBe(before);
    expect(thrown).toMatchObject({ fault });
    expect(ended).toMatchObject({ how: "broken", text: before, error: { fault }, why: (thrown as Error).message });
    expect(ended.how === "broken" && ended.why).toMatch(/^the upstream 127\.0\.0\.1:\d+: /);
  });

  it("more bytes than told are not part of it", async () => {
    const { url } = await sending(`${head("Content-Length: 5")}hello, world\r\n\r\n`, "stay");
    expect((await read(await ask(url))).ended).toEqual({ how: "whole", text: "hello" });
    // The connection that said more than it should is not used again.
    expect((await read(await ask(url))).ended).toEqual({ how: "whole", text: "hello" });
  });

  it.each([
    ["a byte that is none", [0x61, 0xff, 0x62]],
    ["a lone continuation", [0x80]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["a character cut at the end", [0x61, 0xe2, 0x82]],
  ])("no UTF-8: %s", async (_what, bytes) => {
    const { url } = await sending(
      Buffer.concat([Buffer.from(CHUNKED), chunk("good "), chunk(Buffer.from(bytes)), chunk()]),
    );
    const { ended } = await read(await ask(url));
    expect(ended).toMatchObject({ how: "broken", error: { fault: "text" } });
    expect(ended.text).toMatch(/^good /);
  });

  it("more than the limit, however it comes", async () => {
    const { url } = await upstream((socket) => {
      socket.write(CHUNKED);
      const more = (): void => {
        while (!socket.destroyed && socket.write(chunk("x".repeat(10_000))));
      };
      socket.on("drain", more);
      more();
    });
    const before = process.memoryUsage().rss;
    const { ended } = await read(await ask(url, { bytes: 20_000_000 }));
    expect(ended).toMatchObject({ how: "broken", error: { fault: "size" } });
    expect(ended.text.length).toBeLessThanOrEqual(20_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
  });

  it("byte by byte for ever: the time for the whole is bounded too", async () => {
    const { url } = await upstream((socket) => {
      socket.write(CHUNKED);
      const timer = setInterval(() => socket.write(chunk("x")), 10);
      socket.once("close", () => clearInterval(timer));
    });
    const { ended } = await read(await ask(url, { idleMs: 1_000, wholeMs: 250 }));
    expect(ended).toMatchObject({ how: "broken", error: { fault: "timeout" }, why: expect.stringContaining("0.25 s") });
  });
});

describe("called off", () => {
  it("before, while waiting, and in the middle", async () => {
    await expect(ask("http://127.0.0.1:1/", {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      fault: "aborted",
    });
    let closed = 0;
    const quiet = await upstream((socket) => void socket.once("close", () => closed++));
    await expect(ask(quiet.url, {}, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ fault: "aborted" });
    const begun = await upstream((socket) => {
      socket.write(`${CHUNKED}${chunk("a")}`);
      socket.once("close", () => closed++);
    });
    const controller = new AbortController();
    const answer = await ask(begun.url, {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect((await read(answer)).ended).toMatchObject({ how: "broken", text: "a", error: { fault: "aborted" } });
    for (let waited = 0; closed < 2 && waited < 200; waited++) await sleep(5);
    expect(closed).toBe(2);
  });
});

describe("redirects", () => {
  const to = (location: string, status = 307) =>
    `HTTP/1.1 ${status} R\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

  it("within the host are followed, with method and body", async () => {
    const { url, heard } = await upstream((socket, text) => {
      socket.write(text.includes("/v1/x") ? to("/v2/y?z") : `${head("Content-Length: 2")}ok`);
    });
    expect((await read(await ask(url))).ended.text).toBe("ok");
    expect(heard.join("")).toMatch(/POST \/v2\/y\?z HTTP\/1\.1\r\n[\s\S]*\{\}$/);
  });

  it.each([
    ["another host", "http://evil.example/v1/x", 307],
    ["another port", "http://127.0.0.1:1/v1/x", 308],
    ["https", "https://127.0.0.1/v1/x", 301],
    ["no URL", "http://", 307],
    ["a GET of it", "/v2", 302],
    ["itself", "/v1/x", 307],
  ])("to %s are not", async (_what, location, status) => {
    const { url } = await sending(to(location, status), "stay");
    await expect(ask(url)).rejects.toMatchObject({ fault: "redirect" });
  });
});

it("nothing is left open: the upstream sees each connection of a broken answer close", async () => {
  let open = 0;
  const { url, port } = await upstream((socket) => {
    open++;
    socket.once("close", () => open--);
    socket.write(`${CHUNKED}${chunk("a")}zz\r\n`);
  });
  await Promise.all(Array.from({ length: 50 }, async () => read(await ask(url))));
  for (let waited = 0; open > 0 && waited < 200; waited++) await sleep(5);
  expect(open).toBe(0);
  connect(port, "127.0.0.1")
    .on("error", () => undefined)
    .destroy();
});

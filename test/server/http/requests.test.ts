import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { connected, errorBody, get, raw, received, serving, sleep, statusOf } from "./serving.ts";

const post = (headers: readonly string[], body: string | Uint8Array): Uint8Array =>
  Buffer.concat([
    Buffer.from(["POST /p HTTP/1.1", "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n")),
    Buffer.from(body),
  ]);
const sized = (body: string | Uint8Array, ...headers: string[]): Uint8Array =>
  post([`Content-Length: ${body.length}`, ...headers], body);
const bodyOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);
const askedOf = (answer: string) => JSON.parse(bodyOf(answer));

describe("targets", () => {
  it.each([
    ["/a/b?c=%zz&d=%20", "/a/b", "c=%zz&d=%20"],
    ["/v1/models/openai%2Fgpt-4o", "/v1/models/openai/gpt-4o", ""],
    ["/v1beta/models/g:generateContent?key=1?2", "/v1beta/models/g:generateContent", "key=1?2"],
    ["/%C3%A9%F0%9F%98%80", "/\u00e9\u{1f600}", ""],
    ["/%252e%252e/a", "/%2e%2e/a", ""],
    ["//a//b", "//a//b", ""],
    ["/...", "/...", ""],
    ["http://localhost:1?q", "/", "q"],
    ["HTTP://localhost/a?q", "/a", "q"],
  ])("%s is %j with %j", async (target, path, query) => {
    const { port } = await serving(async (asked) => ({
      status: 200,
      headers: {},
      body: Buffer.from(JSON.stringify([asked.path, asked.query])).toString("base64"),
    }));
    expect(JSON.parse(Buffer.from(bodyOf(await raw(port, get(target))), "base64").toString())).toEqual([path, query]);
  });

  it.each([
    "/%",
    "/%zz",
    "/%c3",
    "/%ff",
    "/%ed%a0%80",
    "/%00",
    "/a%0d%0ab",
    "/../etc",
    "/a/%2e%2e/b",
    "/a/..",
    "/.",
    "/a%2f..%2fb",
    "/a%5c..%5cb",
    "/a\\b",
    "/a#b",
    "/\u00e9",
    "http://u@localhost/",
    "http:///a",
    "ftp://localhost/",
    "*",
  ])("%s is answered 400", async (target) => {
    const { port, problems } = await serving();
    expect(statusOf(await raw(port, get(target)))).toBe(400);
    expect(problems).toEqual([]);
  });
});

describe("bodies", () => {
  it("come with their length, in chunks, and after 100-continue", async () => {
    const { port } = await serving();
    expect(askedOf(await raw(port, sized("hello")))).toMatchObject({ body: "hello" });
    const chunked = post(["Transfer-Encoding: chunked"], "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: t\r\n\r\n");
    expect(askedOf(await raw(port, chunked))).toMatchObject({ body: "hello" });
    const socket = await connected(port);
    const all = received(socket);
    socket.write(post(["Content-Length: 5", "Expect: 100-continue"], ""));
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write("hello");
    const answer = await all;
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(answer).toContain('"body":"hello"');
  });

  it("who asks first is refused before sending anything", async () => {
    const { port } = await serving(undefined, { bodyBytes: 4, lingerMs: 5_000 });
    expect(statusOf(await raw(port, post(["Content-Length: 5", "Expect: 100-continue"], "")))).toBe(413);
    expect(statusOf(await raw(port, post(["Content-Length: 1", "Expect: wonders"], "")))).toBe(417);
    const evil = ["Content-Length: 1", "Expect: 100-continue", "Origin: http://evil.example"];
    expect(statusOf(await raw(port, post(evil, "")))).toBe(403);
  });

  it.each([
    ["gzip", gzipSync],
    ["X-GZIP", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("%s is decoded, and its headers go", async (coding, encode) => {
    const { port } = await serving();
    const { body, headers } = askedOf(await raw(port, sized(encode("hello"), `Content-Encoding: ${coding}`)));
    expect(body).toBe("hello");
    expect(Object.keys(headers)).toEqual(["host", "connection"]);
  });

  it("what is no such coding, is none that is known, or grows too large is refused", async () => {
    const { port } = await serving(undefined, { bodyBytes: 100_000 });
    const status = async (coding: string, body: string | Uint8Array) =>
      statusOf(await raw(port, sized(body, `Content-Encoding: ${coding}`)));
    expect(await status("gzip", "hello")).toBe(400);
    expect(await status("gzip", gzipSync("hello").subarray(0, 10))).toBe(400);
    expect(await status("gzip", gzipSync(Buffer.alloc(20_000_000)))).toBe(413);
    expect(await status("br", brotliCompressSync(Buffer.alloc(2_000_000)))).toBe(413);
    expect(await status("zstd", "hello")).toBe(415);
    expect(await status("gzip, br", "hello")).toBe(415);
    expect(await status("constructor", "hello")).toBe(415);
    expect(await status("identity", "hello")).toBe(200);
  });

  it("beyond the limit are 413, told or not, and the client gets to read it", async () => {
    const { port } = await serving(undefined, { bodyBytes: 1_000_000 });
    const large = Buffer.alloc(1_500_000, "a");
    expect(statusOf(await raw(port, sized(large)))).toBe(413);
    const chunk = Buffer.concat([Buffer.from(`${large.length.toString(16)}\r\n`), large, Buffer.from("\r\n0\r\n\r\n")]);
    expect(statusOf(await raw(port, post(["Transfer-Encoding: chunked"], chunk)))).toBe(413);
    expect(statusOf(await raw(port, post(["Content-Length: 99999999999999"], "a")))).toBe(413);
  });

  it("all together are bounded, and what was held is given back", async () => {
    const { port } = await serving(undefined, { allBodiesBytes: 1_000 });
    const body = Buffer.alloc(700, "a");
    const first = await connected(port);
    const answered = received(first);
    const whole = sized(body);
    first.write(whole.subarray(0, whole.length - 1));
    await sleep(50);
    expect(statusOf(await raw(port, sized(body)))).toBe(503);
    first.write("a");
    expect(statusOf(await answered)).toBe(200);
    expect(statusOf(await raw(port, sized(body)))).toBe(200);
  });
});

it("headers are joined where they are repeated, and may be called like anything", async () => {
  const { port } = await serving();
  const lines = ["X-A: 1", "x-a: 2", "Cookie: a=1", "Cookie: b=2", "__proto__: p", "constructor: c", "toString: t"];
  const { headers } = JSON.parse(bodyOf(await raw(port, get("/", ...lines))), (key, value) =>
    key === "__proto__" ? undefined : value,
  );
  expect(headers).toMatchObject({ "x-a": "1, 2", cookie: "a=1; b=2", constructor: "c", tostring: "t" });
});

describe("refused by their form", () => {
  it.each([
    ["both lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400],
    ["a length below nothing", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400],
    [
      "a chunk size that is none",
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      400,
    ],
    [
      "another transfer coding",
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      501,
    ],
    ["chunks not last", "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400],
    ["a folded header", "GET / HTTP/1.1\r\nHost: localhost\r\n x: y\r\n\r\n", 400],
    ["a bare line feed", "GET / HTTP/1.1\nHost: localhost\n\n", 400],
    ["a control character", "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0001b\r\n\r\n", 400],
    ["no HTTP", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc", 400],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    ["HTTP/9.9", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400],
    ["a method that is none", "G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["a proxy's CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    ["websocket", `${get("/").slice(0, -2)}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`, 501],
    ["long headers", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(40_000)}\r\n\r\n`, 431],
    ["many headers", `GET / HTTP/1.1\r\nHost: localhost\r\n${"A: b\r\n".repeat(300)}\r\n`, 431],
    ["a long target", `GET /${"a".repeat(10_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 414],
  ])("%s", async (_what, text, status) => {
    const { port, problems } = await serving(undefined, { keepAliveMs: 50, headersMs: 300 });
    const answer = await raw(port, Buffer.from(text, "latin1"));
    expect(statusOf(answer)).toBe(status);
    expect(askedOf(answer)).toMatchObject({ status });
    expect(problems).toEqual([]);
    expect(statusOf(await raw(port, get("/")))).toBe(200);
  });

  it("h2c is not needed: it is answered in HTTP/1.1", async () => {
    const { port } = await serving();
    const lines = ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"];
    expect(statusOf(await raw(port, get("/", ...lines)))).toBe(200);
  });
});

it("an error body that cannot be made is replaced by a plain one", async () => {
  const { port, problems } = await serving(
    undefined,
    {},
    {
      errorBody: (...all) => {
        if (all[0] === "") throw new Error("no shape");
        return errorBody(...all);
      },
    },
  );
  expect(bodyOf(await raw(port, "nonsense\r\n\r\n"))).toBe(
    '{"error":{"message":"the request is no HTTP/1.1 that can be read"}}',
  );
  expect(problems).toEqual(["the text of an error could not be made: no shape"]);
});

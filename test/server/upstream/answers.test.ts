import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ask, chunk, head, read, sending, sleep, upstream } from "./upstream.ts";

const CHUNKED = head("Transfer-Encoding: chunked", "Content-Type: text/event-stream");

describe("what goes up", () => {
  it("is the method, path and query, headers and body, with a length", async () => {
    const { url, heard, port } = await sending(head("Content-Length: 0"));
    await read(await ask(`${url}?q=1%202`, {}, { body: Buffer.from("h\u00e9") }));
    const [text] = heard as [string];
    expect(text).toMatch(/^POST \/v1\/x\?q=1%202 HTTP\/1\.1\r\n/);
    expect(text.toLowerCase()).toContain(`host: 127.0.0.1:${port}\r\n`);
    expect(text).toContain("x-a: b\r\ncontent-length: 3\r\n");
    expect(text.endsWith("\r\n\r\nh\u00c3\u00a9")).toBe(true);
  });

  it.each([
    ["GET", false],
    ["HEAD", false],
    ["POST", true],
  ])("%s without a body tells a length of nothing: %s", async (method, told) => {
    const { url, heard } = await sending(head("Content-Length: 0"));
    await read(await ask(url, {}, { method, body: null }));
    expect(heard[0]?.includes("content-length: 0")).toBe(told);
  });
});

describe("an answer", () => {
  it("is here with its headers, and each piece when it comes, also kept", async () => {
    let write: (bytes: string | Buffer) => void = () => undefined;
    const { url } = await upstream((socket) => {
      write = (bytes) => void socket.write(bytes);
      write(CHUNKED);
    });
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({ "content-type": "text/event-stream" });
    const reader = answer.frames[Symbol.asyncIterator]();
    for (const piece of ["data: 1\n\n", "data: h\u00e9\r\n\r\n", "\ufeffx"]) {
      write(chunk(piece));
      expect(await reader.next()).toEqual({ done: false, value: piece });
    }
    write(Buffer.concat([chunk("a"), chunk("b"), chunk("c")]));
    for (const piece of "abc") expect((await reader.next()).value).toBe(piece);
    write(chunk());
    expect((await reader.next()).done).toBe(true);
    expect((await reader.next()).done).toBe(true);
    expect(await answer.ended).toEqual({ how: "whole", text: "data: 1\n\ndata: h\u00e9\r\n\r\n\ufeffxabc" });
  });

  it("keeps characters whole that are split over chunks, at every byte", async () => {
    const text = "a\u00e9\u20ac\u{1f600}z";
    const bytes = Buffer.from(text);
    const { url } = await sending(
      Buffer.concat([Buffer.from(CHUNKED), ...[...bytes].map((byte) => chunk(Buffer.from([byte]))), chunk()]),
    );
    const { frames, ended } = await read(await ask(url));
    expect(frames).toEqual([...text]);
    expect(ended).toEqual({ how: "whole", text });
  });

  it("with a failure's status is an answer", async () => {
    const { url } = await sending(
      'HTTP/1.1 529 Overloaded\r\nContent-Length: 13\r\nretry-after: 5\r\n\r\n{"error":"x"}',
    );
    const answer = await ask(url);
    expect(answer).toMatchObject({ status: 529, headers: { "retry-after": "5" } });
    expect((await read(answer)).ended).toEqual({ how: "whole", text: '{"error":"x"}' });
  });

  it("without a length ends with the connection; 1xx, 204 and HEAD have none", async () => {
    const open = await sending(`${head()}hello`);
    expect((await read(await ask(open.url))).ended).toEqual({ how: "whole", text: "hello" });
    const early = await sending(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head("Content-Length: 2")}ok`,
    );
    expect((await read(await ask(early.url))).ended).toEqual({ how: "whole", text: "ok" });
    const none = await sending("HTTP/1.1 204 No Content\r\n\r\n");
    expect((await read(await ask(none.url))).ended).toEqual({ how: "whole", text: "" });
    const quick = await sending(head("Content-Length: 500"));
    expect((await read(await ask(quick.url, {}, { method: "HEAD", body: null }))).ended).toEqual({
      how: "whole",
      text: "",
    });
  });

  it("passes on no header of the connection, no cookie, no other address, no permission", async () => {
    const { url } = await sending(
      head(
        "Connection: close, x-hop",
        "X-Hop: 1",
        "Keep-Alive: timeout=5",
        "Set-Cookie: a=b",
        "Alt-Svc: h3",
        "Strict-Transport-Security: max-age=1",
        "Access-Control-Allow-Origin: *",
        "Content-Length: 0",
        "X-Request-Id: 1",
        "x-request-id: 2",
        "__proto__: p",
      ),
    );
    const { headers } = await ask(url);
    expect(Object.entries(headers)).toEqual([
      ["x-request-id", "1, 2"],
      ["__proto__", "p"],
    ]);
  });
});

describe("codings", () => {
  it.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("%s is decoded", async (coding, encode) => {
    const { url } = await sending(
      Buffer.concat([Buffer.from(head(`Content-Encoding: ${coding}`)), encode("h\u00e9llo")]),
    );
    const answer = await ask(url);
    expect(answer.headers).toEqual({});
    expect((await read(answer)).ended).toEqual({ how: "whole", text: "h\u00e9llo" });
  });

  it("gzip that is flushed for each event comes event by event", async () => {
    const gzip = createGzip();
    const { url } = await upstream((socket) => {
      socket.write(head("Transfer-Encoding: chunked", "Content-Encoding: gzip"));
      gzip.on("data", (data) => socket.write(chunk(data)));
      gzip.on("end", () => socket.write(chunk()));
    });
    const answer = await ask(url);
    const reader = answer.frames[Symbol.asyncIterator]();
    for (const piece of ["data: 1\n\n", "data: 2\n\n"]) {
      gzip.write(piece);
      gzip.flush(constants.Z_SYNC_FLUSH);
      expect((await reader.next()).value).toBe(piece);
    }
    gzip.end();
    expect((await reader.next()).done).toBe(true);
    expect((await answer.ended).how).toBe("whole");
  });

  it("a bomb ends at the limit, and what is cut or damaged is told", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, "a"));
    const large = await sending(Buffer.concat([Buffer.from(head("Content-Encoding: gzip")), bomb]));
    const { ended } = await read(await ask(large.url, { bytes: 1_000_000 }));
    expect(ended).toMatchObject({ how: "broken", why: expect.stringContaining("more than 1000000 bytes") });
    expect(ended.text.length).toBeLessThanOrEqual(1_000_000);
    const zip = gzipSync(Buffer.from("hello ".repeat(5_000)), { level: 1 });
    for (const bytes of [
      zip.subarray(0, zip.length - 9),
      Buffer.from("no gzip at all"),
      Buffer.concat([zip.subarray(0, 40), zip.subarray(60)]),
    ]) {
      const { url } = await sending(
        Buffer.concat([Buffer.from(head("Content-Encoding: gzip", `Content-Length: ${bytes.length}`)), bytes]),
      );
      expect((await read(await ask(url))).ended).toMatchObject({ how: "broken", error: { fault: "coding" } });
    }
    const { url } = await sending(`${head("Content-Encoding: zstd")}x`);
    await expect(ask(url)).rejects.toMatchObject({ fault: "coding" });
  });
});

describe("readers", () => {
  const many = (count: number): Promise<{ url: string; sent: () => number }> => {
    let sent = 0;
    return upstream(async (socket) => {
      socket.write(CHUNKED);
      let more: () => void = () => undefined;
      socket.on("drain", () => more()).on("close", () => more());
      for (; sent < count && !socket.destroyed; sent++) {
        if (!socket.write(chunk("x".repeat(60_000))))
          await new Promise<void>((resolve) => {
            more = resolve;
          });
      }
      socket.write(chunk());
    }).then(({ url }) => ({ url, sent: () => sent }));
  };

  it("that are slow hold the upstream back, and are no fault of it", async () => {
    const { url, sent } = await many(1_000);
    const answer = await ask(url, { idleMs: 1_500 });
    const reader = answer.frames[Symbol.asyncIterator]();
    await reader.next();
    await sleep(2_500);
    expect(sent()).toBeLessThan(300);
    let bytes = 0;
    for (let piece = await reader.next(); !piece.done; piece = await reader.next()) bytes += piece.value.length;
    expect(bytes).toBeGreaterThan(59_000_000);
    // Nothing as long is recorded, so it is not kept.
    expect(await answer.ended).toEqual({ how: "whole", text: "", long: 60_000_000 });
  });

  it("that leave early leave the rest to be kept", async () => {
    for (const leave of ["break", "rest"]) {
      const { url } = await many(50);
      const answer = await ask(url);
      if (leave === "rest") answer.rest();
      else for await (const _ of answer.frames) break;
      const ended = await answer.ended;
      expect([ended.how, ended.text.length]).toEqual(["whole", 3_000_000]);
    }
  });

  it("an answer of a million single bytes takes no more than a few of them each", async () => {
    const bytes = Buffer.concat(Array.from({ length: 200_000 }, () => chunk("x")));
    const { url } = await sending(Buffer.concat([Buffer.from(CHUNKED), bytes, chunk()]));
    const answer = await ask(url);
    answer.rest();
    expect((await answer.ended).text).toHaveLength(200_000);
  });
});

it("a connection is kept for the next request, and one that was closed meanwhile is no failure", async () => {
  let answers = 0;
  const { url, heard } = await upstream((socket) => {
    answers++;
    socket.write(`${head("Content-Length: 2", "Connection: keep-alive")}ok`);
    // Closed with the second request on its way.
    if (answers === 2)
      socket
        .once("data", () => socket.destroy())
        .removeAllListeners("data")
        .once("data", () => socket.destroy());
  });
  for (let count = 0; count < 2; count++) {
    expect((await read(await ask(url))).ended.text).toBe("ok");
    await sleep(5);
  }
  expect(heard).toHaveLength(1);
  expect((await read(await ask(url))).ended.text).toBe("ok");
  expect(heard).toHaveLength(2);
});

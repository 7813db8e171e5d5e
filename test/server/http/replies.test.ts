import { describe, expect, it } from "vitest";
import { BrokenOff, type HttpReply } from "../../../src/server/http/types.ts";
import { connected, type echo, get, raw, received, serving, sleep, statusOf, until } from "./serving.ts";

const replying = (reply: Partial<HttpReply>) => async () => ({ status: 200, headers: {}, body: "", ...reply });

async function* frames(...all: (string | Uint8Array | Error)[]): AsyncGenerator<string | Uint8Array> {
  for (const frame of all) {
    if (frame instanceof Error) throw frame;
    yield frame;
  }
}

const headOf = (answer: string): string => answer.slice(0, answer.indexOf("\r\n\r\n")).toLowerCase();
const bodyOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);

describe("whole replies", () => {
  it("tell their length in bytes", async () => {
    const { port } = await serving(replying({ status: 201, body: "h\u00e9llo \u{1f600}" }));
    const answer = await raw(port, get("/"));
    expect(headOf(answer)).toContain("http/1.1 201 created");
    expect(headOf(answer)).toContain("content-length: 11");
    expect(Buffer.from(bodyOf(answer), "latin1").toString()).toBe("h\u00e9llo \u{1f600}");
  });

  it("of 10 MB come whole", async () => {
    const body = Buffer.alloc(10_000_001, "ab");
    const { url } = await serving(replying({ body }));
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(body)).toBe(true);
  });

  it.each([204, 205, 304])("with status %i have no body", async (status) => {
    for (const body of ["hello", frames("hello")]) {
      const { port } = await serving(replying({ status, body }));
      expect(bodyOf(await raw(port, get("/")))).not.toContain("hello");
    }
  });

  it("to HEAD have their headers alone, and a source of frames is not asked", async () => {
    const { port } = await serving(replying({ body: "hello" }));
    const head = get("/").replace("GET", "HEAD");
    const answer = await raw(port, head);
    expect(headOf(answer)).toContain("content-length: 5");
    expect(bodyOf(answer)).toBe("");
    let asked = 0;
    const source = async function* () {
      asked++;
      yield "hello";
    };
    const other = await serving(async () => ({ status: 200, headers: {}, body: source() }));
    expect(bodyOf(await raw(other.port, head))).toBe("");
    expect(asked).toBe(0);
  });

  it("OPTIONS go to the handler, OPTIONS * to nobody", async () => {
    const { port } = await serving();
    expect(bodyOf(await raw(port, get("/a").replace("GET", "OPTIONS")))).toContain('"method":"OPTIONS"');
    expect(statusOf(await raw(port, get("*").replace("GET", "OPTIONS")))).toBe(204);
  });
});

it("headers are cleaned: no line ends, no names that are none, none of the connection's", async () => {
  const { port } = await serving(
    replying({
      headers: {
        "X-A": "b\r\nX-Evil: 1",
        "X-B": "  \u{1f600}c\u0000d ",
        "X C": "no",
        "x-d\r\nx-evil": "no",
        "": "no",
        "Content-Length": "999",
        "Transfer-Encoding": "chunked",
        Connection: "upgrade",
        Upgrade: "h2c",
        "Keep-Alive": "timeout=9999",
        "Proxy-Authenticate": "no",
        "X-E": "\u00e9",
      },
      body: "hello",
    }),
  );
  const answer = await raw(port, get("/"));
  const lines = headOf(answer).split("\r\n");
  expect(lines).toEqual(expect.arrayContaining(["x-a: b x-evil: 1", "x-b: c d", "x-e: \u00e9", "content-length: 5"]));
  expect(lines.filter((line) => /^(x-evil|x c|upgrade|keep-alive|transfer|proxy)/.test(line))).toEqual([]);
  expect(bodyOf(answer)).toBe("hello");
});

describe("frames", () => {
  it("are written each when it comes, and the headers before the first", async () => {
    const gates: (() => void)[] = [];
    const source = async function* () {
      for (const frame of ["a", "", "b\u00e9", Buffer.from([255])]) {
        await new Promise<void>((resolve) => gates.push(resolve));
        yield frame;
      }
    };
    const { port } = await serving(async () => ({ status: 200, headers: {}, body: source() }));
    const socket = await connected(port);
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      text += chunk;
    });
    socket.write(get("/"));
    await until(() => text.endsWith("\r\n\r\n"));
    expect(statusOf(text)).toBe(200);
    for (const chunk of ["1\r\na\r\n", null, "3\r\nb\u00c3\u00a9\r\n", "1\r\n\u00ff\r\n0\r\n\r\n"]) {
      await until(() => gates.length > 0);
      gates.shift()?.();
      if (chunk !== null) await until(() => text.endsWith(chunk));
    }
  });

  it("that throw break the connection off behind what came before", async () => {
    const { port, problems } = await serving(replying({}), {});
    expect(problems).toEqual([]);
    const broken = await serving(async ({ path }) => ({
      status: 200,
      headers: {},
      body: frames("a", "b", path === "/purpose" ? new BrokenOff() : new Error("out of tape")),
    }));
    const answer = await raw(broken.port, get("/x"));
    expect(bodyOf(answer)).toBe("1\r\na\r\n1\r\nb\r\n");
    await until(() => broken.problems.length > 0);
    expect(broken.problems).toEqual(["GET /x: out of tape"]);
    await raw(broken.port, get("/purpose"));
    await sleep(20);
    expect(broken.problems).toHaveLength(1);
    const body = fetch(`${broken.url}/purpose`).then((response) => response.text());
    await expect(body).rejects.toThrow();
    expect(port).toBeGreaterThan(0);
  });

  it("that throw at once still show their status", async () => {
    const { port } = await serving(async () => ({
      status: 200,
      headers: { "x-a": "b" },
      body: frames(new BrokenOff()),
    }));
    const answer = await raw(port, get("/"));
    expect(headOf(answer)).toContain("x-a: b");
    expect(bodyOf(answer)).toBe("");
  });

  it("that are all there already are written as they are, each its own chunk", async () => {
    const { port } = await serving(replying({ body: ["a", "", Buffer.from("bc"), "d"] }));
    expect(bodyOf(await raw(port, get("/")))).toBe("1\r\na\r\n2\r\nbc\r\n1\r\nd\r\n0\r\n\r\n");
    const many = Array.from({ length: 2_000 }, (_, at) => `${at};`.repeat(1_000));
    const large = await serving(replying({ body: many }));
    expect(await (await fetch(large.url)).text()).toBe(many.join(""));
  });

  it("to HTTP/1.0 have no chunks", async () => {
    const { port } = await serving(async () => ({ status: 200, headers: {}, body: frames("a", "b") }));
    expect(bodyOf(await raw(port, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"))).toBe("ab");
  });
});

describe("a handler that fails", () => {
  it.each([
    ["throws", () => Promise.reject(new Error("secret detail at /x/y.ts:3"))],
    [
      "throws at once",
      () => {
        throw new Error("secret detail at once");
      },
    ],
    ["throws no error", () => Promise.reject({ toString: () => "secret detail, odd" })],
    ["throws what has no text", () => Promise.reject(Object.create(null))],
    ["gives a status that is none", replying({ status: 99 })],
    ["gives 1xx", replying({ status: 101 })],
    ["gives nothing", (() => Promise.resolve(undefined)) as never],
    ["gives a body that is none", replying({ body: 5 as never })],
  ])("%s: 500 to the client, the reason to whoever runs the server", async (_what, handler) => {
    const { port, problems } = await serving(handler as typeof echo);
    const answer = await raw(port, get("/p"));
    expect(statusOf(answer)).toBe(500);
    expect(JSON.parse(bodyOf(answer))).toEqual({
      path: "/p",
      status: 500,
      message: "the server failed to answer this request",
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^GET \/p: /);
    expect(statusOf(await raw(port, get("/p")))).toBe(500);
  });
});

describe("several requests on one connection", () => {
  it("are answered one after the other, in their order, however they came", async () => {
    let running = 0;
    let most = 0;
    const { port } = await serving(async ({ path, body }) => {
      most = Math.max(most, ++running);
      await sleep(path === "/0" ? 60 : 1);
      running--;
      return { status: 200, headers: {}, body: `${path}${Buffer.from(body)};` };
    });
    const one = (at: number): string =>
      `POST /${at} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n${at === 9 ? "Connection: close\r\n" : ""}\r\n${at}`;
    const answer = await raw(port, Array.from({ length: 10 }, (_, at) => one(at)).join(""));
    expect(answer.match(/\/\d\d;/g)).toEqual(Array.from({ length: 10 }, (_, at) => `/${at}${at};`));
    expect(most).toBe(1);
  });

  it("what is malformed behind good ones is told behind their answers", async () => {
    const { port } = await serving(async () => {
      await sleep(40);
      return { status: 200, headers: {}, body: "good" };
    });
    const good = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await raw(port, `${good}${good}nonsense\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 400"]);
  });

  it("a body that turns malformed is that request's own answer", async () => {
    const { port } = await serving();
    const answer = await raw(
      port,
      "POST /p HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz\r\n",
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
    expect(answer).toContain('"path":"/p"');
  });

  it("are bounded, waiting and in all", async () => {
    const { port } = await serving(
      async () => {
        await sleep(30);
        return { status: 200, headers: {}, body: "" };
      },
      { pipelined: 3, requestsPerConnection: 5 },
    );
    const good = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await raw(port, good.repeat(1_000));
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([..."111"].map(() => "HTTP/1.1 200").concat("HTTP/1.1 503"));
    const socket = await connected(port);
    const all = received(socket);
    let answers = 0;
    socket.write(good);
    socket.on("data", (data) => {
      if (!String(data).includes("HTTP/1.1 200")) return;
      answers++;
      if (answers < 10) socket.write(good);
    });
    expect((await all).match(/connection: \S+/gi)?.map((line) => line.toLowerCase())).toEqual([
      ...[1, 2, 3, 4].map(() => "connection: keep-alive"),
      "connection: close",
    ]);
  });
});

it("whoever is told of problems cannot end the server by failing", async () => {
  const { port } = await serving(
    () => Promise.reject(new Error("first")),
    {},
    {
      onProblem: () => {
        throw new Error("second");
      },
    },
  );
  for (let count = 0; count < 3; count++) expect(statusOf(await raw(port, get("/")))).toBe(500);
});

it("an answer in the shape of the API is told the path that was asked, and the server's token is never seen", async () => {
  const { port } = await serving(undefined, {}, { token: "s3cret" });
  const answer = await raw(port, get("/v1/messages", "X-Recctl-Token: s3cret", "X-Other: 1"));
  expect(JSON.parse(bodyOf(answer)).headers).toEqual({ host: "localhost", connection: "close", "x-other": "1" });
  expect(JSON.parse(bodyOf(await raw(port, get("/v1/messages"))))).toMatchObject({ path: "/v1/messages", status: 401 });
});

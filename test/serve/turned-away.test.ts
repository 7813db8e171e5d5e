import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { logOn } from "../../src/commands/serving/log.ts";
import { recctl } from "../run.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { BODY, chat, served, treeOf, upstream } from "./serving.ts";

/** Sends bytes and waits for the status of what comes. */
function sent(url: string, text: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(text));
    socket.on("error", fail);
    socket.once("data", (data) => {
      socket.destroy();
      done(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1] ?? "");
    });
  });
}

/** Sends bytes, and then (`fin`) says that there will be no more; the statuses of all that comes until the server closes. */
function answered(url: string, text: string, fin = false): Promise<string[]> {
  return new Promise((done, fail) => {
    let all = "";
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true }, () =>
      fin ? socket.end(text) : socket.write(text),
    );
    socket.on("error", fail);
    socket.on("data", (data) => {
      all += data.toString();
    });
    socket.once("end", () => {
      socket.destroy();
      done([...all.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status = ""]) => status));
    });
  });
}

const head = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, "Content-Length: 0", ...headers].join("\r\n")}\r\n\r\n`;
const HOST = "Host: 127.0.0.1";

/** The lines of its journal, in which no secret stands. */
function journalIn(cwd: string) {
  const text = readFileSync(join(cwd, "run.jsonl"), "utf8");
  expect(text).not.toMatch(/secret|abc/);
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

it("requests that are turned away are counted, told and in the journal", async () => {
  const cwd = treeOf();
  const run = await served([RECORDINGS, "--strict", "--journal", "run.jsonl"], { cwd });
  const asked: [text: string, status: string, endpoint: string][] = [
    [head("POST /v1/chat/completions", "Host: evil.example"), "403", "/v1/chat/completions"],
    [head("POST /v1/messages", HOST, "Origin: https://evil.example"), "403", "/v1/messages"],
    [head("GET /v1/../x?key=abc", HOST), "400", "/v1/../x"],
    [head("GET http://me:secret@127.0.0.1/v1/models", HOST), "400", "/v1/models"],
    [head(`GET /${"x".repeat(3000)}/..`, HOST), "400", `/${"x".repeat(499)}`],
  ];
  for (const [text, status] of asked) expect(await sent(run.url, text)).toBe(status);
  expect(await sent(run.url, head("GET /__recctl/health", "Host: evil.example"))).toBe("403");
  const health = (await (await fetch(`${run.url}/__recctl/health`)).json()) as { counts: object };
  expect(health.counts).toMatchObject({ hit: 0, miss: 0, refused: asked.length });
  const { code, stderr } = await run.end();
  expect(code).toBe(1);
  expect(stderr).toContain("bad request  - 403  POST /v1/chat/completions\n");
  expect(stderr).toContain(`${asked.length} refused`);
  const entries = journalIn(cwd);
  expect(entries.map(({ outcome, status, endpoint }) => [outcome, String(status), endpoint])).toEqual(
    asked.map(([, status, endpoint]) => ["refused", status, endpoint]),
  );
  for (const { reason, test_id } of entries)
    expect([test_id, reason]).toEqual([null, expect.stringMatching(/^bad request: the /)]);
});

it("so are those that could not even be read, as far as they tell what they ask, once each", async () => {
  const cwd = treeOf();
  const run = await served([RECORDINGS, "--strict", "--journal", "run.jsonl"], { cwd });
  const two = "Content-Length: 1\r\nContent-Length: 2";
  const asked: [text: string, status: number, method: string, endpoint: string][] = [
    [head("CONNECT me:secret@api.openai.com:443", HOST), 405, "CONNECT", "api.openai.com:443"],
    [head("POST /v1/x?key=abc", HOST, `X-Long: ${"a".repeat(100_000)}`), 431, "POST", "/v1/x"],
    [head("GET /v1/x"), 400, "GET", "/v1/x"],
    [head("NOSUCH /v1/x", HOST), 400, "NOSUCH", "/v1/x"],
    [`POST /v1/x HTTP/1.1\r\n${HOST}\r\n${two}\r\n\r\nab`, 400, "POST", "/v1/x"],
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "PRI", "*"],
    [`GET /v1/x HTTP/1.1\n${HOST}\n\n`, 400, "GET", "/v1/x"],
    ["no HTTP at all\r\n\r\n", 400, "", ""],
    [`${head("GET /__recctl/health", HOST)}no HTTP at all\r\n\r\n`, 200, "", ""],
    ["\u0016\u0003\u0001\u0000", 400, "", ""],
  ];
  for (const [text, status] of asked) expect(await sent(run.url, text)).toBe(String(status));
  await expect
    .poll(async () => ((await (await fetch(`${run.url}/__recctl/health`)).json()) as { counts: object }).counts)
    .toMatchObject({ hit: 0, miss: 0, refused: asked.length, aborted: 0 });
  const { code, stderr } = await run.end();
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${asked.length} refused`)]);
  const entries = journalIn(cwd);
  expect(entries.map(({ status, method, endpoint }) => [status, method, endpoint])).toEqual(
    asked.map(([, status, ...rest]) => [status === 200 ? 400 : status, ...rest]),
  );
  for (const entry of entries) {
    expect(entry).toMatchObject({ outcome: "refused", reason: expect.stringMatching(/^bad request: the /) });
  }
  expect((await recctl(["why", "run.jsonl"], { cwd })).stderr).toBe("no miss was found\n");
});

it("nothing behind a refusal that closes the connection is answered out of recordings, asked or counted", async () => {
  const up = await upstream((_asked, response) => {
    response.end(chat("Hi."));
  });
  const body = JSON.stringify(BODY);
  const next = `POST /v1/chat/completions HTTP/1.1\r\n${HOST}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const run = await served(["--mode", "live", "--upstream", `openai=${up.url}/v1`], { cwd: treeOf() });
  const expecting = `POST /v1/x HTTP/1.1\r\n${HOST}\r\nExpect: foo\r\nContent-Length: 2\r\n\r\nab`;
  expect(await answered(run.url, expecting + next + next)).toEqual(["417"]);
  expect(await answered(run.url, `${head("GET /v1/x")}${next}no HTTP`)).toEqual(["400", "200", "400"]);
  const { stderr } = await run.end();
  expect([up.asked.length, stderr]).toEqual([1, expect.stringContaining("0 misses, 1 live, 3 refused\n")]);
});

it("a client that says no more before its request is whole is told so at once, as one that broke it off", async () => {
  const cwd = treeOf();
  const run = await served([RECORDINGS, "--strict", "--journal", "run.jsonl"], { cwd });
  const began = performance.now();
  for (const text of [
    `POST /v1/x HTTP/1.1\r\n${HOST}\r\nContent-Length: 20\r\n\r\nab`,
    `POST /v1/x HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab`,
    `POST /v1/x HTTP/1.1\r\n${HOST}\r\nConte`,
  ])
    expect(await answered(run.url, text, true)).toEqual(["400"]);
  // The limits of slow clients are ten seconds and more.
  expect(performance.now() - began).toBeLessThan(10_000);
  const { code, stderr } = await run.end();
  expect([code, stderr]).toEqual([130, expect.stringContaining("0 misses, 3 aborted by the client\n")]);
  expect(readFileSync(join(cwd, "run.jsonl"), "utf8")).toContain(
    '"endpoint":"/v1/x","model":null,"status":400,"reason":"the request ended early"',
  );
});

it("a token that lacks is one of them", async () => {
  const run = await served([RECORDINGS, "--strict", "--token", "abc"]);
  expect((await fetch(`${run.url}/v1/models`)).status).toBe(401);
  const { code, stderr } = await run.end();
  expect([code, stderr]).toEqual([1, expect.stringContaining("the request needs the server's token")]);
});

it("lines that nobody reads are counted, and not kept", async () => {
  const told: string[] = [];
  let read: () => void = () => undefined;
  const reader = new Promise<void>((done) => {
    read = done;
  });
  const write = async (text: string): Promise<void> => {
    told.push(text);
    await reader;
  };
  const tell = logOn({ stderr: { write, terminal: false, colour: false, columns: 80 } }, 3);
  for (let line = 0; line < 10; line++) tell(String(line));
  expect(told).toEqual(["0\n", "1\n", "2\n"]);
  read();
  await expect.poll(() => told.at(-1)).toBe("recctl serve: and 7 more that nobody read in time\n");
});

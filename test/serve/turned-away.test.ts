import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { logOn } from "../../src/commands/serving/log.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { served, treeOf } from "./serving.ts";

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

const head = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, "Content-Length: 0", ...headers].join("\r\n")}\r\n\r\n`;
const HOST = "Host: 127.0.0.1";

it("requests that are turned away are counted, told and in the journal; what is no HTTP is not", async () => {
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
  expect(await sent(run.url, "no HTTP at all\r\n\r\n")).toBe("400");
  expect(await sent(run.url, head("GET /__recctl/health", "Host: evil.example"))).toBe("403");
  const health = (await (await fetch(`${run.url}/__recctl/health`)).json()) as { counts: object };
  expect(health.counts).toMatchObject({ hit: 0, miss: 0, refused: asked.length });
  const { code, stderr } = await run.end();
  expect(code).toBe(1);
  expect(stderr).toContain("bad request  - 403  POST /v1/chat/completions\n");
  expect(stderr).toContain(`${asked.length} refused`);
  const text = readFileSync(join(cwd, "run.jsonl"), "utf8");
  expect(text).not.toMatch(/secret|abc/);
  const entries = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.map(({ outcome, status, endpoint }) => [outcome, String(status), endpoint])).toEqual(
    asked.map(([, status, endpoint]) => ["refused", status, endpoint]),
  );
  for (const { reason, test_id } of entries)
    expect([test_id, reason]).toEqual([null, expect.stringMatching(/^bad request: the /)]);
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

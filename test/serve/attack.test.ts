import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recctl } from "../run.ts";
import { sendHostile } from "../server/http/hostile.ts";
import { connected, sleep } from "../server/http/serving.ts";
import { chunk, head, upstream } from "../server/upstream/upstream.ts";
import { RECORDINGS, wiresOf } from "../wire/wires.ts";
import { type Served, served, treeOf } from "./serving.ts";

/** More where somebody asks for them: RECCTL_HOSTILE=10000 */
const COUNT = Number(process.env.RECCTL_HOSTILE ?? 300);
const AT_ONCE = 100;
/** How much may be held more at the end than when all was warm. A busy machine collects garbage late. */
const FLAT_MB = 120;

/** What a process holds, in MB; null where no /proc tells. */
function heldBy({ run }: Served): number | null {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${run.child.pid}/status`, "latin1"))?.[1]) / 1024;
  } catch {
    return null;
  }
}

const portOf = ({ url }: Served): number => Number(new URL(url).port);
const isWell = async ({ url }: Served): Promise<boolean> => (await fetch(`${url}/__recctl/health`)).status === 200;

it(`${COUNT} malformed or hostile requests: the command answers the next`, { timeout: 300_000 }, async () => {
  const server = await served([RECORDINGS]);
  const statuses = new Set<number>();
  let next = 0;
  let warm: number | null = null;
  const worker = async (): Promise<void> => {
    while (next < COUNT) {
      const at = next++;
      if (at === COUNT >> 1) warm = heldBy(server);
      for (const status of await sendHostile(await connected(portOf(server)), at)) statuses.add(status);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(await isWell(server)).toBe(true);
  expect([...statuses]).toEqual(expect.arrayContaining([400, 501, 431]));
  expect([...statuses]).not.toContain(500);
  if (warm !== null) expect((heldBy(server) as number) - warm).toBeLessThan(FLAT_MB);
  const asked = performance.now();
  const { code, stderr } = await server.end("SIGTERM");
  // Nothing is left that would be waited for.
  expect(performance.now() - asked).toBeLessThan(15_000);
  expect([code, stderr]).toEqual([143, expect.not.stringContaining("a bug")]);
});

describe("500 clients at once", () => {
  const wire = [...wiresOf(RECORDINGS)].find(({ streamed, failed, dialect, frames }) => {
    return streamed && !failed && dialect === "openai-chat" && frames.length > 10;
  });
  const { path = "", frames = [] } = wire ?? {};
  const { request, test_id } = JSON.parse(readFileSync(join(RECORDINGS, path), "utf8"));

  it("all get their stream whole, those that stay; nothing is kept of those that leave", {
    timeout: 120_000,
  }, async () => {
    const server = await served([RECORDINGS, "--ttft", "100", "--tps", "100"]);
    const headers = { "x-ogx-provider-data": JSON.stringify({ __test_id: test_id }) };
    const one = async (at: number): Promise<string> => {
      const gone = new AbortController();
      const leaves = at % 3 === 0;
      // Before the answer, with its first frames, or later.
      if (leaves) setTimeout(() => gone.abort(), 20 + (at % 7) * 30);
      try {
        const body = JSON.stringify(request.body);
        const response = await fetch(`${server.url}/v1/chat/completions`, {
          method: "POST",
          headers,
          body,
          signal: gone.signal,
        });
        return (await response.text()) === frames.join("") ? "whole" : `otherwise: ${response.status}`;
      } catch (error) {
        return leaves ? "left" : `${error}`;
      }
    };
    const held: (number | null)[] = [];
    for (let round = 0; round < 4; round++) {
      const came = await Promise.all(Array.from({ length: 500 }, (_, at) => one(at)));
      const stayed = came.filter((_, at) => at % 3 !== 0);
      expect([...new Set(stayed)]).toEqual(["whole"]);
      expect([...new Set(came)].filter((is) => is !== "whole" && is !== "left")).toEqual([]);
      held.push(heldBy(server));
    }
    if (held[0] != null) expect((held[3] as number) - (held[1] as number)).toBeLessThan(FLAT_MB);
    expect(await isWell(server)).toBe(true);
    expect((await server.end()).stderr).toContain("0 misses");
  });
});

const CHAT = { model: "m", messages: [{ role: "user", content: "?" }] };
const ANSWER = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hi." } }],
});
const EVENT = `data: ${JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, finish_reason: null, delta: { content: "Hi." } }],
})}\n\n`;
const JSON_HEAD = "Content-Type: application/json";
const SSE_HEAD = "Content-Type: text/event-stream";

/** What an upstream does: it sends, and then closes, resets or stays silent. What the client sees; whether it is recorded. */
type Fault = readonly [
  what: string,
  sent: string | Buffer,
  then: "end" | "reset" | "stay",
  client: RegExp,
  recorded: number,
];

const chunked = (...pieces: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat([Buffer.from(head(SSE_HEAD, "Transfer-Encoding: chunked")), ...pieces.map((piece) => chunk(piece))]);

const FAULTS: readonly Fault[] = [
  ["says nothing", "", "stay", /^left$/, 0],
  ["closes at once", "", "end", /^502/, 0],
  ["resets", "", "reset", /^502/, 0],
  ["sends garbage", "\u0000\u0001garbage\r\n\r\n", "end", /^502/, 0],
  ["stops within its headers", "HTTP/1.1 200 OK\r\nX-A", "end", /^502/, 0],
  ["tells a longer length", head(JSON_HEAD, "Content-Length: 9000") + ANSWER, "end", /^502/, 1],
  ["tells a shorter length", head(JSON_HEAD, "Content-Length: 20") + ANSWER, "end", /^200/, 0],
  ["tells two lengths", `${head("Content-Length: 1", "Content-Length: 2")}ab`, "end", /^502/, 0],
  ["tells a length that is none", `${head(JSON_HEAD, "Content-Length: x")}${ANSWER}`, "end", /^502/, 0],
  ["sends what is no JSON", `${head(JSON_HEAD, "Content-Length: 4")}nope`, "end", /^200/, 0],
  [
    "sends what is no text",
    Buffer.concat([Buffer.from(head(JSON_HEAD, "Content-Length: 2")), Buffer.from([0xff, 0xfe])]),
    "end",
    /^502/,
    1,
  ],
  ["says gzip and lies", `${head(JSON_HEAD, "Content-Encoding: gzip", "Content-Length: 5")}hello`, "end", /^502/, 1],
  ["stalls in mid-stream", chunked(EVENT, EVENT), "stay", /^left$/, 0],
  ["cuts its stream off", chunked(EVENT, EVENT), "end", /^broken/, 1],
  ["resets in mid-stream", chunked(EVENT), "reset", /^broken/, 1],
  ["sends chunks that are none", Buffer.concat([chunked(EVENT), Buffer.from("zz\r\n")]), "end", /^broken/, 1],
  ["streams what is no text", chunked(EVENT, Buffer.from([0xff, 0xfe])), "end", /^broken/, 1],
  ["answers well", `${head(JSON_HEAD, `Content-Length: ${ANSWER.length}`)}${ANSWER}`, "end", /^200/, 1],
];

/** What a client sees that has no patience. */
async function seen(url: string, at: number): Promise<string> {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), 1_500);
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { "x-test-id": `tests/t.py::test_${at}`, "x-fault": String(at) },
      body: JSON.stringify(CHAT),
      signal: gone.signal,
    });
    const text = await response.text().catch(() => (gone.signal.aborted ? null : "broken"));
    return text === null ? "left" : text === "broken" ? text : `${response.status} ${text}`;
  } catch {
    return "left";
  } finally {
    clearTimeout(timer);
  }
}

it("whatever an upstream does: told to the client, and nothing is written that is not whole and true", {
  timeout: 120_000,
}, async () => {
  const cwd = treeOf();
  const asked = await upstream((socket, text) => {
    const at = Number(/x-fault: (\d+)/i.exec(text)?.[1]);
    const [, sent, then] = FAULTS[at] as Fault;
    const end = (): void => {
      if (then === "end") socket.end();
      else if (then === "reset") setTimeout(() => socket.resetAndDestroy(), 50);
    };
    if (sent.length > 0) socket.write(sent, end);
    else end();
  });
  const server = await served(["--mode", "record", "--upstream", `openai=${new URL(asked.url).origin}/v1`], { cwd });
  const files = (): string[] =>
    readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter(
      (path) => /recordings\/[^/]+$/.test(path) && !path.startsWith(".recctl"),
    );
  for (const [at, [what, , , client, recorded]] of FAULTS.entries()) {
    const before = files().length;
    const is = await seen(server.url, at);
    // A client that left is waited for a moment.
    if (is === "left") await sleep(1_500);
    else await sleep(100);
    expect(is, what).toMatch(client);
    expect(files().length - before, what).toBe(recorded);
  }
  expect(await isWell(server)).toBe(true);
  const { stderr } = await server.end();
  expect(stderr).not.toContain("a bug");
  expect((await recctl(["validate"], { cwd })).code).toBe(0);
  expect((await recctl(["undo"], { cwd })).code).toBe(0);
  expect(files()).toEqual([]);
});

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fetchIn } from "../library/made.ts";
import { BODY, chunk, post, recordingsIn, type Served, served, treeOf, type Upstream, upstream } from "./serving.ts";

/** An API that begins a stream and never ends it, and never answers anything else. */
const endless = (): Promise<Upstream> =>
  upstream(({ body }, response) => {
    if (!body.includes('"stream"')) return;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk("Ha"));
  });

const STREAM = { ...BODY, stream: true };
const CHAT = "/v1/chat/completions";

/** Asks, and leaves once the upstream was asked, or (`read`) something of the answer came. */
async function left(run: Served, up: Upstream, path: string, body: object, read: boolean): Promise<void> {
  const before = up.asked.length;
  const leaving = new AbortController();
  const asked = fetch(run.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  if (read) await (await asked).body?.getReader().read();
  else await expect.poll(() => up.asked.length).toBe(before + 1);
  leaving.abort();
  await asked.catch(() => undefined);
}

const countsOf = async ({ url }: Served): Promise<Record<string, number>> =>
  ((await (await fetch(`${url}/__recctl/health`)).json()) as { counts: Record<string, number> }).counts;

it.each(["record", "record-if-missing", "live"])(
  "a client that leaves before it has its answer is told as that, and is no miss: --mode %s",
  async (mode) => {
    const up = await endless();
    const cwd = treeOf();
    const args = ["--mode", mode, "--strict", "--journal", "run.jsonl", "--upstream", `openai=${up.url}/v1`];
    const run = await served(args, { cwd });
    await left(run, up, CHAT, BODY, false);
    await left(run, up, CHAT, STREAM, true);
    await left(run, up, "/v1/files", BODY, false);
    await left(run, up, "/v1/files", STREAM, true);
    await expect.poll(() => countsOf(run), { timeout: 10_000 }).toMatchObject({ aborted: 4, refused: 0, live: 0 });
    const { code, stderr } = await run.end();
    expect([code, recordingsIn(cwd)]).toEqual([130, []]);
    expect(stderr).toContain("4 aborted by the client");
    expect(stderr).toMatch(/^aborted {2}[0-9a-f]+ {2}POST \/v1\/chat\/completions m\n {2}the client went away/m);
    const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").trim().split("\n");
    const entries = lines.map((line) => JSON.parse(line)).sort((one, other) => other.status - one.status);
    expect(entries).toMatchObject([499, 499, 200, 200].map((status) => ({ outcome: "aborted", status, path: null })));
    expect(entries.filter(({ name }) => name !== null)).toHaveLength(2);
  },
);

it("so are those that waited for an equal request", async () => {
  const up = await endless();
  const args = ["--mode", "record-if-missing", "--strict", "--upstream", `openai=${up.url}/v1`];
  const run = await served(args, { cwd: treeOf() });
  const leaving = new AbortController();
  const asking = Array.from({ length: 3 }, () =>
    fetch(run.url + CHAT, { method: "POST", body: JSON.stringify(BODY), signal: leaving.signal }).catch(() => null),
  );
  await expect.poll(() => up.asked.length).toBe(1);
  // They have come once another is answered that came behind them.
  await post(`${run.url}/nothing/x`, BODY);
  leaving.abort();
  await Promise.all(asking);
  await expect.poll(() => countsOf(run), { timeout: 10_000 }).toMatchObject({ aborted: 3, refused: 1 });
  await run.end();
});

it("who leaves while it sends its request is told as that too, and asked nothing that --strict minds", async () => {
  const run = await served(["--strict"], { cwd: treeOf() });
  await new Promise<void>((done) => {
    const socket = connect(Number(new URL(run.url).port), "127.0.0.1", () => {
      socket.write(`POST ${CHAT} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{`, () => socket.destroy());
    });
    socket.once("close", () => done());
  });
  await expect.poll(() => countsOf(run)).toEqual({ hit: 0, miss: 0, recorded: 0, live: 0, refused: 0, aborted: 1 });
  expect((await run.end()).code).toBe(130);
});

it("nor does createFetch count who does not wait as refused", async () => {
  const up = await endless();
  const fetch = fetchIn(treeOf(), { mode: "record", strict: true });
  const leaving = new AbortController();
  const asked = fetch(`${up.url}${CHAT}`, { method: "POST", body: JSON.stringify(BODY), signal: leaving.signal });
  await expect.poll(() => up.asked.length).toBe(1);
  leaving.abort();
  await expect(asked).rejects.toThrow("aborted");
  await fetch.close();
  expect(fetch.counts).toMatchObject({ aborted: 1, refused: 0 });
});

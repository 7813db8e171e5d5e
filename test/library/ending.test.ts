import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import type { JournalEntry } from "../../src/library/public.d.ts";
import { Started } from "../cli/process.ts";
import { ROOT } from "../run.ts";
import { BODY, chat, chunk, treeOf, upstream } from "../serve/serving.ts";
import { fetchIn } from "./made.ts";

const LIBRARY = pathToFileURL(join(ROOT, "dist/index.js")).href;

/** What a process writes that uses the published library, and at its end the timers that keep it alive. */
async function said(script: string, ...args: readonly string[]): Promise<unknown> {
  const text = `
    import { createFetch } from ${JSON.stringify(LIBRARY)};
    const [url, cwd] = process.argv.slice(1);
    const init = { method: "POST", body: '{"model": "m", "messages": [], "stream": true}' };
    ${script}
    const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    console.log(JSON.stringify({ told, timers }));`;
  const run = new Started(process.execPath, ["--input-type=module", "-e", text, ...args]).read();
  const { stdout, stderr } = await run.ended;
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

it("where close rejects, nothing keeps the process alive", async () => {
  const script = `
    const fetch = createFetch({ cwd, journal: () => { throw new Error("full"); } });
    await fetch(url, init);
    const told = await fetch.close().catch((error) => error.cause.message);`;
  expect(await said(script, "http://localhost/v1/chat/completions", treeOf())).toEqual({ told: "full", timers: 0 });
});

it("where a stream came to its end behind who left it, it is recorded, and nothing keeps the process alive", async () => {
  const up = await upstream((_asked, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk("Half").replace('"finish_reason":null', '"finish_reason":"stop"'));
    setTimeout(() => response.end("data: [DONE]\n\n"), 200);
  });
  const script = `
    const fetch = createFetch({ cwd, mode: "record" });
    const reader = (await fetch(url, init)).body.getReader();
    await reader.read();
    await reader.cancel();
    await fetch.close();
    const told = fetch.counts.recorded;`;
  expect(await said(script, `${up.url}/v1/chat/completions`, treeOf())).toEqual({ told: 1, timers: 0 });
});

it("close waits for requests that have only just begun, and their lines are in the journal", async () => {
  const up = await upstream((_asked, response) => void response.writeHead(200).end(chat("Low")));
  const entries: JournalEntry[] = [];
  const fetch = fetchIn(treeOf(), { mode: "record", journal: (entry) => void entries.push(entry) });
  const url = `${up.url}/v1/chat/completions`;
  const asked = fetch(url, { method: "POST", body: JSON.stringify(BODY) });
  await fetch.close();
  expect(entries).toMatchObject([{ outcome: "recorded" }]);
  expect((await asked).status).toBe(200);
});

it("await using closes it", async () => {
  let left: ReturnType<typeof fetchIn>;
  {
    await using fetch = fetchIn(treeOf());
    left = fetch;
    expect((await fetch("http://localhost/v1/models")).status).toBe(404);
  }
  await expect(left("http://localhost/v1/models")).rejects.toThrow("closed");
});

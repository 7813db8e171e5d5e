import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BODY, chat, post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const KEY = "tvly-qV7wZt3pLm9xRb2k";
/** One that no pattern of secrets knows. */
const PLAIN = "mykeyplain99";
const OWN = "tvly-K2mHs8vTq4nYc6Wd";

/** Tavily and OpenAI in one. */
const apis = () =>
  upstream(({ url, body }, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const found = {
      query: JSON.parse(body).query,
      results: [{ title: "Tide", url: "https://x.example", content: "High." }],
    };
    response.end(url.endsWith("/search") ? JSON.stringify(found) : chat("Hi."));
  });
const journalIn = (cwd: string): string => readFileSync(join(cwd, "run.jsonl"), "utf8");

it("Tavily's key in a body is the client's own: no other is added, and what repeats it is never written", async () => {
  const up = await apis();
  const cwd = treeOf();
  const env = { TAVILY_API_KEY: OWN };
  const args = ["--mode", "record-if-missing", "--journal", "run.jsonl", "--allow-secrets"];
  const run = await served([...args, "--upstream", `tavily=${up.url}`], { cwd, env });
  const search = (api_key: string, query: string) => post(`${run.url}/search`, { api_key, query });
  for (const key of [KEY, PLAIN]) {
    const answer = await search(key, `what ${key}`);
    expect([answer.status, answer.headers.get("x-recctl-outcome")]).toEqual([200, "refused"]);
  }
  expect(recordingsIn(cwd)).toEqual([]);
  expect((await search(KEY, "tide")).headers.get("x-recctl-outcome")).toBe("recorded");
  expect((await search("recctl-dummy-key", "ebb")).headers.get("x-recctl-outcome")).toBe("recorded");
  expect(up.asked.map(({ headers, body }) => [headers.authorization, JSON.parse(body).api_key])).toEqual([
    [undefined, KEY],
    [undefined, PLAIN],
    [undefined, KEY],
    [`Bearer ${OWN}`, undefined],
  ]);
  const { stderr } = await run.end();
  expect(stderr.match(/: a key that was sent /g)).toHaveLength(2);
  const files = recordingsIn(cwd).map((path) => readFileSync(join(cwd, path), "utf8"));
  expect(files).toHaveLength(2);
  for (const text of [stderr, journalIn(cwd), ...files]) expect(text).not.toMatch(/qV7wZt3|mykeyplain|K2mHs8/);
});

it("nor is the environment's, in a body, sent to whom a configuration names", async () => {
  const up = await apis();
  const cwd = treeOf({ "recctl.config.json": JSON.stringify({ upstreams: { tavily: up.url } }) });
  const run = await served(["--mode", "live"], { cwd, env: { TAVILY_API_KEY: OWN } });
  await post(`${run.url}/search`, { api_key: OWN, query: "tide" });
  await post(`${run.url}/search`, { api_key: KEY, query: "tide" });
  await run.end();
  expect(up.asked.map(({ headers, body }) => [headers.authorization, JSON.parse(body)])).toEqual([
    [undefined, { query: "tide" }],
    [undefined, { api_key: KEY, query: "tide" }],
  ]);
});

it("a key of another API is none that is sent on, and is not written either where a request repeats it", async () => {
  const up = await apis();
  const cwd = treeOf();
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  const body = { ...BODY, messages: [{ role: "user", content: `is ${PLAIN} a key?` }] };
  const answer = await post(`${run.url}/v1/chat/completions`, body, {
    "x-api-key": PLAIN,
    authorization: `Bearer ${KEY}`,
  });
  expect([answer.status, answer.headers.get("x-recctl-outcome")]).toEqual([200, "refused"]);
  const { stderr } = await run.end();
  expect([recordingsIn(cwd), up.asked[0]?.headers["x-api-key"]]).toEqual([[], undefined]);
  expect(stderr).not.toContain(PLAIN);
});

it("a miss that repeats it leaves nothing of it in the journal or the answer", async () => {
  const cwd = treeOf();
  const run = await served(["--journal", "run.jsonl"], { cwd });
  const missed = [
    await post(`${run.url}/search`, { api_key: PLAIN, query: `what ${PLAIN}` }),
    await post(`${run.url}/v1/chat/completions`, { ...BODY, model: PLAIN, api_key: PLAIN }),
  ];
  for (const answer of missed)
    expect([answer.status, await answer.text()]).toEqual([404, expect.not.stringContaining(PLAIN)]);
  const { stderr } = await run.end();
  expect(stderr + journalIn(cwd)).not.toContain(PLAIN);
  expect(
    journalIn(cwd)
      .trim()
      .split("\n")
      .map((line) => "request" in JSON.parse(line)),
  ).toEqual([false, false]);
});

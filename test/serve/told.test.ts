import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordingText } from "../run.ts";
import { post, served, treeOf, upstream } from "./serving.ts";

const KEY = "zz-plain-key-4242";
const QUOTED = 'zz"plain\\key-4242';
const chat = (content: string, model = "gpt-4o") => ({ model, messages: [{ role: "user", content }] });

/** The entries of a journal, and its text. */
function journalIn(cwd: string) {
  const text = readFileSync(join(cwd, "run.jsonl"), "utf8");
  const entries = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { text, entries };
}

it.each<[string, Record<string, string>, string, object]>([
  ["in the prompt", { authorization: `Bearer ${KEY}` }, "", chat(`I am ${KEY}, when is high water?`)],
  ["in a header of its own, and as the model", { "x-api-key": KEY }, "", chat("When is high water?", KEY)],
  ["in the query", {}, `?key=${KEY}`, chat(KEY)],
  ["escaped, as a key of an object", { "x-api-key": QUOTED }, "", { ...chat("?"), metadata: { [QUOTED]: QUOTED } }],
])("a miss repeats no key that its client sent: %s", async (_, headers, query, body) => {
  const cwd = treeOf({ "recordings/x.json": recordingText() });
  const run = await served(["--journal", "run.jsonl"], { cwd });
  const test = { "x-test-id": "test_bar.py::test_tide[gpt-4o]" };
  const answer = await post(`${run.url}/v1/chat/completions${query}`, body, { ...headers, ...test });
  const told = await answer.text();
  expect([answer.status, told]).toEqual([404, expect.stringContaining("nearest recordings")]);
  // The same without the key: then what was asked is told.
  await post(`${run.url}/v1/chat/completions`, chat("When is low water?"), { authorization: "Bearer other-key-4711" });
  const { stderr } = await run.end();
  const { text, entries } = journalIn(cwd);
  expect(entries.map(({ outcome, request }) => [outcome, request !== undefined])).toEqual([
    ["miss", false],
    ["miss", true],
  ]);
  for (const part of [told, stderr, text]) expect(part).not.toMatch(/plain.{0,3}key-4242/);
  expect(text).toContain("When is low water?");
});

it("an answer that fails before any of it was passed on has one status for the client, the log and the journal", async () => {
  const up = await upstream(({ url }, response) => {
    if (url.startsWith("/v1/chat")) {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      return void response.end("no gzip at all");
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write("{");
    setTimeout(() => response.destroy(), 20);
  });
  const cwd = treeOf();
  const args = ["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`, "--journal", "run.jsonl"];
  const run = await served(args, { cwd });
  const seen: unknown[] = [];
  for (const path of ["/v1/chat/completions", "/v1/completions", "/v1/files"]) {
    const { status, headers } = await post(run.url + path, { ...chat("?"), prompt: "?" });
    seen.push([status, headers.get("x-recctl-name"), headers.get("x-recctl-reason")]);
  }
  const { stderr } = await run.end();
  const name = expect.stringMatching(/^[0-9a-f]{64}$/);
  const why = expect.stringMatching(/an answer that broke off is not recorded/);
  expect(seen).toEqual([
    [502, name, why],
    [502, name, why],
    [502, null, expect.stringMatching(/^the upstream /)],
  ]);
  expect(journalIn(cwd).entries.map(({ status }) => status)).toEqual([502, 502, 502]);
  expect(stderr).toMatch(/refused .* 502 {2}POST \/v1\/chat\/completions/);
});

it("a body that is cut off is told as one", async () => {
  const run = await served([treeOf()]);
  for (const [body, told] of [
    ['{"model": "m"', /"the body is cut off: expected .+ \(line 1, column 14\)"/],
    ["{,}", /"the body is no JSON: expected .+ found/],
  ] as const) {
    const answer = await post(`${run.url}/v1/chat/completions`, body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(told)]);
  }
  await run.end();
});

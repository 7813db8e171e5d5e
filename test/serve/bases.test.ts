import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { chat, files, hashOf, json, testOf } from "../why/made.ts";
import { post, served, treeOf } from "./serving.ts";

const TEST = testOf("test_a");
const BEDROCK = "https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/v1/chat/completions";
const OPENAI = "https://api.openai.com/v1/v1/chat/completions";
const at = (url: string, body: object): ReturnType<typeof json> =>
  json({ method: "POST", url, headers: {}, body, endpoint: "/v1/chat/completions", model: "m" });

const messages = [{ role: "user", content: "When does the tide turn?" }];
const SENT = { model: "m", messages, stream: true };
// Bedrock's rule does not see the options of a stream: under its url both have one name.
const RECORDED = { ...SENT, stream_options: { include_usage: true } };

it("of the bases that are merely tried none is told as asked: what changed is told of the nearest recording", async () => {
  const dir = treeOf(
    files(
      { request: at(OPENAI, RECORDED), testId: TEST },
      { request: at(BEDROCK, { ...SENT, messages: [], model: "other" }), testId: testOf("test_b") },
      { request: chat(), testId: testOf("test_c") },
    ),
  );
  const { url, end } = await served(["--journal", "run.jsonl"], { cwd: dir });
  const ask = async (testId: string | null, body: object): Promise<string> => {
    const answer = await post(`${url}/v1/chat/completions`, body, testId === null ? {} : { "x-test-id": testId });
    expect(answer.status).toBe(404);
    return ((await answer.json()) as { error: { message: string } }).error.message;
  };
  const changed = await ask(TEST, SENT);
  expect(changed).toContain("why (likely): request changed: - body.stream_options\n");
  expect(changed).not.toContain("bedrock");
  // The name that is told is the one that it would have beside that recording.
  const name = hashOf(at(OPENAI, SENT), TEST);
  expect(changed).toContain(`no recording of this request: ${name}\n`);
  const untold = await ask(null, SENT);
  expect(untold).toContain("request changed: - body.stream_options; recorded for a test, asked now outside of one");
  const same = await ask(null, RECORDED);
  expect(same).toContain("why (likely): never recorded: recorded for a test, asked now outside of one");
  expect(same).toContain("X-Test-Id");
  await end();
  const [line = ""] = readFileSync(join(dir, "run.jsonl"), "utf8").split("\n");
  expect(JSON.parse(line)).toMatchObject({ name, request: { url: OPENAI } });
});

import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BODY, chat, chunk, post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const MISSING = ["--mode", "record-if-missing"];
const say = (response: ServerResponse, status: number, text: string, type = "application/json"): void => {
  response.writeHead(status, { "content-type": type });
  response.end(text);
};
const failure = (status: number): string => JSON.stringify({ error: { message: `no ${status}`, type: "t" } });
const chatAt = (url: string, body: object = BODY, headers: Record<string, string> = {}) =>
  post(`${url}/v1/chat/completions`, body, headers);

it("a failure that passes is given and not recorded where only what is missing is; the next request asks again", async () => {
  let status = 429;
  const up = await upstream((_, response) => say(response, status, status === 200 ? chat("Hi.") : failure(status)));
  const cwd = treeOf();
  const run = await served([...MISSING, "--upstream", `openai=${up.url}/v1`], { cwd });
  for (status of [408, 409, 425, 429, 401, 403, 500, 503]) {
    const answer = await chatAt(run.url);
    expect([answer.status, await answer.text()]).toEqual([status, failure(status)]);
    expect(answer.headers.get("x-recctl-outcome")).toBe("refused");
    expect(recordingsIn(cwd)).toEqual([]);
  }
  const journal = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: object[] };
  expect(journal.entries[3]).toMatchObject({
    outcome: "refused",
    status: 429,
    reason: "a failure with status 429 is not recorded in this mode; --keep-failures records it",
  });
  status = 200;
  expect((await chatAt(run.url)).headers.get("x-recctl-outcome")).toBe("recorded");
  status = 400;
  // What is wrong with a request stays wrong.
  expect((await chatAt(run.url, { ...BODY, n: -1 })).headers.get("x-recctl-outcome")).toBe("recorded");
  const { stderr } = await run.end();
  expect(stderr).toContain("a failure with status 503 is not recorded in this mode; --keep-failures records it");
  expect(recordingsIn(cwd)).toHaveLength(2);
});

it("nor is what broke off; --keep-failures records both, and tells them as failures", async () => {
  const up = await upstream(({ body }, response) => {
    if (!body.includes('"stream"')) return say(response, 429, failure(429));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk("Half"));
    setTimeout(() => response.destroy(), 50);
  });
  const cwd = treeOf();
  const args = [...MISSING, "--upstream", `openai=${up.url}/v1`];
  const ask = async (url: string) => {
    await (await chatAt(url)).text();
    await expect((await chatAt(url, { ...BODY, stream: true })).text()).rejects.toThrow();
  };
  const run = await served(args, { cwd });
  await ask(run.url);
  expect((await run.end()).stderr).toContain("an answer that broke off is not recorded in this mode; --keep-failures");
  expect(recordingsIn(cwd)).toEqual([]);
  const keeping = await served([...args, "--keep-failures"], { cwd });
  await ask(keeping.url);
  const { stderr } = await keeping.end();
  expect(recordingsIn(cwd)).toHaveLength(2);
  expect(stderr).toMatch(/^recorded [0-9a-f]+ 429 ! {2}POST/m);
  expect(stderr).toMatch(/^recorded [0-9a-f]+ 200 ! {2}POST/m);
  expect(stderr).toContain("2 recorded, 2 of them failures");
});

it("the summary counts a failure that was recorded, and a success is told without a status", async () => {
  const up = await upstream(({ body }, response) =>
    body.includes('"n"') ? say(response, 429, failure(429)) : say(response, 200, chat("Hi.")),
  );
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd: treeOf() });
  await chatAt(run.url, { ...BODY, n: 1 });
  await chatAt(run.url);
  await chatAt(run.url, { ...BODY, model: "o" });
  const { stderr } = await run.end();
  expect(stderr).toContain("3 recorded, 1 of them a failure");
  expect(stderr).toMatch(/^recorded [0-9a-f]+ {2}POST/m);
});

const KEY = "qV7wZt3pLm9xRb2k";

it("a key that the upstream says again is never written, nor told, whatever is allowed", async () => {
  const up = await upstream(({ headers, body, url }, response) => {
    const key = /key=([^&]+)/.exec(url)?.[1] ?? headers.authorization?.replace("Bearer ", "") ?? "";
    if (!body.includes('"stream"')) return say(response, 400, JSON.stringify({ error: { message: `bad key ${key}` } }));
    // In pieces, none of which is the key.
    const text = [chunk(`your key is ${key.slice(0, 7)}`), chunk(key.slice(7)), "data: [DONE]\n\n"];
    say(response, 200, text.join(""), "text/event-stream");
  });
  const cwd = treeOf();
  const args = ["--mode", "record", "--allow-secrets", "--upstream", `openai=${up.url}/v1`];
  const bearer = { authorization: `Bearer ${KEY}` };
  const run = await served(args, { cwd });
  expect(await (await chatAt(run.url, BODY, bearer)).text()).toContain(KEY);
  await (await chatAt(run.url, { ...BODY, stream: true }, bearer)).text();
  await (await post(`${run.url}/v1/chat/completions?key=${KEY}`, BODY)).text();
  const first = await run.end();
  expect(first.stderr.match(/: a key that was sent …\(16 characters\)/g)).toHaveLength(3);
  const own = await served(args, { cwd, env: { OPENAI_API_KEY: KEY } });
  await (await chatAt(own.url)).text();
  const second = await own.end();
  expect(second.stderr).toContain("a key that was sent");
  expect(first.stderr + second.stderr).not.toContain(KEY);
  expect(recordingsIn(cwd)).toEqual([]);
  // One that says nothing is no secret.
  const dummy = await served(args, { cwd });
  await chatAt(dummy.url, BODY, { authorization: "Bearer sk-test-key" });
  await dummy.end();
  expect(recordingsIn(cwd)).toHaveLength(1);
});

it("an answer of more than 20 MB is passed on to its end and not recorded, whole or as a stream", async () => {
  const large = "x".repeat(21_500_000);
  const up = await upstream(({ body }, response) =>
    body.includes('"stream"')
      ? say(response, 200, `${chunk(large)}data: [DONE]\n\n`, "text/event-stream")
      : say(response, 200, chat(large)),
  );
  const cwd = treeOf();
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  const whole = await chatAt(run.url);
  expect(whole.headers.get("x-recctl-outcome")).toBe("refused");
  expect(await whole.text()).toBe(chat(large));
  expect(await (await chatAt(run.url, { ...BODY, stream: true })).text()).toContain(large);
  const { stderr } = await run.end();
  expect(stderr.match(/an answer of 21\.5 MB is not recorded/g)).toHaveLength(2);
  expect(recordingsIn(cwd)).toEqual([]);
});

it("equal requests at once ask once, and are answered by the recording; where it fails they ask themselves", async () => {
  let status = 200;
  const up = await upstream(async (_, response) => {
    await new Promise((done) => setTimeout(done, 300));
    say(response, status, status === 200 ? chat(`Hi ${up.asked.length}.`) : failure(status));
  });
  const cwd = treeOf();
  const run = await served([...MISSING, "--upstream", `openai=${up.url}/v1`], { cwd });
  const many = (body: object) => Promise.all(Array.from({ length: 6 }, () => chatAt(run.url, body)));
  const answers = await many(BODY);
  const said = answers.map((answer) => answer.headers.get("x-recctl-outcome")).sort();
  expect(said).toEqual(["hit", "hit", "hit", "hit", "hit", "recorded"]);
  expect(up.asked).toHaveLength(1);
  status = 429;
  const failed = await many({ ...BODY, model: "o" });
  expect(failed.map((answer) => answer.status)).toEqual(Array(6).fill(429));
  expect(up.asked).toHaveLength(7);
  await run.end();
  const [path = ""] = recordingsIn(cwd);
  expect(readFileSync(join(cwd, path), "utf8")).toContain("Hi 1.");
});

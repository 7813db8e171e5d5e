import { expect, it } from "vitest";
import { BODY, recordingsIn, served, treeOf, type Upstream, upstream } from "./serving.ts";

const CHAT = { id: "c", created: 1, model: "m" };
const chunk = (content: string, finish_reason: string | null): string =>
  `data: ${JSON.stringify({ ...CHAT, object: "chat.completion.chunk", choices: [{ index: 0, finish_reason, delta: { content } }] })}\n\n`;
const WHOLE = JSON.stringify({
  ...CHAT,
  object: "chat.completion",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hi." } }],
});
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** An API that takes its time: streams word by word, `head` milliseconds before the first and 300 ms between them. */
const slow = (head = 0): Promise<Upstream & { closed: () => number }> => {
  let closed = 0;
  const made = upstream(async ({ body }, response) => {
    response.on("close", () => {
      if (!response.writableFinished) closed++;
    });
    await pause(head);
    const streams = body.includes('"stream"');
    response.writeHead(200, { "content-type": streams ? "text/event-stream" : "application/json" });
    for (let at = 0; at < 8; at++) {
      if (streams) response.write(chunk("Ha ", at === 7 ? "stop" : null));
      await pause(300);
    }
    response.end(streams ? "data: [DONE]\n\n" : WHOLE);
  });
  return made.then((up) => ({ ...up, closed: () => closed }));
};

const asking = (url: string, body: object, signal?: AbortSignal) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

it.each([
  ["a stream", { ...BODY, stream: true }, 0],
  ["a stream whose head has not come", { ...BODY, stream: true }, 2_000],
  ["a whole answer", BODY, 0],
])("whose client leaves goes on for those who wait: %s", async (_, body, head) => {
  const up = await slow(head);
  const cwd = treeOf();
  const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd });
  const leaving = new AbortController();
  const first = asking(run.url, body, leaving.signal).then((answer) => answer.text());
  await expect.poll(() => up.asked.length).toBe(1);
  const others = Array.from({ length: 5 }, async () => {
    const answer = await asking(run.url, body);
    return [answer.headers.get("x-recctl-outcome"), (await answer.text()).length > 0];
  });
  await pause(1_000);
  leaving.abort();
  await expect(first).rejects.toThrow();
  expect(await Promise.all(others)).toEqual(Array(5).fill(["hit", true]));
  await run.end();
  expect([up.asked.length, up.closed(), recordingsIn(cwd).length]).toEqual([1, 0, 1]);
});

it("who comes while one that was left is called off takes over, and is waited for: asked twice in all", async () => {
  const up = await slow();
  const cwd = treeOf();
  const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd });
  const leaving = new AbortController();
  const body = { ...BODY, stream: true };
  const first = asking(run.url, body, leaving.signal).then((answer) => answer.text());
  await pause(500);
  leaving.abort();
  await expect(first).rejects.toThrow();
  await pause(200);
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const answer = await asking(run.url, body);
      await answer.text();
      return answer.headers.get("x-recctl-outcome");
    }),
  );
  expect(answers.sort()).toEqual(["hit", "hit", "hit", "hit", "recording"]);
  await run.end();
  expect(up.asked).toHaveLength(2);
  expect(recordingsIn(cwd)).toHaveLength(1);
});

it("what nobody waits for any more is called off, though others had waited", async () => {
  const up = await slow();
  const cwd = treeOf();
  const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd });
  const leaving = new AbortController();
  const body = { ...BODY, stream: true };
  const all = Array.from({ length: 3 }, () => asking(run.url, body, leaving.signal).then((answer) => answer.text()));
  await pause(600);
  leaving.abort();
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
  await expect.poll(up.closed).toBe(1);
  await run.end();
  expect([up.asked.length, recordingsIn(cwd)]).toEqual([1, []]);
});

it("a stream's head says that it is being recorded; that it was, the journal tells", async () => {
  const up = await slow();
  const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd: treeOf() });
  const answer = await asking(run.url, { ...BODY, stream: true });
  expect(answer.headers.get("x-recctl-outcome")).toBe("recording");
  expect(answer.headers.get("x-recctl-name")).toMatch(/^[0-9a-f]{64}$/);
  await answer.text();
  const again = await asking(run.url, { ...BODY, stream: true });
  expect(again.headers.get("x-recctl-outcome")).toBe("hit");
  const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: object[] };
  expect(entries).toMatchObject([{ outcome: "recorded" }, { outcome: "hit" }]);
  expect((await asking(run.url, BODY)).headers.get("x-recctl-outcome")).toBe("recorded");
  await run.end();
});

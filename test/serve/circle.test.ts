import { createServer } from "node:net";
import { expect, it } from "vitest";
import { post, served, treeOf, upstream } from "./serving.ts";

const BODY = { model: "m", messages: [{ role: "user", content: "?" }] };

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

it.each([
  ["record", "127.0.0.1"],
  ["record-if-missing", "localhost"],
  ["live", "127.0.0.1"],
])("a server whose upstream is itself says so in one turn: --mode %s, by %s", async (mode, host) => {
  const port = await freePort();
  const args = ["openai", "anthropic"].flatMap((name) => ["--upstream", `${name}=http://${host}:${port}/v1`]);
  const run = await served(["--mode", mode, "--port", `${port}`, ...args], { cwd: treeOf() });
  const reason = expect.stringContaining(`the upstream ${host}:${port} is this server itself`);
  for (const [path, told] of [
    ["/v1/chat/completions", { error: { message: reason } }],
    ["/v1/messages", { type: "error", error: { message: reason } }],
    ["/v1/files", { error: { message: reason } }],
  ] as const) {
    const answer = await post(run.url + path, BODY);
    expect([answer.status, await answer.json()]).toMatchObject([502, told]);
  }
  const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: object[] };
  expect(entries).toMatchObject(Array(3).fill({ outcome: "refused", reason }));
  expect((await run.end()).stderr).toContain("3 refused");
});

it("nor does it go round by way of another", async () => {
  const port = await freePort();
  const other = await served(["--mode", "live", "--upstream", `openai=http://127.0.0.1:${port}/v1`], { cwd: treeOf() });
  const one = ["--mode", "live", "--port", `${port}`, "--upstream", `openai=${other.url}/v1`];
  const run = await served(one, { cwd: treeOf() });
  expect((await post(`${run.url}/v1/chat/completions`, BODY)).status).toBe(502);
  expect((await run.end()).stderr).toContain("1 live");
  expect((await other.end()).stderr).toContain("asks itself, by way of its own upstream");
});

it("servers on this machine that ask one another in a row are no circle", async () => {
  const up = await upstream((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end("{}");
  });
  const other = await served(["--mode", "live", "--upstream", `openai=${up.url}/v1`], { cwd: treeOf() });
  const run = await served(["--mode", "live", "--upstream", `openai=${other.url}/v1`], { cwd: treeOf() });
  expect((await post(`${run.url}/v1/chat/completions`, BODY)).status).toBe(200);
  await run.end();
  await other.end();
  expect(String(up.asked[0]?.headers["x-recctl-through"]).split(",")).toHaveLength(2);
});

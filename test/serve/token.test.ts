import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recctl } from "../run.ts";
import { BODY, chat, post, served, treeOf, upstream } from "./serving.ts";

const TOKEN = "tide-table-4711-of-nobody";
const CHAT = chat("Hi.");
/** Asks three times: with the token, without it, and what is not known; prints what came of it, and nothing of the token. */
const PROGRAM = `
  const ask = async (path, headers) =>
    (await fetch(process.env.RECCTL_URL + path, { method: "POST", headers, body: ${JSON.stringify(JSON.stringify(BODY))} })).status;
  const mine = { "X-Recctl-Token": process.env.RECCTL_TOKEN };
  const said = [await ask("/v1/chat/completions", mine), await ask("/v1/chat/completions", {}), await ask("/v1/nothing", mine)];
  console.log(JSON.stringify([said, process.env.RECCTL_TOKEN.length]));
`;

it.each([
  ["of the option", ["--token", TOKEN], {}],
  ["of the environment", [], { RECCTL_TOKEN: TOKEN }],
  ["of the option, which goes before the environment's", ["--token", TOKEN], { RECCTL_TOKEN: "another" }],
])("a command is handed the token %s, which goes nowhere else", async (_, args, env) => {
  const up = await upstream(({ headers, url }, response) => {
    response.writeHead(200, { "content-type": "application/json", "x-heard": JSON.stringify([headers, url]) });
    response.end(CHAT);
  });
  const cwd = treeOf();
  const own = ["--mode", "record", "--journal", "run.jsonl", "--upstream", `openai=${up.url}/v1`];
  const command = ["--", process.execPath, "--input-type=module", "-e", PROGRAM];
  const { code, stdout, stderr } = await recctl(["serve", ...own, ...args, ...command], { cwd, env });
  expect([code, JSON.parse(stdout)]).toEqual([0, [[200, 401, 200], TOKEN.length]]);
  expect(up.asked).toHaveLength(2);
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.some(({ name }) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  const written = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  for (const text of [stdout, stderr, JSON.stringify(up.asked), ...written]) expect(text).not.toContain(TOKEN);
});

it("without a command the environment's is asked for, told of, and not shown", async () => {
  const run = await served([], { cwd: treeOf(), env: { RECCTL_TOKEN: TOKEN } });
  const asked = (headers: Record<string, string>) => post(`${run.url}/v1/chat/completions`, BODY, headers);
  const told = [await asked({}), await asked({ "x-recctl-token": "x" }), await asked({ "x-recctl-token": TOKEN })];
  expect(told.map(({ status }) => status)).toEqual([401, 401, 404]);
  for (const answer of told) expect(await answer.text()).not.toContain(TOKEN);
  const { stderr } = await run.end();
  expect(stderr).toContain("clients send the token in the header X-Recctl-Token");
  expect(stderr + run.run.stdout.toString()).not.toContain(TOKEN);
});

it("an empty one is none; one that cannot be sent is refused, and not shown", async () => {
  const run = await served([], { cwd: treeOf(), env: { RECCTL_TOKEN: "" } });
  expect((await post(`${run.url}/v1/chat/completions`, BODY)).status).toBe(404);
  await run.end();
  for (const [args, env] of [
    [[], { RECCTL_TOKEN: `${TOKEN} x` }],
    [["--token", `${TOKEN} x`], {}],
  ] as const) {
    const { code, stderr } = await recctl(["serve", ...args], { cwd: treeOf(), env });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--token TOKEN, or RECCTL_TOKEN")]);
    expect(stderr).not.toContain(TOKEN);
  }
});

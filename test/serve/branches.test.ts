import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const asked = (at: number) => ({ model: "m", messages: [{ role: "user", content: `question ${at}` }] });
const TEST = { "X-Test-Id": "tests/a/test_x.py::test_y" };

/** An API that answers each chat with a text of its own. */
const api = (says: string) =>
  upstream((_, response) => {
    const message = { role: "assistant", content: says };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "1", object: "chat.completion", choices: [{ index: 0, message }] }));
  });

/** A repository with a branch `edited` that has recordings, and `empty` that has none; `edited` is checked out. */
async function repository(headers: Record<string, string>) {
  const cwd = treeOf({ "tests/a/test_x.py": "", ".gitignore": ".recctl/\n" });
  const git = (...args: string[]): void => {
    const own = ["-c", "user.name=x", "-c", "user.email=x@y", "-c", "core.hooksPath=/dev/null"];
    execFileSync("git", [...own, ...args], { cwd, stdio: "ignore" });
  };
  git("init", "-b", "empty");
  git("add", ".");
  git("commit", "-m", "none");
  git("checkout", "-b", "edited");
  const up = await api("recorded at first");
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  for (let at = 0; at < 40; at++) await post(`${run.url}/v1/chat/completions`, asked(at), headers);
  await run.end();
  git("add", ".");
  git("commit", "-m", "recordings");
  return { cwd, git };
}

const FOLDERS: [string, Record<string, string>][] = [
  ["shared", {}],
  ["a test's own", TEST],
];

describe.each(FOLDERS)("a folder of recordings that comes back with a branch (%s)", (_, headers) => {
  it("record-if-missing answers out of it at once, and writes nothing over", async () => {
    const { cwd, git } = await repository(headers);
    const before = new Map(recordingsIn(cwd).map((path) => [path, readFileSync(join(cwd, path), "utf8")]));
    const up = await api("asked anew");
    const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd });
    const ask = async (at: number) =>
      (await post(`${run.url}/v1/chat/completions`, asked(at), headers)).headers.get("x-recctl-outcome");
    expect(await ask(0)).toBe("hit");
    git("checkout", "empty");
    expect(await ask(1)).toBe("recorded");
    git("stash", "-u");
    git("checkout", "edited");
    expect([await ask(2), await ask(3), await ask(4)]).toEqual(["hit", "hit", "hit"]);
    expect(up.asked.length).toBe(1);
    for (const [path, text] of before) expect(readFileSync(join(cwd, path), "utf8"), path).toBe(text);
    await run.end();
  });

  it("replay finds what is in it at once, wherever it had been looked for", async () => {
    const { cwd, git } = await repository(headers);
    git("checkout", "empty");
    const run = await served([], { cwd });
    const ask = async (at: number) =>
      (await post(`${run.url}/v1/chat/completions`, asked(at), headers)).headers.get("x-recctl-outcome");
    expect(await ask(0)).toBe("miss");
    for (let round = 0; round < 3; round++) {
      git("checkout", "edited");
      expect([await ask(round), await ask(10)]).toEqual(["hit", "hit"]);
      git("checkout", "empty");
      expect([await ask(round), await ask(10)]).toEqual(["miss", "miss"]);
    }
    await run.end();
  });
});

it("record-if-missing asks nothing for a recording that is there and not served", async () => {
  const { cwd } = await repository({});
  const up = await api("asked anew");
  const upstreams = ["--upstream", `openai=${up.url}/v1`];
  const run = await served(["--mode", "record-if-missing", "-t", "nobody", ...upstreams], { cwd });
  const answer = await post(`${run.url}/v1/chat/completions`, asked(0));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/not be recorded, so it is not asked: \S+\/[0-9a-f]{64}\.json is there/);
  expect(up.asked).toEqual([]);
  await run.end();
});

it("what came while the API was asked is not written over, told, and found from then on", async () => {
  const { cwd, git } = await repository({});
  git("checkout", "empty");
  const up = await upstream((_, response) => {
    git("checkout", "edited");
    const message = { role: "assistant", content: "asked anew" };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "1", object: "chat.completion", choices: [{ index: 0, message }] }));
  });
  const args = [
    "--mode",
    "record-if-missing",
    "--strict",
    "--journal",
    "run.jsonl",
    "--upstream",
    `openai=${up.url}/v1`,
  ];
  const run = await served(args, { cwd });
  const ask = () => post(`${run.url}/v1/chat/completions`, asked(0));
  const first = await ask();
  expect([first.headers.get("x-recctl-outcome"), first.headers.get("x-recctl-reason")]).toEqual([
    "live",
    expect.stringMatching(/^not recorded: \S+\/[0-9a-f]{64}\.json came meanwhile/),
  ]);
  expect(await first.text()).toContain("asked anew");
  const second = await ask();
  expect([second.headers.get("x-recctl-outcome"), await second.text()]).toEqual([
    "hit",
    expect.stringContaining("recorded at first"),
  ]);
  await run.end();
  expect(readFileSync(join(cwd, "run.jsonl"), "utf8")).toMatch(/"outcome":"live".+came meanwhile.+\n.+"outcome":"hit"/);
});

it("roots and folders that were named may go and come back", async () => {
  const { cwd, git } = await repository(TEST);
  for (const args of [["tests/a/recordings"], ["tests/a/recordings", "tests/a/test_x.py"], ["tests/a/rec*"]]) {
    const run = await served(args, { cwd });
    const ask = async () =>
      (await post(`${run.url}/v1/chat/completions`, asked(0), TEST)).headers.get("x-recctl-outcome");
    expect(await ask()).toBe("hit");
    git("checkout", "empty");
    expect(await ask()).toBe("miss");
    git("checkout", "edited");
    expect(await ask()).toBe("hit");
    await run.end();
  }
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../src/library/public.d.ts";
import { fetchIn } from "../library/made.ts";
import { recctl, recordingText } from "../run.ts";
import { post, served, treeOf, upstream } from "./serving.ts";

const BODY = { model: "gpt-4o", messages: [{ role: "user", content: "When is high water?" }] };
const TEST = "test_bar.py::test_tide[gpt-4o]";
const BROKEN = recordingText().slice(0, 300);

/** An API that answers each chat with this text. */
const saying = (content: string) =>
  upstream((_, response) => {
    const message = { role: "assistant", content };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "1", object: "chat.completion", choices: [{ index: 0, message }] }));
  });

/** The name under which the request is looked for. */
async function nameOf(testId = TEST): Promise<string> {
  const entries: JournalEntry[] = [];
  const fetch = fetchIn(treeOf(), { testId, journal: (entry) => void entries.push(entry) });
  await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: JSON.stringify(BODY) });
  return entries[0]?.name as string;
}

describe("a broken recording under the very name that is asked for", () => {
  const UNREADABLE =
    /the recording cannot be read: .*[0-9a-f]{64}\.json:\d+:\d+: .+; recctl validate \S+[0-9a-f]{64}\.json/;

  it.each(["replay", "record-if-missing"])("%s says so, and asks and writes nothing", async (mode) => {
    const up = await saying("new");
    const name = await nameOf();
    const path = `recordings/${name}.json`;
    const cwd = treeOf({ [path]: BROKEN });
    const upstreams = ["--upstream", "openai=https://api.openai.com/v1"];
    const run = await served(["--mode", mode, "--test-id", TEST, ...upstreams], { cwd });
    await run.run.until(() => run.run.stderr.includes("recctl serve: "));
    expect(run.run.stderr.toString()).toMatch(new RegExp(`^${path}:\\d+:\\d+: the file is cut off`));
    const answer = await post(`${run.url}/v1/chat/completions`, BODY);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringMatching(UNREADABLE)]);
    const { stderr } = await run.end();
    expect(stderr).toContain("recctl failed");
    expect(up.asked).toEqual([]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(BROKEN);
  });

  it("one of the test's own folder goes before a whole one of another", async () => {
    const testId = "a/test_bar.py::test_tide";
    const name = await nameOf(testId);
    const whole = recordingText({ test_id: testId });
    const files = { [`a/recordings/${name}.json`]: BROKEN, [`b/recordings/${name}.json`]: whole };
    const fetch = fetchIn(treeOf(files), { testId });
    const ask = () =>
      fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: JSON.stringify(BODY) });
    expect((await ask()).status).toBe(500);
    // Of another folder it says nothing of this one.
    const away = { [`a/recordings/${name}.json`]: whole, [`b/recordings/${name}.json`]: BROKEN };
    const other = fetchIn(treeOf(away), { testId });
    expect(
      (await other("https://api.openai.com/v1/chat/completions", { method: "POST", body: JSON.stringify(BODY) }))
        .status,
    ).toBe(200);
  });

  it("by request it is not written over either; record does, and undo brings it back", async () => {
    const up = await saying("new");
    const cwd = treeOf();
    const args = ["--test-id", TEST, "--upstream", `openai=${up.url}/v1`];
    const first = await served(["--mode", "record", ...args], { cwd });
    const path = `recordings/${(await post(`${first.url}/v1/chat/completions`, BODY)).headers.get("x-recctl-name")}.json`;
    await first.end();
    const broken = treeOf({ [path]: BROKEN });
    const by = await served(["--mode", "record-if-missing", "--match", "request", ...args], { cwd: broken });
    const answer = await post(`${by.url}/v1/chat/completions`, BODY);
    expect([answer.status, answer.headers.get("x-recctl-reason")]).toEqual([200, expect.stringMatching(UNREADABLE)]);
    await by.end();
    expect(readFileSync(join(broken, path), "utf8")).toBe(BROKEN);
    const over = await served(["--mode", "record", ...args], { cwd: broken });
    expect((await post(`${over.url}/v1/chat/completions`, BODY)).status).toBe(200);
    await over.end();
    expect(readFileSync(join(broken, path), "utf8")).toContain('"new"');
    expect((await recctl(["undo"], { cwd: broken })).code).toBe(0);
    expect(readFileSync(join(broken, path), "utf8")).toBe(BROKEN);
  });

  it("of many the first are told at the start, and how many there are", async () => {
    const names = Array.from({ length: 8 }, (_, at) => `recordings/${String(at).repeat(64)}.json`);
    const cwd = treeOf(Object.fromEntries(names.map((name) => [name, "{"])));
    const told = (await recctl(["serve", "--", "true"], { cwd })).stderr.split("\n");
    const listed = (await recctl(["ls"], { cwd })).stderr.split("\n");
    expect(told.slice(0, 6)).toEqual([...listed.slice(0, 5), "and 3 more broken files (recctl ls)"]);
    expect((await recctl(["serve", "--mode", "live", "--", "true"], { cwd })).stderr).not.toContain("broken");
  });
});

it("account data is recorded, and told with its rule, its place and what takes it out", async () => {
  const up = await saying("It is in /home/janedoe/tides.");
  const cwd = treeOf();
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`, "--journal", "run.jsonl"], {
    cwd,
  });
  const asked = { ...BODY, messages: [{ role: "user", content: "What is in /Users/janedoe/notes?" }] };
  expect((await post(`${run.url}/v1/chat/completions`, asked)).headers.get("x-recctl-outcome")).toBe("recorded");
  const { stderr } = await run.end();
  const { path, reason } = JSON.parse(readFileSync(join(cwd, "run.jsonl"), "utf8"));
  expect(reason).toMatch(
    /^it holds secret\/home: request\.body\.messages\[0\]\.content: .+ \(and 1 more\); recctl redact secret\/home /,
  );
  expect(reason.endsWith(path)).toBe(true);
  expect(stderr).toContain(reason);
  expect(stderr).not.toMatch(/janedoe/);
  const [, command = ""] = reason.split("; recctl ");
  // The plan of it: names are changed with a scheme that somebody sets.
  const plan = await recctl(command.split(" "), { cwd });
  expect([plan.code, plan.stdout]).toEqual([1, expect.stringMatching(/^rename\t.*2 texts, and the name$/m)]);
  const entries: JournalEntry[] = [];
  const fetch = fetchIn(cwd, { mode: "record", journal: (entry) => void entries.push(entry) });
  await fetch(`${up.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(asked) });
  await fetch.close();
  expect(entries[0]?.reason).toContain("it holds secret/home: ");
});

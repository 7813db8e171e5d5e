import { join } from "node:path";
import { expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";

const RECORDINGS = join(ROOT, "recordings");
const diff = (...args: string[]) => inside(["diff", ...args], { cwd: RECORDINGS });

it("two recordings are compared by their ids, their paths, or their tests", async () => {
  const byId = await diff("5d64", "2b05");
  expect(byId.code).toBe(1);
  expect(byId.stdout).toMatch(
    /^test_night_watch\S+\n {2}5d64994c {2}5d64994c\w+\.json\n {2}2b056a11 {2}2b056a11\w+\.json\n/,
  );
  expect(byId.stdout).toContain("+ body.messages[2]\n    2b056a11: ");
  const [old, now] = byId.stdout.match(/\w{64}\.json/g) as [string, string];
  expect(await diff(old, now)).toEqual(byId);
  const test = "test_night_watch.py::TestNightWatch::test_agent_brings_the_petrel_in[txt=openai/gpt-4o]";
  expect(await diff(`${test}#2`, `${test}#1`)).toMatchObject({ code: expect.any(Number), stderr: "" });
});

it("what differs in nothing but noise exits 0; other APIs are told", async () => {
  expect(await diff("8906", "0c03")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("the same is answered, but for noise (ids)"),
  });
  expect((await diff("5d64", "345b")).stderr).toBe("different APIs: openai-chat and ollama\n");
});

it("--json has the one pair; --only and --ignore hold", async () => {
  const { pairs, summary } = JSON.parse((await diff("5d64", "2b05", "--json", "--only", "request")).stdout);
  expect(pairs).toMatchObject([
    { old: expect.stringMatching(/^5d64/), new: expect.stringMatching(/^2b05/), response: null },
  ]);
  expect(summary).toMatchObject({ pairs: 1, requests_changed: 1 });
  expect((await diff("5d64", "2b05", "--ignore", "body.messages[2]")).stdout).not.toContain("messages[2]");
});

it.each([
  ["5d64", "nope"],
  ["nope", "5d64"],
  ["5d64", "deadbeef"],
])("of %s and %s it is told which is no recording", async (old, now) => {
  const { code, stderr } = await diff(old, now);
  const none = old === "5d64" ? now : old;
  expect(code).toBe(2);
  expect(stderr).toContain(`error: 5d64 is a recording, and ${none} is none\n  try  recctl diff 5d64 ID`);
});

it.runIf(HAS_GIT)("an id that is of no recording is a revision (needs git)", async () => {
  const { root, write, commit } = repository();
  write({ "recordings/x.txt": "" });
  const revision = commit("one").slice(0, 8);
  write({ "recordings/y.txt": "" });
  const later = commit("two").slice(0, 8);
  expect((await inside(["diff", revision, later], { cwd: root })).stderr).toContain("nothing changed");
});

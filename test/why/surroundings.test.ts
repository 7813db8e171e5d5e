import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporary, tree } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import {
  CONFIG,
  chat,
  explained,
  FILE,
  files,
  hashOf,
  type Made,
  pathOf,
  repositoryWith,
  source,
  testOf,
  why,
} from "./made.ts";

const TEST = testOf("test_one");
const MADE: Made = { request: chat({ seed: 1 }), testId: TEST };
const GONE: Made = { request: chat({ seed: 2 }), testId: TEST };
const hash = hashOf(GONE.request, TEST);

describe("what cannot be read is told, with exit 2", () => {
  const request = JSON.stringify({ url: "http://h/v1/x", body: {} });
  it.each([
    ["an empty log", { log: "" }, ["log"], "error: an empty log\n  in   log\n"],
    ["a log of spaces", { log: " \n\t\n" }, ["log"], "error: an empty log\n  in   log\n"],
    [
      "a binary file",
      { log: Uint8Array.from({ length: 3000 }, (_, n) => (n * 7919) % 256) },
      ["log"],
      "error: a binary file: no log\n  in   log\n",
    ],
    ["a folder", {}, ["."], "error: a folder, not a file\n  in   .\n"],
    ["no file", {}, ["log"], "error: no such file\n  in   log\n"],
    ["too few digits of a hash", {}, [`${hash.slice(0, 6)}…`], "error: too few digits of a hash"],
    ["an empty name", {}, [""], "error: a folder, not a file\n"],
    [
      "a request as a log",
      { "r.json": request },
      ["r.json"],
      "error: a request or a recording, and no log\n  in   r.json\n  try  recctl why --request r.json\n",
    ],
    ["a recording as a log", files(MADE), [pathOf(MADE)], "error: a request or a recording, and no log\n"],
    ["JSON of something else", { "a.json": '{"a": 1}' }, ["a.json"], "error: JSON, but no report of a run\n"],
    ["JUnit that is cut", { "j.xml": '<testsuite><testcase name="a">' }, ["j.xml"], "error: no whole XML: "],
    ["a request that is cut", { "r.json": request.slice(0, -1) }, ["--request", "r.json"], "error: the file is cut"],
    [
      "a request that is none",
      { "r.json": "[1]" },
      ["--request", "r.json"],
      "error: no request: an object is wanted\n",
    ],
    ["no request", {}, ["--request", "r.json"], "error: no such file\n"],
    ["nothing", {}, [], "error: of what? give a log, a hash or --request\n"],
    ["stdin twice", {}, ["-", "--request", "-"], "error: stdin can be read only once\n"],
    ["no scheme", {}, [hash, "--scheme", "x"], "error: "],
  ] as const)("%s", async (_what, made, args, says) => {
    const { code, stdout, stderr } = await why(tree(made), ["why", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.slice(0, says.length)).toBe(says);
  });

  it("an empty stdin", async () => {
    const { code, stderr } = await why(tree({}), ["why", "-"], { stdin: "" });
    expect([code, stderr]).toEqual([2, "error: an empty log\n  in   stdin\n"]);
  });
});

describe("logs without misses: exit 0", () => {
  it.each([
    ["of tests that passed", `${FILE}::test_one PASSED [100%]\n==== 1 passed in 0.1s ====\n`, "no miss was found\n"],
    [
      "of -q",
      "..\n==== 2 passed in 0.1s ====\n",
      "log: no miss is in it, nor anything else of a run\nno miss was found\n",
    ],
    [
      "of a server",
      'INFO: 127.0.0.1 - "POST /v1/chat/completions HTTP/1.1" 200 OK\n',
      "log: no miss is in it, nor anything else of a run\nno miss was found\n",
    ],
    ["JUnit", '<testsuite><testcase classname="test_a" name="test_b"/></testsuite>', "no miss was found\n"],
    ["json-report", '{"created": 1, "tests": [{"nodeid": "a.py::b", "outcome": "passed"}]}', "no miss was found\n"],
  ])("%s", async (_what, log, says) => {
    const root = tree({ log, "test_a.py": source("test_b") });
    expect(await why(root, ["why", "log"])).toEqual({ code: 0, stdout: "", stderr: says });
    const { code, stdout } = await why(root, ["why", "log", "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([0, { causes: [], summary: { misses: 0, proven: 0, by_cause: {} } }]);
  });
});

describe("without git, or with less of it", () => {
  it("no repository: nobody knows what was deleted, and a miss is likely never recorded", async () => {
    const root = tree({ ...CONFIG, [FILE]: source("test_one") });
    const { causes } = await explained(root, [hash, "--test-id", TEST]);
    expect(causes).toMatchObject([{ cause: "never recorded", proven: false }]);
    expect(causes[0]?.misses[0]?.evidence).toContain("git was not asked whether it ever was");
  });

  it("a folder without recordings, and one that is empty", async () => {
    for (const made of [{}, { "recordings/x.json": "{" }]) {
      const { causes } = await explained(tree(made), [hash]);
      expect(causes).toMatchObject([{ cause: "unknown" }]);
    }
  });

  it.skipIf(!HAS_GIT)("a shallow clone says so", async () => {
    const full = repositoryWith(["test_one"], [MADE, GONE]);
    full.git("rm", "-q", pathOf(GONE));
    full.commit("Clean up");
    full.write({ later: "" });
    full.commit("Later");
    expect((await explained(full.root, [hash, "--test-id", TEST])).causes).toMatchObject([{ cause: "deleted in REV" }]);
    const root = join(temporary(), "clone");
    full.git("clone", "-q", "--depth", "1", `file://${full.root}`, root);
    const { stdout, stderr, code } = await why(root, ["why", hash, "--test-id", TEST]);
    expect([code, stdout.split("\t").slice(2, 4)]).toEqual([1, ["request changed", "likely"]]);
    expect(stderr).toContain("a shallow clone: what was deleted before its first commit is not known\n");
  });

  it.skipIf(!HAS_GIT)("a shallow clone proves of nothing that it was never there", async () => {
    const full = repositoryWith(
      ["test_one", "test_two", "test_three"],
      [MADE, { request: chat({ seed: 3 }), testId: testOf("test_three") }],
    );
    const root = join(temporary(), "clone");
    const two = testOf("test_two");
    const args = [hashOf(MADE.request, two), "--test-id", two];
    const never = { cause: "never recorded", differs: "recorded for another test alone" };
    full.write({ later: "" });
    full.commit("Later");
    full.git("clone", "-q", "--depth", "1", `file://${full.root}`, root);
    expect((await explained(full.root, args)).causes).toMatchObject([{ ...never, proven: true }]);
    expect((await explained(root, args)).causes).toMatchObject([{ ...never, proven: false }]);
  });

  it.skipIf(!HAS_GIT)("git missing says so, and the rest is told", async () => {
    const { root } = repositoryWith(["test_one"], [MADE]);
    const bin = temporary();
    symlinkSync(process.execPath, join(bin, "node"));
    const { stdout, stderr, code } = await why(root, ["why", hash, "--test-id", TEST], { env: { PATH: bin } });
    expect([code, stdout.split("\t").slice(2, 4)]).toEqual([1, ["request changed", "likely"]]);
    expect(stderr).toMatch(/^git's history is not looked at: git is not installed, or not on PATH\n/);
  });

  it.skipIf(!HAS_GIT)("before the first commit, and in a broken repository", async () => {
    const { root, write } = repository();
    write({ ...CONFIG, [FILE]: source("test_one"), ...files(MADE) });
    expect((await explained(root, [hash, "--test-id", TEST])).causes).toMatchObject([{ cause: "request changed" }]);
    writeFileSync(join(root, ".git/HEAD"), "junk\n");
    const { code, stdout } = await why(root, ["why", hash, "--test-id", TEST]);
    expect([code, stdout.split("\t")[2]]).toEqual([1, "request changed"]);
  });

  it.skipIf(!HAS_GIT)("nothing is written, and what an earlier command left is left", async () => {
    const { root, git } = repositoryWith(["test_one"], [MADE]);
    mkdirSync(join(root, "empty"));
    await explained(root, [hash, "--test-id", TEST]);
    expect(git("status", "--porcelain")).toBe("");
  });
});

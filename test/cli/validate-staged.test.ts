import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { filesOf, sound } from "../mend/named.ts";
import { BIN, type Ran, temporary } from "../run.ts";
import { GIT_ENV, HAS_GIT, type Repository, repository } from "../store/repository.ts";

const GOOD = sound();
const PATH = `recordings/${GOOD.name}.json`;
const BAD = `${GOOD.text.slice(0, 300)}\n<<<<<<< HEAD\n`;
const OTHER = sound({ asked: "How low is" });

interface Hooked extends Repository {
  /** Commits with these arguments, on a hook that asks recctl. */
  commits(...args: string[]): SpawnSyncReturns<string>;
}

/** A repository, in which recctl looks at every commit before it is made. */
function hooked(): Hooked {
  const made = repository();
  const hook = join(made.root, ".git/hooks/pre-commit");
  mkdirSync(join(made.root, ".git/hooks"), { recursive: true });
  const cache = temporary();
  writeFileSync(hook, `#!/bin/sh\nRECCTL_CACHE_DIR='${cache}' exec '${process.execPath}' '${BIN}' validate --staged\n`);
  chmodSync(hook, 0o755);
  const commits = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync("git", ["commit", "-q", "-m", "x", ...args], { cwd: made.root, env: GIT_ENV, encoding: "utf8" });
  return { ...made, commits };
}

const staged = (cwd: string, ...args: string[]): Promise<Ran> =>
  inside(["validate", "--staged", ...args], { cwd, env: GIT_ENV });

describe.skipIf(!HAS_GIT)("a hook that runs recctl validate --staged (needs git)", () => {
  it("looks at what is committed, not at the working tree", () => {
    const { write, git, commits } = hooked();
    write({ [PATH]: GOOD.text });
    git("add", "--all");
    write({ [PATH]: BAD });
    expect(commits().status).toBe(0);
    git("add", "--all");
    write({ [PATH]: GOOD.text });
    const refused = commits();
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain(`${PATH}:`);
    expect(refused.stderr).toContain("1 file · 1 error");
    git("add", "--all");
    expect(git("status", "--porcelain")).toBe("");
  });

  it("a broken file that is deleted passes, one that is renamed does not; what is not staged has no say", () => {
    const { root, write, git, commits } = hooked();
    write({ [PATH]: BAD, [`recordings/${OTHER.name}.json`]: OTHER.text });
    git("add", "--all");
    expect(commits("--no-verify").status).toBe(0);
    writeFileSync(join(root, "README.md"), "read me");
    git("add", "README.md");
    expect(commits().status).toBe(0);
    git("mv", PATH, `recordings/${"0".repeat(64)}.json`);
    expect(commits().status).toBe(1);
    git("reset", "-q", "--hard");
    git("rm", "-q", PATH);
    expect(commits().status).toBe(0);
  });

  it("the first commit, -a, a commit of some paths, and --amend", () => {
    const { write, git, commits } = hooked();
    write({ [PATH]: BAD, "README.md": "read me" });
    git("add", "--all");
    expect(commits().status).toBe(1);
    expect(commits("README.md").status).toBe(0);
    write({ [PATH]: GOOD.text });
    expect(commits().status).toBe(1);
    expect(commits("-a").status).toBe(0);
    write({ [PATH]: BAD });
    expect(commits("-a").status).toBe(1);
    expect(commits(PATH).status).toBe(1);
    expect(commits("--amend", "--allow-empty").status).toBe(0);
    expect(commits("--amend", "-a").status).toBe(1);
  });

  it("in a worktree, and from a folder in it", () => {
    const { write, git, commits } = hooked();
    write({ "README.md": "read me" });
    git("add", "--all");
    expect(commits().status).toBe(0);
    const cwd = join(temporary(), "work tree");
    git("worktree", "add", "-q", "-b", "work", cwd);
    mkdirSync(join(cwd, "recordings"));
    writeFileSync(join(cwd, PATH), BAD);
    git("-C", cwd, "add", "--all");
    const within = (): SpawnSyncReturns<string> =>
      spawnSync("git", ["commit", "-q", "-m", "x"], { cwd: join(cwd, "recordings"), env: GIT_ENV, encoding: "utf8" });
    expect(within().status).toBe(1);
    writeFileSync(join(cwd, PATH), GOOD.text);
    git("-C", cwd, "add", "--all");
    expect(within().status).toBe(0);
  });
});

describe.skipIf(!HAS_GIT)("recctl validate --staged (needs git)", () => {
  it("nothing staged is nothing wrong", async () => {
    const { root, write, commit } = repository();
    expect(await staged(root)).toMatchObject({ code: 0, stdout: "" });
    write({ [PATH]: BAD });
    expect((await staged(root)).code).toBe(0);
    commit("bad");
    expect(await staged(root)).toMatchObject({ code: 0, stdout: "" });
  });

  it("whatever files are called", async () => {
    const { root, write, git } = repository();
    const names = ["sp ace", 'quo"te\\', "new\nline", "naïve 漁", "-rf", "*", ":(top)x"];
    write(Object.fromEntries(names.map((name) => [`recordings/${name}.json`, "{"])));
    git("add", "--all");
    const { stdout, code } = await staged(root, "--json");
    const found = JSON.parse(stdout).findings.map(({ path }: { path: string }) => path);
    expect([code, found.sort()]).toEqual([1, names.map((name) => `recordings/${name}.json`).sort()]);
    expect((await staged(root)).stdout).toContain("recordings/new\\nline.json:1:2\terror\tjson\t");
  });

  it("below the folder it runs in, or the paths that are given", async () => {
    const { root, write, git } = repository();
    write({ "a/recordings/x.json": "{", "b/recordings/y.json": "{", "c/other/z.json": "{" });
    git("add", "--all");
    const paths = async (cwd: string, ...args: string[]): Promise<string[]> =>
      JSON.parse((await staged(cwd, "--json", ...args)).stdout).findings.map(({ path }: { path: string }) => path);
    expect(await paths(root)).toEqual(["a/recordings/x.json", "b/recordings/y.json"]);
    expect(await paths(join(root, "a"))).toEqual(["recordings/x.json"]);
    expect(await paths(root, "b/", "c")).toEqual(["b/recordings/y.json"]);
    expect(await paths(join(root, "a"), "../b/recordings/y.json")).toEqual(["../b/recordings/y.json"]);
    write({ "recctl.config.json": '{"roots": ["b", "c/*/x"]}' });
    expect(await paths(root)).toEqual(["b/recordings/y.json"]);
    rmSync(join(root, "b"), { recursive: true });
    expect(await paths(root, "b")).toEqual(["b/recordings/y.json"]);
  });

  it("a link is no recording of its own, and what is only meant to be added is not looked at", async () => {
    const { root, write, git } = repository();
    write({ ...filesOf([GOOD]), "recordings/later.json": "{" });
    mkdirSync(join(root, "other/recordings"), { recursive: true });
    symlinkSync(`../../${PATH}`, join(root, `other/${PATH}`));
    git("add", "recordings/later.json", "--intent-to-add");
    git("add", PATH, "other");
    const { stdout, stderr, code } = await staged(root);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toContain("1 file · nothing found");
  });

  it("goes with a baseline, which does not count as mended what was not looked at", async () => {
    const { root, write, git } = repository();
    write({ [PATH]: BAD, "recordings/old.json": "{" });
    git("add", PATH);
    const base = ["--baseline", "base.json"];
    expect((await inside(["validate", ...base, "--write-baseline"], { cwd: root })).code).toBe(0);
    const { stderr, code } = await staged(root, ...base);
    expect(code).toBe(0);
    expect(stderr).toContain("1 accepted by the baseline");
    expect(stderr).not.toContain("mended");
  });

  it.each([["--fix"], ["-t", "x"], ["--explain"], ["--rename", "a=b"], ["--baseline", "x", "--write-baseline"]])(
    "is refused with %s",
    async (...more) => {
      const { stderr, code } = await staged(repository().root, ...more);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: .*staged/);
    },
  );

  it("is refused where there is no repository", async () => {
    const cwd = temporary();
    const { stderr, code } = await inside(["validate", "--staged"], {
      cwd,
      env: { ...GIT_ENV, GIT_CEILING_DIRECTORIES: cwd },
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: not in a git repository: nothing is staged\n  in   ${cwd}\n  try  recctl validate\n`,
    });
  });
});

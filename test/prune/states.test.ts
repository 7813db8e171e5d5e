import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { GIT_ENV, HAS_GIT, repository } from "../store/repository.ts";
import { made, wholes } from "./gone.ts";

const { gone, kept, files } = made(3, 2);
const paths = Object.keys(gone);
const [first, second] = paths as [string, string];
const [used] = Object.keys(kept) as [string];
type Repository = ReturnType<typeof repository>;

function committed(): Repository {
  const repo = repository();
  repo.write(files);
  repo.commit("all");
  return repo;
}

const change = ({ root }: Repository, path: string): void => appendFileSync(join(root, path), " ");

/** What becomes of a repository; what is told of which files. Null: nothing, all goes. */
type Case = [what: string, spoil: (repo: Repository) => void, told: readonly [fact: string, paths: string[]] | null];

const CHANGED = "to go has uncommitted changes";
const UNTRACKED = "to go is untracked by git";
const CASES: Case[] = [
  ["clean", () => undefined, null],
  ["a file that goes is changed", (repo) => change(repo, first), [CHANGED, [first]]],
  ["a file that stays is changed", (repo) => change(repo, used), null],
  [
    "a change that is staged alone",
    (repo) => {
      const text = readFileSync(join(repo.root, first));
      change(repo, first);
      repo.git("add", first);
      writeFileSync(join(repo.root, first), text);
    },
    [CHANGED, [first]],
  ],
  [
    "staged, and never committed",
    (repo) => {
      repo.git("rm", "-q", "--cached", first);
      repo.git("commit", "-q", "-m", "without");
      repo.git("add", first);
    },
    [CHANGED, [first]],
  ],
  [
    "only meant to be added",
    (repo) => {
      repo.git("rm", "-q", "--cached", first);
      repo.git("commit", "-q", "-m", "without");
      repo.git("add", "-N", first);
    },
    [CHANGED, [first]],
  ],
  ["out of the index, and in the last commit", (repo) => repo.git("rm", "-q", "--cached", first), [UNTRACKED, [first]]],
  [
    "untracked",
    (repo) => {
      repo.git("rm", "-q", "--cached", first);
      repo.git("commit", "-q", "-m", "without");
    },
    [UNTRACKED, [first]],
  ],
  [
    "ignored, and untracked",
    (repo) => {
      repo.git("rm", "-q", "--cached", first);
      repo.write({ ".gitignore": "recordings/\n" });
      repo.git("commit", "-q", "-m", "without");
    },
    [UNTRACKED, [first]],
  ],
  ["ignored, and tracked all the same", (repo) => repo.write({ ".gitignore": "recordings/\n" }), null],
  [
    "in conflict",
    (repo) => {
      const oid = repo.git("hash-object", "-w", first).trim();
      const info = [1, 2, 3].map((stage) => `100644 ${oid} ${stage}\t${first}\n`).join("");
      spawnSync("git", ["update-index", "--force-remove", first], { cwd: repo.root, env: GIT_ENV });
      spawnSync("git", ["update-index", "--index-info"], { cwd: repo.root, env: GIT_ENV, input: info });
    },
    [CHANGED, [first]],
  ],
  ["touched, and the same", ({ root }) => utimesSync(join(root, first), 1, 1), null],
  [
    "written anew, and the same",
    ({ root }) => {
      const text = readFileSync(join(root, first));
      rmSync(join(root, first));
      writeFileSync(join(root, first), text);
    },
    null,
  ],
  [
    "changed, and git told not to look (assume-unchanged)",
    (repo) => {
      repo.git("update-index", "--assume-unchanged", first, second);
      change(repo, first);
    },
    [CHANGED, [first]],
  ],
  [
    "changed, and git told not to look (skip-worktree)",
    (repo) => {
      repo.git("update-index", "--skip-worktree", first, second);
      change(repo, second);
    },
    [CHANGED, [second]],
  ],
  ["before the first commit", (repo) => repo.git("update-ref", "-d", "HEAD"), ["uncommitted changes", paths]],
  [
    "before the first commit, with nothing staged",
    (repo) => {
      repo.git("update-ref", "-d", "HEAD");
      repo.git("rm", "-q", "-r", "--cached", ".");
    },
    ["untracked by git", paths],
  ],
  [
    "with settings that change what git tells",
    (repo) => {
      for (const [key, value] of Object.entries({
        "core.quotePath": "true",
        "status.short": "true",
        "status.branch": "true",
        "status.relativePaths": "true",
        "status.showUntrackedFiles": "no",
        "status.renames": "copies",
        "color.ui": "always",
        "core.pager": "false",
      }))
        repo.git("config", key, value);
      change(repo, first);
    },
    [CHANGED, [first]],
  ],
  [
    "a sparse checkout that left the test sources out",
    (repo) => {
      repo.write({ "other/x.txt": "" });
      repo.commit("more");
      repo.git("sparse-checkout", "set", "--no-cone", "/tests/a/recordings/");
    },
    null,
  ],
];

describe.skipIf(!HAS_GIT)("what git does not have is not removed", () => {
  it.each(CASES)("%s", async (_, spoil, told) => {
    const repo = committed();
    spoil(repo);
    const cwd = repo.root;
    const before = wholes(cwd);
    const { stderr, code } = await inside(["prune", "--apply", "--stage"], { cwd });
    if (told === null) {
      expect(code, stderr).toBe(0);
      for (const path of paths) expect(wholes(cwd)).not.toHaveProperty(path);
      expect(repo.git("diff", "--cached", "--diff-filter=D", "--name-only").match(/\.json/g)).toHaveLength(3);
      return;
    }
    const [fact, named] = told;
    expect({ code, tree: wholes(cwd) }, stderr).toEqual({ code: 2, tree: before });
    expect(stderr).toContain(fact);
    for (const path of paths) expect(stderr.includes(path), path).toBe(named.includes(path));
    for (const path of named) expect(stderr).toContain(path);
    const forced = await inside(["prune", "--apply", "--stage", "--allow-dirty"], { cwd });
    expect(forced.code, forced.stderr).toBe(0);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(wholes(cwd)).toEqual(before);
  });
});

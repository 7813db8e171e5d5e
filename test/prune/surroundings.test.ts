import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { asWhom, POWERLESS, shell, started } from "../cli/process.ts";
import { inside } from "../inside.ts";
import { temporary, tree } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import { made, wholes } from "./gone.ts";

const { files, gone } = made(12, 3);
const paths = Object.keys(gone);
const FOLDER = dirname(paths[0] as string);
const APPLY = ["prune", "--apply"];

/** Puts files into a folder that is there. */
function plant(cwd: string, all = files): void {
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

/** Mounts something on a folder for a test; false where this process may not. */
function mounted(folder: string, ...args: string[]): boolean {
  const { status } = spawnSync("mount", [...args, folder]);
  if (status === 0) onTestFinished(() => void spawnSync("umount", [folder]));
  return status === 0;
}

const remain = (cwd: string): string[] => paths.filter((path) => existsSync(join(cwd, path)));

describe("a disk that refuses", () => {
  it("a read-only file system is looked at, and told where it should be changed (a bind mount, where one may be made)", async ({
    skip,
  }) => {
    const cwd = tree(files);
    if (!mounted(cwd, "--bind", cwd)) skip("only root may mount");
    spawnSync("mount", ["-o", "remount,bind,ro", cwd]);
    expect((await inside(["prune", "--check"], { cwd })).code).toBe(1);
    const { stderr, code } = await inside(APPLY, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/read-only.*nothing was (?:changed|removed)/);
    expect((await inside(["undo"], { cwd })).code).toBe(2);
    expect(remain(cwd)).toEqual(paths);
  });

  it.skipIf(!HAS_GIT)(
    "a git directory that is read-only is told, and nothing removed (a bind mount)",
    async ({ skip }) => {
      const { root, write, commit } = repository();
      write(files);
      commit("all");
      const git = join(root, ".git");
      if (!mounted(git, "--bind", git)) skip("only root may mount");
      spawnSync("mount", ["-o", "remount,bind,ro", git]);
      expect((await inside(["prune", "--check"], { cwd: root })).code).toBe(1);
      const { stderr, code } = await inside(APPLY, { cwd: root });
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("read-only") });
      expect(remain(root)).toEqual(paths);
    },
  );

  it.skipIf(!POWERLESS)(
    `a folder that may not be written to keeps all, those of other folders too${asWhom}`,
    async () => {
      const more = made(2, 1, "more/");
      const cwd = tree({ ...files, ...more.files });
      const { uid, gid } = POWERLESS ?? {};
      for (const path of [".", ...readdirSync(cwd, { recursive: true, encoding: "utf8" })]) {
        if (uid !== undefined && gid !== undefined) chownSync(join(cwd, path), uid, gid);
      }
      chmodSync(cwd, 0o755);
      chmodSync(join(cwd, FOLDER), 0o555);
      const before = wholes(cwd);
      const { stderr, code } = await started(APPLY, { cwd, ...POWERLESS }).read().ended;
      expect({ code, tree: wholes(cwd) }, stderr).toEqual({ code: 2, tree: before });
      for (const path of paths) expect(stderr).toContain(`${path}: its folder cannot be written to`);
      chmodSync(join(cwd, FOLDER), 0o755);
      expect((await started(APPLY, { cwd, ...POWERLESS }).read().ended).code).toBe(0);
    },
  );

  it("a full disk changes nothing, or all (a tiny tmpfs, where one may be mounted)", async ({ skip }) => {
    const cwd = temporary();
    if (!mounted(cwd, "-t", "tmpfs", "-o", "size=256k", "tmpfs")) skip("only root may mount a tmpfs");
    plant(cwd);
    const before = wholes(cwd);
    const full = spawnSync("dd", ["if=/dev/zero", `of=${join(cwd, "full")}`, "bs=4k"], { encoding: "utf8" });
    expect(full.stderr).toContain("No space left");
    const { stderr, code } = await inside(APPLY, { cwd });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("no space left on the disk") });
    expect(remain(cwd)).toEqual(paths);
    rmSync(join(cwd, "full"));
    expect((await inside(APPLY, { cwd })).code).toBe(0);
    expect(remain(cwd)).toEqual([]);
    spawnSync("dd", ["if=/dev/zero", `of=${join(cwd, "full")}`, "bs=4k"]);
    const back = await inside(["undo"], { cwd });
    if (back.code !== 0) {
      expect(back.stderr).toContain("no space left on the disk");
      rmSync(join(cwd, "full"));
      expect((await inside(["undo"], { cwd })).code).toBe(0);
    }
    rmSync(join(cwd, "full"), { force: true });
    expect(wholes(cwd)).toEqual(before);
  });
});

describe("closed pipes are no failure, and nothing is half done", () => {
  const lines: [line: string, status: string, left: number][] = [
    ["$recctl prune | head -1", "1", paths.length],
    ["$recctl prune --json | true", "0|1", paths.length],
    ["$recctl prune 2>&1 >/dev/null | true", "0|1", paths.length],
    ["$recctl prune --apply | true", "0", 0],
    ["$recctl prune --apply --json | head -1", "0", 0],
    ["$recctl prune --apply 2>&1 | true", "0", 0],
    ["$recctl prune --apply >&- 2>&-", "0|1|2", 0],
  ];
  it.each(lines)("%s", async (line, status, left) => {
    const cwd = tree(files);
    const ran = await shell(`exec 3>status; ${line}; echo "\${PIPESTATUS[0]}" >&3`, { cwd });
    expect(status.split("|"), ran.stderr).toContain(readFileSync(join(cwd, "status"), "utf8").trim());
    expect(remain(cwd)).toHaveLength(left);
  });
});

describe("what is missing around it", () => {
  const env = { PATH: process.env.PATH ?? "" };
  const surroundings: [what: string, env: () => Record<string, string>][] = [
    ["no home", () => ({ ...env, HOME: "", RECCTL_CACHE_DIR: "" })],
    ["a home that is not there", () => ({ ...env, HOME: "/nonexistent", RECCTL_CACHE_DIR: "" })],
    ["a cache that is a file", () => ({ ...env, RECCTL_CACHE_DIR: join(tree({ cache: "" }), "cache") })],
    ["a cache below a file", () => ({ ...env, RECCTL_CACHE_DIR: join(tree({ cache: "" }), "cache/below") })],
    ["a cache where nothing may be made", () => ({ ...env, RECCTL_CACHE_DIR: "/proc/nosuch" })],
    ["no git on PATH", () => ({ PATH: "/nonexistent", RECCTL_CACHE_DIR: temporary() })],
    ["no PATH", () => ({ PATH: "", RECCTL_CACHE_DIR: temporary() })],
  ];
  it.each(surroundings)("%s: a tree outside of git is pruned, and brought back", async (_, around) => {
    const cwd = tree(files);
    const before = wholes(cwd);
    const own = { cwd, env: around() };
    expect((await inside(["prune", "--check"], own)).code).toBe(1);
    const { stderr, code } = await inside(APPLY, own);
    expect(code, stderr).toBe(0);
    expect(stderr).not.toMatch(/error|at \w+ \(/);
    expect(remain(cwd)).toEqual([]);
    expect((await inside(["undo"], own)).code).toBe(0);
    expect(wholes(cwd)).toEqual(before);
  });

  it.skipIf(!HAS_GIT)("no git on PATH in a repository is told where git has to be asked; undo needs none", async () => {
    const { root: cwd, write, commit } = repository();
    write(files);
    commit("all");
    const before = wholes(cwd);
    const without = { PATH: "/nonexistent", RECCTL_CACHE_DIR: temporary() };
    for (const args of [["prune", "--check"], APPLY, [...APPLY, "--stage"]]) {
      const { stderr, code } = await inside(args, { cwd, env: without });
      expect({ code, stderr }).toEqual({ code: 2, stderr: "error: git is not installed, or not on PATH\n" });
    }
    expect(wholes(cwd)).toEqual(before);
    expect((await inside(APPLY, { cwd })).code).toBe(0);
    expect(await inside(["undo"], { cwd, env: without })).toMatchObject({ code: 0, stderr: "" });
    expect(wholes(cwd)).toEqual(before);
  });
});

describe("Ctrl-C", () => {
  const many = made(150, 5);
  it.each([
    ["before anything is changed", (cwd: string) => existsSync(join(cwd, ".recctl/lock"))],
    ["while originals are kept", (cwd: string) => journalled(cwd) > 0],
    ["while files are removed", (cwd: string) => readdirSync(join(cwd, FOLDER)).length < 150],
  ])("in the midst of prune --apply, %s: 130, and nothing is half done", async (_, isThere) => {
    const cwd = realpathSync(temporary());
    plant(cwd, many.files);
    const before = wholes(cwd);
    const run = started(APPLY, { cwd }).read();
    let over = false;
    void run.ended.then(() => {
      over = true;
    });
    while (!over && !existsSync(join(cwd, ".recctl/lock"))) await new Promise((done) => setTimeout(done, 1));
    while (!isThere(cwd) && existsSync(join(cwd, ".recctl/lock")));
    run.child.kill("SIGINT");
    const { stderr, code } = await run.ended;
    const there = Object.keys(many.gone).filter((path) => existsSync(join(cwd, path))).length;
    expect([0, 130], stderr).toContain(code);
    expect([0, 150]).toContain(there);
    if (there === 150) {
      expect({ code, tree: wholes(cwd) }).toEqual({ code: 130, tree: before });
      expect(journalled(cwd)).toBe(0);
      expect((await inside(APPLY, { cwd })).code).toBe(0);
    }
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(wholes(cwd)).toEqual(before);
    expect(existsSync(join(cwd, ".recctl/lock"))).toBe(false);
  });

  const journalled = (cwd: string): number => {
    const folder = join(cwd, ".recctl/transactions");
    return existsSync(folder) ? readdirSync(folder).length : 0;
  };
});

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { inside } from "../inside.ts";
import { temporary, tree } from "../run.ts";
import { GIT_ENV, HAS_GIT, repository } from "../store/repository.ts";
import { made, wholes } from "./gone.ts";

const { gone, files } = made(4, 2);
const paths = Object.keys(gone);
const FOLDER = dirname(paths[0] as string);

/** Modes and times that no copy has by itself. */
function age(cwd: string): void {
  for (const [at, path] of paths.entries()) {
    chmodSync(join(cwd, path), [0o600, 0o444, 0o664, 0o644][at] as number);
    spawnSync("touch", ["-d", `@${1_600_000_000 + at}.98765432${at}`, join(cwd, path)]);
  }
}

/** A folder on another file system than temporary ones, or null. */
function elsewhere(): string | null {
  try {
    const dir = mkdtempSync("/dev/shm/recctl-test-");
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return statSync(dir).dev === statSync(temporary()).dev ? null : dir;
  } catch {
    return null;
  }
}

function committed(): ReturnType<typeof repository> {
  const git = repository();
  git.write(files);
  age(git.root);
  git.commit("all");
  return git;
}

/** Makes a tree and tells the folder that recctl runs in; null where it cannot be had here. */
type Plant = () => string | null;
const PLANTS: Record<string, Plant> = {
  "no git": () => {
    const cwd = tree(files);
    age(cwd);
    return cwd;
  },
  "a repository": () => committed().root,
  "a folder of a repository": () => join(committed().root, "tests"),
  "a repository whose git directory is on another file system": () => {
    const far = elsewhere();
    if (far === null) return null;
    const { root } = committed();
    cpSync(join(root, ".git"), join(far, "git"), { recursive: true });
    rmSync(join(root, ".git"), { recursive: true });
    writeFileSync(join(root, ".git"), `gitdir: ${far}/git\n`);
    return root;
  },
  "a repository whose git directory is a link to another file system": () => {
    const far = elsewhere();
    if (far === null) return null;
    const { root } = committed();
    cpSync(join(root, ".git"), join(far, "git"), { recursive: true });
    rmSync(join(root, ".git"), { recursive: true });
    symlinkSync(join(far, "git"), join(root, ".git"));
    return root;
  },
  "a worktree": () => {
    const root = join(realpathSync(temporary()), "beside");
    committed().git("worktree", "add", "-q", root);
    age(root);
    return root;
  },
  "a submodule": () => {
    const inner = committed();
    const outer = repository();
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "inner");
    outer.commit("with a submodule");
    const root = join(outer.root, "inner");
    age(root);
    return root;
  },
};

/** What happens between the removal and the undoing. */
const MEANWHILE: Record<string, (cwd: string) => void> = {
  nothing: () => undefined,
  "the emptied folder is removed": (cwd) => {
    const folder = cwd.endsWith("tests") ? join(cwd, "a") : join(cwd, FOLDER);
    rmSync(folder, { recursive: true });
  },
};

describe("undo after prune --apply brings back bytes, modes and times", () => {
  const cases = Object.entries(PLANTS).flatMap(([where, plant]) =>
    Object.entries(MEANWHILE).map(([what, happen]) => [where, what, plant, happen] as const),
  );
  it.each(cases)("in %s, while %s", async (where, _, plant, happen) => {
    if (where !== "no git" && !HAS_GIT) return;
    const cwd = plant();
    if (cwd === null) return;
    const before = wholes(cwd);
    const args = ["prune", "--apply", ...(where === "no git" ? [] : ["--stage"])];
    const ran = await inside(args, { cwd });
    expect(ran.code, ran.stderr).toBe(0);
    const removed = Object.keys(before).filter((path) => !(path in wholes(cwd)));
    expect(removed).toHaveLength(paths.length);
    happen(cwd);
    const undone = await inside(["undo"], { cwd });
    expect(undone.code, undone.stderr).toBe(0);
    const now = wholes(cwd);
    for (const path of removed) expect(now[path]).toBe(before[path]);
  });
});

it("what stands where its folder was is told, and nothing is undone", async () => {
  const cwd = tree(files);
  await inside(["prune", "--apply"], { cwd });
  renameSync(join(cwd, FOLDER), join(cwd, "aside"));
  writeFileSync(join(cwd, FOLDER), "a file");
  const { stderr, code } = await inside(["undo"], { cwd });
  expect(code).toBe(2);
  for (const path of paths) expect(stderr).toContain(`${path}: a file stands where its folder was`);
  rmSync(join(cwd, FOLDER));
  mkdirSync(join(cwd, FOLDER));
  expect((await inside(["undo"], { cwd })).code).toBe(0);
});

describe.skipIf(!HAS_GIT)("undo after --stage tells what git has staged still, and how to take that back", () => {
  /** Does what is suggested. */
  const type = (line: string, cwd: string): void => {
    const { status, stderr } = spawnSync("/bin/sh", ["-c", line], { cwd, env: GIT_ENV, encoding: "utf8" });
    expect(status, stderr).toBe(0);
  };
  const suggested = (stderr: string): string[] =>
    stderr.split("\n").flatMap((line) => /^ {2}(git .*)/.exec(line)?.[1] ?? []);

  it.each([
    ["by their names, where they are few", 3, "."],
    ["by their folder, where they are many", 4, "."],
    ["from another folder", 4, "tests/a"],
  ])("%s", async (_, count, folder) => {
    const { files: own } = made(count, 1);
    const { git, root, write, commit } = repository();
    write(own);
    commit("all");
    await inside(["prune", "--apply", "--stage"], { cwd: root });
    expect(git("status", "--porcelain").trim().split("\n")).toHaveLength(count);
    const { stderr, code } = await inside(["-C", root, "undo"], { cwd: join(root, folder) });
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`git has ${count} files staged as removed still`),
    });
    expect(stderr).not.toContain(count > 3 ? ".json" : "-- tests/a/recordings\n");
    const [line, ...more] = suggested(stderr);
    expect(more).toEqual([]);
    type(line as string, join(root, folder));
    expect(git("status", "--porcelain")).toBe("");
  });

  it("in every repository that files came back to, and not where nothing is staged", async () => {
    const inner = repository();
    inner.write(files);
    inner.commit("inner");
    const outer = repository();
    outer.write(files);
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub:mod's");
    outer.commit("outer");
    const cwd = outer.root;
    const before = wholes(cwd);
    const ran = await inside(["prune", "--apply", "--stage"], { cwd });
    expect(ran.code, ran.stderr).toBe(0);
    const { stderr } = await inside(["undo"], { cwd });
    expect(wholes(cwd)).toEqual(before);
    expect(suggested(stderr)).toHaveLength(2);
    for (const line of suggested(stderr)) type(line, cwd);
    expect(outer.git("status", "--porcelain")).toBe("");
    expect((await inside(["prune", "--apply"], { cwd })).code).toBe(0);
    expect((await inside(["undo"], { cwd })).stderr).toBe("");
  });
});

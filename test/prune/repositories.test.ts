import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { environment } from "../cli/process.ts";
import { inside } from "../inside.ts";
import { BIN } from "../run.ts";
import { GIT_ENV, HAS_GIT, repository } from "../store/repository.ts";
import { made, wholes } from "./gone.ts";

const { gone, files } = made(3, 2);
const paths = Object.keys(gone);
const [first] = paths as [string];
const CHANGED = "to go has uncommitted changes";

function committed(all = files): ReturnType<typeof repository> {
  const repo = repository();
  repo.write(all);
  repo.commit("all");
  return repo;
}

describe.skipIf(!HAS_GIT)("repositories", () => {
  it("a submodule and a nested repository are asked themselves", async () => {
    const inner = committed();
    const outer = committed();
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "inner");
    outer.commit("with a submodule");
    repository(join(outer.root, "nested")).write(files);
    const cwd = outer.root;
    const { stderr, code } = await inside(["prune", "--check"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("3 files to go are untracked by git");
    for (const path of paths) expect(stderr).toContain(`nested/${path}`);
    appendFileSync(join(cwd, "inner", first), " ");
    const { stderr: more } = await inside(["prune", "--check", "inner", "tests"], { cwd });
    expect(more).toContain(`1 file ${CHANGED}\n  in   inner/${first}\n`);
  });

  it("more than a hundred files, with names that git would quote, and folders that look like patterns", async () => {
    const odd = 'it\'s "odd" [a]*\n\u00e9\u4e2d :(top)/';
    const all = made(120, 3, odd);
    const repo = committed({ ...files, ...all.files });
    repo.git("config", "core.quotePath", "true");
    const last = Object.keys(all.gone).at(-1) as string;
    appendFileSync(join(repo.root, last), " ");
    const cwd = repo.root;
    const refused = await inside(["prune", "--apply"], { cwd });
    expect({ code: refused.code }, refused.stderr).toEqual({ code: 2 });
    expect(refused.stderr).toContain(`1 file ${CHANGED}`);
    repo.git("checkout", "-q", "--", ".");
    const before = wholes(cwd);
    const { stderr, code } = await inside(["prune", "--apply", "--stage"], { cwd });
    expect(code, stderr).toBe(0);
    expect(repo.git("diff", "--cached", "--name-only", "-z").split("\0").slice(0, -1)).toHaveLength(123);
    expect(
      repo
        .git("status", "--porcelain", "-z")
        .split("\0")
        .slice(0, -1)
        .filter((line) => !line.startsWith("D  ")),
    ).toEqual([]);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(wholes(cwd)).toEqual(before);
  });

  it("a plan has no say by way of a link that leads out", async () => {
    const repo = committed();
    const far = committed().root;
    symlinkSync(far, join(repo.root, "far"));
    const args = [`far/${dirname(first)}`];
    const before = wholes(far);
    const saved = await inside(["prune", ...args, "--save-plan", "plan"], { cwd: repo.root });
    expect({ code: saved.code, stderr: saved.stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("below the folder"),
    });
    await inside(["prune", "--save-plan", join(repo.root, "plan")], { cwd: far });
    const plan = readFileSync(join(repo.root, "plan"), "utf8").replaceAll("tests/a/rec", "far/tests/a/rec");
    repo.write({ plan });
    const ran = await inside(["prune", "--apply", "--allow-dirty", "--plan", "plan"], { cwd: repo.root });
    expect({ code: ran.code, tree: wholes(far) }).toEqual({ code: 2, tree: before });
    expect(ran.stderr).toContain(`far/${first}: in ${far}`);
  });

  const commits: [what: string, args: string[], left: string[]][] = [
    ["git commit", ["-m", "x"], []],
    ["git commit -a", ["-a", "-m", "x"], []],
    // Git keeps another index for what comes after such a commit, and lets no hook at it.
    ["git commit of one file", ["-m", "x", "--", "other.txt"], paths.map((path) => `AD ${path}`).sort()],
  ];
  it.each(commits)("a hook sees the index of its commit: %s", async (_, args, wanted) => {
    const repo = committed({ ...files, "other.txt": "" });
    const cwd = repo.root;
    repo.write({
      "other.txt": "changed",
      ".git/hooks/pre-commit": `#!/bin/sh\n'${process.execPath}' '${BIN}' prune --apply --stage\n`,
    });
    spawnSync("chmod", ["+x", join(cwd, ".git/hooks/pre-commit")]);
    if (!args.includes("--") && !args.includes("-a")) repo.git("add", "other.txt");
    const env = { ...GIT_ENV, ...environment() };
    const { status, stderr } = spawnSync("git", ["commit", "-q", ...args], { cwd, env, encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const inCommit = repo.git("show", "--name-status", "--format=", "HEAD").trim().split("\n").sort();
    expect(inCommit).toEqual([...paths.map((path) => `D\t${path}`).sort(), "M\tother.txt"]);
    const left = repo.git("status", "--porcelain").trim().split("\n").filter(Boolean);
    expect(left.sort()).toEqual(wanted);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
  });
});

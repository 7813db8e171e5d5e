import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { readBlobs } from "../../src/store/git/blobs.ts";
import { gitFailure } from "../../src/store/git/failure.ts";
import { historyOf } from "../../src/store/git/history.ts";
import { type Git, openGit, repositoryOf } from "../../src/store/git/open.ts";
import { indexedFiles, stagedFiles } from "../../src/store/git/staged.ts";
import { ROOT, temporary } from "../run.ts";
import { GIT_ENV, HAS_GIT, type Repository, repository } from "./repository.ts";

const opened = async (cwd: string, env: Record<string, string> = GIT_ENV): Promise<Git> => {
  const git = await openGit(cwd, env);
  if (!git) throw new Error(`no repository at ${cwd}`);
  return git;
};

async function texts(git: Git, oids: readonly string[]): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  await readBlobs(git, oids, (_, bytes) => void found.push(bytes?.toString() ?? null));
  return found;
}

/** Each earlier text and the subject of the commit that replaced it. */
async function past(git: Git, path: string): Promise<[string | null, string | null][]> {
  const earlier = (await historyOf(git, [path])).of.get(path) ?? [];
  const found = await texts(
    git,
    earlier.map(({ oid }) => oid),
  );
  return earlier.map(({ until }, at) => [found[at] as string | null, until?.subject ?? null]);
}

const ODD = [
  "new\nline.json",
  'quo"te\\.json',
  "naïve 日本 😀.json",
  "tab\t.json",
  "-rf.json",
  ":(top)x.json",
  "*.json",
];
const long = (word: string): string =>
  Array.from({ length: 60 }, (_, at) => `${at} ${at === 30 ? word : "same"}\n`).join("");

describe.skipIf(!HAS_GIT)("git (needs git)", () => {
  it("a folder without a repository has none, nor has one without a work tree", async () => {
    const folder = temporary();
    expect(await openGit(folder, { ...GIT_ENV, GIT_CEILING_DIRECTORIES: folder })).toBeNull();
    const { git, root } = repository();
    git("clone", "-q", "--bare", root, join(root, "bare"));
    expect(await openGit(join(root, "bare"), GIT_ENV)).toBeNull();
  });

  it("a path that leads on behind a plain file belongs to the folder of that file", () => {
    const folder = temporary();
    writeFileSync(join(folder, "file"), "");
    expect(repositoryOf(join(folder, "file/deeper/x.py"))).toBe(folder);
  });

  it("the repository is found from a folder in it, and paths are written as they were given", async () => {
    const { root, write } = repository();
    write({ "a/b/x.json": "1" });
    expect(await opened(join(root, "a/b"))).toMatchObject({
      root,
      realRoot: root,
      dir: join(root, ".git"),
      shallow: false,
    });
    const link = join(temporary(), "link");
    symlinkSync(root, link);
    const git = await opened(join(link, "a"));
    expect(git).toMatchObject({ root: link, realRoot: root });
    expect((await stagedFiles(git)).map(({ path }) => path)).toEqual([]);
  });

  it("before the first commit all that is staged is told", async () => {
    const { root, write, git } = repository();
    write({ "a.json": "1", "b.json": "2", "c.json": "3" });
    git("add", "a.json", "b.json");
    git("add", "-N", "c.json");
    const staged = await stagedFiles(await opened(root));
    expect(staged.map(({ path, mode }) => [path, mode])).toEqual([
      [join(root, "a.json"), "100644"],
      [join(root, "b.json"), "100644"],
    ]);
    expect(
      await texts(
        await opened(root),
        staged.map(({ oid }) => oid),
      ),
    ).toEqual(["1", "2"]);
    expect((await historyOf(await opened(root), [join(root, "a.json")])).of.size).toBe(0);
  });

  it("what is staged is what the index has, whatever the work tree says", async () => {
    const { root, write, git, commit } = repository();
    write({ "same.json": "0", "changed.json": "1", "moved.json": long("x"), "gone.json": "3" });
    commit("first");
    write({ "changed.json": "staged", "new.json": "new" });
    renameSync(join(root, "moved.json"), join(root, "to.json"));
    git("rm", "-q", "gone.json");
    git("add", "--all");
    write({ "changed.json": "later", "unstaged.json": "u" });
    const own = await opened(root);
    const staged = await stagedFiles(own, (path) => !path.endsWith("new.json"));
    expect(staged.map(({ path }) => path.slice(root.length + 1))).toEqual(["changed.json", "to.json"]);
    expect((await texts(own, [staged[0]?.oid as string]))[0]).toBe("staged");
    const asked = ["same.json", "changed.json", "unstaged.json", "gone.json"].map((name) => join(root, name));
    const indexed = await indexedFiles(own, [...asked, "/elsewhere/x.json"]);
    expect(indexed.map(({ path }) => path)).toEqual([asked[1], asked[0]]);
    const many = [...asked, ...Array.from({ length: 200 }, (_, at) => join(root, `${at}.json`))];
    expect(await indexedFiles(own, many)).toEqual(indexed);
  });

  it("file names are taken as they are", async () => {
    const { root, write, git, commit } = repository();
    write(Object.fromEntries(ODD.map((name) => [`d/${name}`, name])));
    git("add", "--all");
    const paths = ODD.map((name) => join(root, "d", name));
    const own = await opened(root);
    expect(new Set((await stagedFiles(own)).map(({ path }) => path))).toEqual(new Set(paths));
    for (const path of paths) expect((await indexedFiles(own, [path])).map((file) => file.path)).toEqual([path]);
    commit("odd");
    write(Object.fromEntries(ODD.map((name) => [`d/${name}`, `${name} again`])));
    commit("again");
    const { of } = await historyOf(own, paths);
    for (const path of paths) expect(of.get(path)?.map(({ until }) => until?.subject ?? null)).toEqual([null, "again"]);
  });

  it("files in conflict and submodules are not staged files", async () => {
    const { root, write, git, commit } = repository();
    write({ "x.json": "1" });
    commit("first");
    git("switch", "-q", "-c", "other");
    write({ "x.json": "2" });
    commit("other");
    git("switch", "-q", "main");
    write({ "x.json": "3" });
    commit("main");
    expect(() => git("merge", "-q", "other")).toThrow();
    git("update-index", "--add", "--cacheinfo", `160000,${git("rev-parse", "HEAD").trim()},sub`);
    expect(await stagedFiles(await opened(root))).toEqual([]);
  });

  it("blobs come in order, each as it is, and what is missing is told", async () => {
    const { root, write, git } = repository();
    const big = Buffer.alloc(300_000, "x\n\0");
    write({ "a.json": "a\n", "big.json": big, "empty.json": "" });
    git("add", "--all");
    const oid = (name: string): string => git("rev-parse", `:${name}`).trim();
    const asked = [oid("big.json"), "0".repeat(39).concat("1"), oid("empty.json"), oid("a.json"), oid("big.json")];
    const own = await opened(root);
    const got: [string, Buffer | null][] = [];
    await readBlobs(own, asked, async (name, bytes) => void got.push([name, bytes && Buffer.from(bytes)]));
    expect(got.map(([name]) => name)).toEqual(asked);
    expect(got.map(([, bytes]) => bytes)).toEqual([big, null, Buffer.alloc(0), Buffer.from("a\n"), big]);
    await expect(readBlobs(own, asked, () => Promise.reject(new Error("enough")))).rejects.toThrow("enough");
    await readBlobs(own, [], () => expect.fail("nothing was asked for"));
  });
});

describe.skipIf(!HAS_GIT)("history (needs git)", () => {
  function edited(): Repository & { path: string } {
    const made = repository();
    made.write({ "old/recordings/x.json": long("one"), "old/recordings/y.json": "y", "notes.txt": "1" });
    made.commit("Record");
    made.write({ "old/recordings/x.json": long("two") });
    made.commit('Rename "one" to two');
    mkdirSync(join(made.root, "new"));
    renameSync(join(made.root, "old/recordings"), join(made.root, "new/recordings"));
    made.write({ "new/recordings/x.json": long("three") });
    made.commit("Move and edit");
    return { ...made, path: join(made.root, "new/recordings/x.json") };
  }

  it("is told newest first, through a folder that was moved, with the commit that replaced each text", async () => {
    const { root, path, git } = edited();
    const own = await opened(join(root, "new"));
    expect(await past(own, path)).toEqual([
      [long("three"), null],
      [long("two"), "Move and edit"],
      [long("one"), 'Rename "one" to two'],
    ]);
    const { of, shallow, partial } = await historyOf(own, [path]);
    expect([shallow, partial]).toEqual([false, false]);
    const id = git("rev-parse", "HEAD~1").trim();
    expect(of.get(path)?.[2]?.until).toEqual({
      id,
      short: id.slice(0, 8),
      date: "2026-04-02",
      subject: 'Rename "one" to two',
    });
  });

  it("counts what a branch recorded and edited before it was merged, and what the merge itself changed", async () => {
    const { root, write, git, commit } = repository();
    const path = join(root, "x.json");
    write({ "other.json": "0" });
    commit("first");
    git("switch", "-q", "-c", "branch");
    write({ "x.json": "recorded" });
    commit("record");
    write({ "x.json": "edited" });
    commit("edit");
    git("switch", "-q", "main");
    write({ "x.json": "main's" });
    commit("main");
    expect(() => git("merge", "-q", "branch")).toThrow();
    write({ "x.json": "merged" });
    commit("merge");
    const found = await past(await opened(root), path);
    expect(found[0]).toEqual(["merged", null]);
    expect(new Map(found)).toEqual(
      new Map([
        ["merged", null],
        ["main's", "merge"],
        ["edited", "merge"],
        ["recorded", "edit"],
      ]),
    );
  });

  it("of a shallow clone ends early and says so", async () => {
    const { root, path } = edited();
    const clone = join(temporary(), "clone");
    repository(temporary()).git("clone", "-q", "--depth", "1", `file://${root}`, clone);
    const own = await opened(realpathSync(clone));
    const found = await historyOf(own, [path.replace(root, own.root)]);
    expect([found.shallow, found.of.get(path.replace(root, own.root))?.length]).toEqual([true, 1]);
  });

  it("of a clone without texts follows what was moved as it was, fetches nothing and tells what is missing", async () => {
    const { root, git, path } = edited();
    git("config", "uploadpack.allowFilter", "true");
    const clone = join(temporary(), "clone");
    repository(temporary()).git("clone", "-q", "--filter=blob:none", `file://${root}`, clone);
    const own = await opened(realpathSync(clone));
    const here = own.root;
    const { of, partial } = await historyOf(own, [join(here, "new/recordings/y.json"), path.replace(root, here)]);
    expect(partial).toBe(true);
    expect(of.get(join(here, "new/recordings/y.json"))).toHaveLength(1);
    const oids = ["HEAD:new/recordings/x.json", "HEAD~1:old/recordings/x.json", "HEAD:new/recordings/y.json"];
    const asked = oids.map((name) => git("rev-parse", name).trim());
    expect(await texts(own, asked)).toEqual([long("three"), null, "y"]);
  });
});

/** A program that tells what is staged in the folders it is given, as a hook would ask. */
async function probe(): Promise<string> {
  const outfile = join(temporary(), "probe.mjs");
  await build({
    stdin: {
      contents: `
        import { writeFileSync } from "node:fs";
        import { openGit } from "./src/store/git/open.ts";
        import { stagedFiles } from "./src/store/git/staged.ts";
        const [out, ...folders] = process.argv.slice(2);
        const told = [];
        for (const folder of folders) {
          const git = await openGit(folder, process.env);
          told.push(git && [git.root, (await stagedFiles(git)).map(({ path }) => path)]);
        }
        writeFileSync(out, JSON.stringify(told));`,
      resolveDir: ROOT,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return outfile;
}

describe.skipIf(!HAS_GIT)("whose repository it is (needs git)", () => {
  it("a hook sees the index of its commit; another repository its own", async () => {
    const other = repository();
    other.write({ "theirs.json": "1" });
    other.git("add", "--all");
    const { root, write, git, commit } = repository();
    write({ "sub/a.json": "1", "sub/b.json": "1" });
    commit("first");
    const program = await probe();
    const out = join(temporary(), "told.json");
    const hook = [process.execPath, program, out, root, join(root, "sub"), other.root, "/"];
    const install = (at: string): void => {
      write({ [`${at}/pre-commit`]: `#!/bin/sh\nexec ${hook.map((word) => `'${word}'`).join(" ")}\n` });
      chmodSync(join(root, at, "pre-commit"), 0o755);
    };
    install(".git/hooks");
    write({ "sub/a.json": "2", "sub/b.json": "2" });
    git("add", "--all");
    // A commit of one file has an index of its own.
    git("commit", "-q", "-m", "one", "sub/b.json");
    const mine = [root, [join(root, "sub/b.json")]];
    const theirs = [other.root, [join(other.root, "theirs.json")]];
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual([mine, mine, theirs, null]);

    const tree = join(realpathSync(temporary()), "tree");
    git("worktree", "add", "-q", tree);
    hook.splice(3, 2, tree, join(tree, "sub"));
    install(".git/hooks");
    git("-C", tree, "rm", "-q", "sub/a.json");
    writeFileSync(join(tree, "sub/c.json"), "3");
    git("-C", tree, "add", "--all");
    git("-C", tree, "commit", "-q", "-m", "linked");
    const there = [tree, [join(tree, "sub/c.json")]];
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual([there, there, theirs, null]);
  });

  it("a repository that the environment names is not the one of another folder", async () => {
    const [one, two] = [repository(), repository()];
    for (const { write, git } of [one, two]) {
      write({ "x.json": "1" });
      git("add", "--all");
    }
    const env = {
      ...GIT_ENV,
      GIT_DIR: join(one.root, ".git"),
      GIT_WORK_TREE: one.root,
      GIT_INDEX_FILE: join(one.root, ".git/index"),
      GIT_PREFIX: "sub/",
    };
    expect((await stagedFiles(await opened(two.root, env)))[0]?.path).toBe(join(two.root, "x.json"));
    expect((await stagedFiles(await opened(one.root, env)))[0]?.path).toBe(join(one.root, "x.json"));
    expect(await openGit("/", env)).toBeNull();
  });

  it("a work tree whose repository lies elsewhere is found by the environment alone", async () => {
    const { root, git, write } = repository();
    write({ "home/x.json": "1" });
    const dir = join(temporary(), "dots");
    git("init", "-q", "--bare", dir);
    const env = { ...GIT_ENV, GIT_DIR: dir, GIT_WORK_TREE: join(root, "home"), GIT_CEILING_DIRECTORIES: root };
    mkdirSync(join(root, "home/.git-is-not-here"));
    renameSync(join(root, ".git"), join(root, ".gone"));
    expect(await opened(join(root, "home"), env)).toMatchObject({ root: join(root, "home") });
  });
});

describe("when git cannot help", () => {
  it("no git on PATH is told as that, a folder that is gone as that", async () => {
    const nowhere = temporary();
    await expect(openGit(nowhere, { ...GIT_ENV, PATH: "" })).rejects.toThrow("git is not installed, or not on PATH");
    await expect(openGit(nowhere, { ...GIT_ENV, PATH: nowhere })).rejects.toThrow(
      "git is not installed, or not on PATH",
    );
    await expect(openGit(join(nowhere, "gone"), GIT_ENV)).rejects.toThrow("no such folder");
  });

  it.skipIf(!HAS_GIT)("a repository of another user is told with how to trust it (needs git)", async () => {
    const { root } = repository();
    const error: unknown = await openGit(root, { ...GIT_ENV, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }).catch((e) => e);
    expect(error).toMatchObject({ place: root, remedy: [`git config --global --add safe.directory ${root}`] });
  });

  it("its complaints are told with what to do", () => {
    const owner = "fatal: detected dubious ownership in repository at '/srv/it's'\nTo add an exception …";
    expect(gitFailure(owner, "/srv").remedy[0]).toContain("git config --global --add safe.directory ");
    expect(gitFailure("error: unknown option `end-of-options'", "/x").message).toBe(
      "git is too old: recctl needs 2.24",
    );
    expect(gitFailure("fatal: bad object HEAD\n", "/x").message).toBe("git failed: bad object HEAD");
  });
});

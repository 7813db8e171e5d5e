import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { differenceOf } from "../../src/store/sides/difference.ts";
import { movedTests } from "../../src/store/sides/moved.ts";
import { ROOT, temporary, tree } from "../run.ts";
import { at, differs, sidesIn, textsOf, watched } from "./comparing.ts";
import { GIT_ENV, HAS_GIT, type Repository, repository } from "./repository.ts";

/** A repository whose last commit has these recordings, by path, with their names as texts. */
function committed(...paths: string[]): Repository {
  const made = repository();
  made.write(Object.fromEntries(paths.map((path) => [path, path])));
  made.commit("first");
  return made;
}

const LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";

/** What is done to a repository with `t/recordings/{a,b,c}.json`, and how HEAD then differs from the working tree and from the index. */
const STATES: readonly {
  what: string;
  change: (made: Repository) => void;
  disk: Record<string, unknown>;
  index: Record<string, unknown>;
}[] = [
  { what: "nothing", change: () => undefined, disk: { same: 3 }, index: { same: 3 } },
  {
    what: "changed, not staged",
    change: ({ write }) => write({ [at("t", "a")]: "other" }),
    disk: { changed: [at("t", "a")], same: 2 },
    index: { same: 3 },
  },
  {
    what: "changed to the same length",
    change: ({ write }) => write({ [at("t", "a")]: at("t", "z") }),
    disk: { changed: [at("t", "a")], same: 2 },
    index: { same: 3 },
  },
  {
    what: "staged and then put back",
    change: ({ write, git }) => {
      write({ [at("t", "a")]: "other" });
      git("add", "--all");
      write({ [at("t", "a")]: at("t", "a") });
    },
    disk: { same: 3 },
    index: { changed: [at("t", "a")], same: 2 },
  },
  {
    what: "touched, as it was",
    change: ({ root }) => utimesSync(join(root, at("t", "a")), 1, 1),
    disk: { same: 3 },
    index: { same: 3 },
  },
  {
    what: "made executable",
    change: ({ root }) => chmodSync(join(root, at("t", "a")), 0o755),
    disk: { same: 3 },
    index: { same: 3 },
  },
  {
    what: "untracked, ignored, and tracked though ignored",
    change: ({ write, git }) => {
      write({ ".gitignore": "*.json\n", [at("t", "new")]: "n", [at("u", "new")]: "n", [at("t", "forced")]: "f" });
      git("add", "-f", at("t", "forced"));
    },
    disk: { added: [at("t", "forced"), at("t", "new"), at("u", "new")], same: 3 },
    index: { added: [at("t", "forced")], same: 3 },
  },
  {
    what: "gone from the disk; from the index alone",
    change: ({ root, git }) => {
      rmSync(join(root, at("t", "a")));
      git("rm", "-q", "--cached", at("t", "b"));
    },
    disk: { removed: [at("t", "a")], same: 2 },
    index: { removed: [at("t", "b")], same: 2 },
  },
  {
    what: "a folder that was moved, with one of its files changed",
    change: ({ root, git, write }) => {
      renameSync(join(root, "t"), join(root, "u"));
      git("add", "--all");
      write({ [at("u", "c")]: "other" });
    },
    disk: {
      added: [at("u", "c")],
      removed: [at("t", "c")],
      moved: [`${at("t", "a")} -> ${at("u", "a")}`, `${at("t", "b")} -> ${at("u", "b")}`],
      same: 0,
    },
    index: { moved: ["a", "b", "c"].map((name) => `${at("t", name)} -> ${at("u", name)}`), same: 0 },
  },
  {
    what: "copied: it has not moved",
    change: ({ write, git }) => {
      write({ [at("u", "a")]: at("t", "a") });
      git("add", "--all");
    },
    disk: { added: [at("u", "a")], same: 3 },
    index: { added: [at("u", "a")], same: 3 },
  },
  {
    what: "only meant to be added, and empty files",
    change: ({ write, git }) => {
      write({ [at("t", "meant")]: "m", [at("t", "empty")]: "" });
      git("add", "-N", at("t", "meant"));
      git("add", at("t", "empty"));
    },
    disk: { added: [at("t", "empty"), at("t", "meant")], same: 3 },
    index: { added: [at("t", "empty")], same: 3 },
  },
  {
    what: "links",
    change: ({ root, git }) => {
      rmSync(join(root, at("t", "a")));
      symlinkSync("b.json", join(root, at("t", "a")));
      git("add", "--all");
      symlinkSync("nowhere", join(root, at("t", "new")));
      symlinkSync("t", join(root, "linked"));
      symlinkSync(".", join(root, "t/recordings/loop"));
    },
    disk: { leftOut: ["a", "new"].map((name) => `${at("t", name)}: a link, which is not followed`), same: 2 },
    index: { leftOut: [`${at("t", "a")}: a link, which is not followed`], same: 2 },
  },
  {
    what: "what is no recording by its place",
    change: ({ write, git }) => {
      write({ "t/x.json": "1", [at("t", "x")]: "1", "t/recordings/x.txt": "1", "dist/recordings/x.json": "1" });
      write({ "node_modules/recordings/x.json": "1", "recordings.json": "1", "recordings/dist/x.json": "1" });
      git("add", "--all");
    },
    disk: { added: [at("t", "x")], same: 3 },
    index: { added: [at("t", "x")], same: 3 },
  },
  {
    what: "a folder called like a file",
    change: ({ write }) => write({ "t/recordings/x.json/y.json": "1" }),
    disk: { added: ["t/recordings/x.json/y.json"], leftOut: ["t/recordings/x.json: a folder, not a file"], same: 3 },
    index: { same: 3 },
  },
  {
    what: "assumed unchanged, and skipped, but changed on the disk",
    change: ({ write, git }) => {
      git("update-index", "--assume-unchanged", at("t", "a"));
      git("update-index", "--skip-worktree", at("t", "b"));
      write({ [at("t", "a")]: "other", [at("t", "b")]: "other" });
    },
    disk: { changed: [at("t", "a"), at("t", "b")], same: 1 },
    index: { same: 3 },
  },
  {
    what: "in conflict",
    change: ({ write, git, commit }) => {
      git("switch", "-q", "-c", "side");
      write({ [at("t", "a")]: "side" });
      git("rm", "-q", at("t", "b"));
      commit("side");
      git("switch", "-q", "main");
      write({ [at("t", "a")]: "main", [at("t", "b")]: "main" });
      commit("main");
      expect(() => git("merge", "-q", "side")).toThrow();
    },
    disk: { changed: [at("t", "a")], same: 2 },
    index: {
      leftOut: ["a", "b"].map((name) => `${at("t", name)}: in conflict: the index has several texts of it`),
      same: 1,
    },
  },
  {
    what: "another repository in a folder",
    change: ({ root }) => {
      const inner = repository(join(root, "inner"));
      inner.write({ [at("t", "a")]: "1", [at("u", "a")]: "1" });
      inner.commit("inner");
    },
    disk: { leftOut: ["inner/: another repository, compared where recctl runs in it"], same: 3 },
    index: { same: 3 },
  },
];

describe.skipIf(!HAS_GIT)("HEAD against what is there, and what is staged (needs git)", () => {
  it.each(STATES)("$what", async ({ change, disk, index }) => {
    const made = committed(at("t", "a"), at("t", "b"), at("t", "c"));
    change(made);
    expect(await differs(await sidesIn(made.root))).toEqual(disk);
    expect(await differs(await sidesIn(made.root, [], { staged: true }))).toEqual(index);
  });

  it("what git knows to be unchanged is not read", async () => {
    const { root, write, git } = committed(at("t", "a"), at("t", "b"), at("t", "c"));
    write({ [at("t", "a")]: "other", [at("t", "b")]: "staged", [at("u", "new")]: "new" });
    git("add", at("t", "b"));
    const { old, now } = await sidesIn(root);
    const [before, after] = [watched(old), watched(now)];
    await differenceOf(before.side, after.side);
    expect([before.read, after.read]).toEqual([[], [at("t", "a")]]);
  });

  it("before the first commit all is new", async () => {
    const { root, write, git } = repository();
    write({ [at("t", "a")]: "1", [at("t", "b")]: "2" });
    git("add", at("t", "a"));
    expect(await differs(await sidesIn(root))).toEqual({ added: [at("t", "a"), at("t", "b")], same: 0 });
    expect(await differs(await sidesIn(root, ["HEAD"]))).toEqual(await differs(await sidesIn(root)));
    const staged = await sidesIn(root, [], { staged: true });
    expect(await differs(staged)).toEqual({ added: [at("t", "a")], same: 0 });
    expect(await movedTests(staged.old, staged.now)).toEqual(new Map());
  });

  it("names are taken as they are", async () => {
    const names = ["a b", "new\nline", "tab\t", 'quo"te\\', "naïve 日本 😀", "-rf", ":(top)x", "*"].map((name) =>
      at("d [x]*", name),
    );
    const { root, write, commit } = committed(...names);
    expect(await differs(await sidesIn(root))).toEqual({ same: names.length });
    write(Object.fromEntries(names.map((name) => [name, `${name} again`])));
    for (const cwd of [root, join(root, "d [x]*")]) {
      const sides = await sidesIn(cwd);
      expect((await differenceOf(sides.old, sides.now)).changed.map(([, { key }]) => key).sort()).toEqual(
        [...names].sort(),
      );
      expect(new Set(Object.values(await textsOf(sides.old)))).toEqual(new Set(names));
      expect(new Set(Object.values(await textsOf(sides.now)))).toEqual(new Set(names.map((name) => `${name} again`)));
    }
    commit("again");
    expect((await differs(await sidesIn(root, ["HEAD~1..HEAD"]))).changed).toHaveLength(names.length);
  });

  it("a folder below the top is compared alone, with paths from there; or the folders that are named", async () => {
    const { root, write } = committed(at("t/one", "a"), at("t/two", "a"), at("u", "a"));
    for (const suite of ["t/one", "t/two", "u"]) write({ [at(suite, "new")]: "new" });
    const sides = await sidesIn(join(root, "t"));
    expect(await differs(sides)).toEqual({ added: [at("one", "new"), at("two", "new")], same: 2 });
    expect(sides.old.files.map(({ key }) => key)).toEqual([at("t/one", "a"), at("t/two", "a")]);
    expect(Object.values(await textsOf(sides.old))).toEqual([at("t/one", "a"), at("t/two", "a")]);
    expect((await differs(await sidesIn(join(root, "t/one/recordings")))).added).toEqual(["new.json"]);
    const below = ["u", "t/two", "t/two/recordings", "gone"].map((name) => join(root, name)).concat("/elsewhere");
    expect(await differs(await sidesIn(join(root, "t"), [], { below }))).toEqual({
      added: [join("..", at("u", "new")), at("two", "new")],
      same: 2,
    });
    expect(await differs(await sidesIn(root, [], { below: ["/elsewhere"] }))).toEqual({ same: 0 });
  });

  it("a folder that is named and has no recordings folder gives every file, on both sides", async () => {
    const { root, write } = committed("cassettes/a.json", "cassettes/deep/b.json", "x.json");
    write({ "cassettes/a.json": "other" });
    expect(await differs(await sidesIn(root, ["HEAD", "cassettes"]))).toEqual({ changed: ["a.json"], same: 1 });
    expect(await differs(await sidesIn(root))).toEqual({ same: 0 });
  });

  it("line ends that git converts are no change", async () => {
    const { root, write, git, commit } = repository();
    git("config", "core.autocrlf", "true");
    write({ [at("t", "a")]: "1\r\n2\r\n", [at("t", "b")]: "1\r\n" });
    commit("first");
    utimesSync(join(root, at("t", "a")), 1, 1);
    expect(await differs(await sidesIn(root))).toEqual({ same: 2 });
  });

  it("nobody's settings matter", async () => {
    const { root, git, write } = committed(at("t", "a"), at("t", "b"));
    write({ [at("t", "a")]: "other", "t/test_a.py": "1\n2\n3\n" });
    const settings = [
      ["diff.relative", "true"],
      ["diff.external", "false"],
      ["diff.renames", "copies"],
      ["diff.noprefix", "true"],
      ["diff.autoRefreshIndex", "false"],
      ["color.ui", "always"],
      ["core.quotePath", "true"],
      ["status.showUntrackedFiles", "no"],
    ];
    for (const [name, value] of settings) git("config", name as string, value as string);
    utimesSync(join(root, at("t", "b")), 1, 1);
    expect(await differs(await sidesIn(join(root, "t")))).toEqual({ changed: ["recordings/a.json"], same: 1 });
  });

  it("what a sparse checkout leaves out is there as the index has it", async () => {
    const { root, git } = committed(at("t", "a"), at("u", "a"));
    git("sparse-checkout", "set", "--no-cone", "/t/");
    rmSync(join(root, at("t", "a")));
    const sides = await sidesIn(root);
    expect(await differs(sides)).toEqual({ removed: [at("t", "a")], same: 1 });
    expect(await textsOf(sides.now)).toEqual({ [at("u", "a")]: at("u", "a") });
  });

  it("what Git LFS keeps is told when it is read", async () => {
    const { root, write, commit } = repository();
    write({ [at("t", "a")]: LFS, [at("t", "b")]: LFS });
    commit("first");
    write({ [at("t", "a")]: "real" });
    const { old, now } = await sidesIn(root);
    const told = "<a Git LFS pointer, not the recording itself>";
    expect(await differs({ old, now })).toEqual({ changed: [at("t", "a")], same: 1 });
    expect(await textsOf(old)).toEqual({ [at("t", "a")]: told, [at("t", "b")]: told });
    expect(await textsOf(now)).toEqual({ [at("t", "a")]: "real", [at("t", "b")]: told });
    const [one, other] = [tree({ "x.json": LFS, "y.json": LFS }), tree({ "x.json": LFS, "y.json": `${LFS}x` })];
    expect(await differs(await sidesIn(root, [one, other]))).toEqual({ changed: ["y.json"], same: 1 });
  });

  it("a repository with SHA-256 is compared by that", async () => {
    const made = repository();
    const { root, write, git, commit } = made;
    rmSync(join(root, ".git"), { recursive: true });
    git("init", "-q", "-b", "main", "--object-format=sha256");
    write({ [at("t", "a")]: "1", [at("t", "b")]: "1", [at("t", "c")]: "1" });
    commit("first");
    write({ [at("t", "b")]: "2" });
    renameSync(join(root, at("t", "c")), join(root, "t/recordings/-c.json"));
    mkdirSync(join(root, "t/recordings/deep"));
    renameSync(join(root, "t/recordings/-c.json"), join(root, "t/recordings/deep/c.json"));
    expect(await differs(await sidesIn(root))).toEqual({
      changed: [at("t", "b")],
      moved: [`${at("t", "c")} -> t/recordings/deep/c.json`],
      same: 1,
    });
  });

  it("a git that is too old is told as that", async () => {
    const { root } = committed(at("t", "a"));
    const old = tree({
      git: '#!/bin/sh\ncase "$*" in *rev-parse*--end-of-options*) exit 128;; esac\nPATH=$REAL exec git "$@"\n',
    });
    chmodSync(join(old, "git"), 0o755);
    const env = { ...GIT_ENV, PATH: `${old}:${GIT_ENV.PATH}`, REAL: GIT_ENV.PATH as string };
    await expect(sidesIn(root, ["main"], { env })).rejects.toThrow("git is too old to be asked for a revision");
    expect(await differs(await sidesIn(root, [], { env }))).toEqual({ same: 1 });
  });

  it("what goes while it is read is told", async () => {
    const { root, write } = committed(at("t", "a"));
    write({ [at("t", "a")]: "other", [at("t", "b")]: "1" });
    const sides = await sidesIn(root);
    rmSync(join(root, "t"), { recursive: true });
    expect(await differs(sides)).toEqual({ added: [at("t", "b")], changed: [at("t", "a")], same: 0 });
    expect((await textsOf(sides.now))[at("t", "b")]).toBe("<a link to nowhere, or gone while it was read>");
  });
});

describe.skipIf(!HAS_GIT)("clones, work trees and hooks (needs git)", () => {
  function twice(): Repository {
    const made = committed(at("t", "a"), at("t", "b"));
    made.write({ [at("t", "a")]: "again" });
    made.commit("second");
    return made;
  }

  it("a shallow clone says that it has no older commits", async () => {
    const { root } = twice();
    const clone = join(realpathSync(temporary()), "clone");
    repository(temporary()).git("clone", "-q", "--depth", "1", `file://${root}`, clone);
    expect(await differs(await sidesIn(clone))).toEqual({ same: 2 });
    await expect(sidesIn(clone, ["HEAD~1"])).rejects.toMatchObject({
      remedy: expect.arrayContaining(["git fetch --unshallow   # this clone has no older commits"]),
    });
  });

  it.each([
    ["blob:none", { changed: [at("t", "a")], same: 1 }],
    ["tree:0", "this clone is partial, and does not have what is to be compared"],
  ])("a clone with --filter=%s tells what it lacks, and fetches nothing", async (filter, told) => {
    const { root, git } = twice();
    git("config", "uploadpack.allowFilter", "true");
    const clone = join(realpathSync(temporary()), "clone");
    repository(temporary()).git("clone", "-q", `--filter=${filter}`, `file://${root}`, clone);
    if (typeof told === "string") {
      await expect(sidesIn(clone, ["HEAD~1"])).rejects.toThrow(told);
      return;
    }
    const sides = await sidesIn(clone, ["HEAD~1"]);
    expect(await differs(sides)).toEqual(told);
    expect(await textsOf(sides.old)).toEqual({
      [at("t", "a")]: "<git does not have this text: the clone is partial, or damaged>",
      [at("t", "b")]: at("t", "b"),
    });
    expect(await movedTests(sides.old, sides.now)).toEqual(new Map());
  });

  it("linked work trees and submodules are repositories of their own", async () => {
    const { root, git } = twice();
    const linked = join(realpathSync(temporary()), "linked");
    git("worktree", "add", "-q", "--detach", linked, "HEAD~1");
    writeFileSync(join(linked, at("t", "new")), "new");
    expect(await differs(await sidesIn(linked))).toEqual({ added: [at("t", "new")], same: 2 });
    expect(await differs(await sidesIn(linked, ["main"]))).toMatchObject({ changed: [at("t", "a")] });
    expect(await differs(await sidesIn(root, ["HEAD", linked]))).toMatchObject({ changed: [at("t", "a")] });

    const outer = committed(at("t", "a"));
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", root, "sub");
    outer.commit("sub");
    outer.write({ [join("sub", at("t", "new"))]: "new" });
    const leftOut = ["sub/: another repository, compared where recctl runs in it"];
    expect(await differs(await sidesIn(outer.root))).toEqual({ leftOut, same: 1 });
    expect(await differs(await sidesIn(join(outer.root, "sub")))).toEqual({ added: [at("t", "new")], same: 2 });
    expect(await differs(await sidesIn(join(outer.root, "sub/t"), ["HEAD~1"]))).toMatchObject({ same: 1 });
  });

  it("a folder reached by a link is compared where it is", async () => {
    const { root, write } = twice();
    write({ [at("t", "new")]: "new" });
    const link = join(temporary(), "link");
    symlinkSync(root, link);
    expect(await differs(await sidesIn(link))).toEqual({ added: [at("t", "new")], same: 2 });
    expect(await differs(await sidesIn(join(link, "t")))).toEqual({ added: ["recordings/new.json"], same: 2 });
  });

  it("a hook sees the index of its commit; another repository its own", async () => {
    const other = twice();
    other.write({ [at("t", "theirs")]: "1" });
    other.git("add", "--all");
    const { root, write, git } = twice();
    const out = join(temporary(), "told.json");
    const words = [process.execPath, await probe(), out, root, join(root, "t"), other.root];
    write({ ".git/hooks/pre-commit": `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")}\n` });
    chmodSync(join(root, ".git/hooks/pre-commit"), 0o755);
    write({ [at("t", "a")]: "later", [at("t", "b")]: "now", [at("t", "new")]: "new" });
    git("add", at("t", "a"));
    // A commit of one file has an index of its own, without what was staged before.
    git("commit", "-q", "-m", "one", at("t", "b"));
    const all = { added: [at("t", "new")], changed: [at("t", "a"), at("t", "b")] };
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual([
      [{ changed: [at("t", "b")] }, all],
      [
        { changed: ["recordings/b.json"] },
        { added: ["recordings/new.json"], changed: ["recordings/a.json", "recordings/b.json"] },
      ],
      [{ added: [at("t", "theirs")] }, { added: [at("t", "theirs")] }],
    ]);
  });
});

/** A program that tells how HEAD differs from what is staged and what is there, in each of the folders it is given. */
async function probe(): Promise<string> {
  const outfile = join(temporary(), "probe.mjs");
  const contents = `
    import { writeFileSync } from "node:fs";
    import { sidesOf } from "./src/store/sides/index.ts";
    import { differenceOf } from "./src/store/sides/difference.ts";
    const [out, ...folders] = process.argv.slice(2);
    const asked = async (cwd, staged) => {
      const { old, now } = await sidesOf([], { cwd, staged, env: process.env });
      const { added, changed } = await differenceOf(old, now);
      return {
        ...(added.length ? { added: added.map(({ path }) => path) } : {}),
        ...(changed.length ? { changed: changed.map(([{ path }]) => path) } : {}),
      };
    };
    const told = [];
    for (const folder of folders) told.push([await asked(folder, true), await asked(folder, false)]);
    writeFileSync(out, JSON.stringify(told));`;
  await build({
    stdin: { contents, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    external: ["globby"],
  });
  return outfile;
}

describe.skipIf(!HAS_GIT)("test files that moved (needs git)", () => {
  const source = (word: string): string => Array.from({ length: 30 }, (_, line) => `${line} ${word}\n`).join("");

  it("are told between all sides that git has", async () => {
    const { root, git, write, commit } = repository();
    write({
      "t/test_a.py": source("a"),
      "t/test b\n.py": source("b"),
      "t/stays.py": source("s"),
      "t/x.txt": source("x"),
    });
    commit("first");
    mkdirSync(join(root, "u"));
    git("mv", "t/test_a.py", "u/test_z.py");
    git("mv", "t/test b\n.py", "u/test b\n.py");
    git("mv", "t/x.txt", "u/x.txt");
    write({ "u/test_z.py": `${source("a")}more\n` });
    const moved = new Map([
      ["t/test_a.py", "u/test_z.py"],
      ["t/test b\n.py", "u/test b\n.py"],
    ]);
    const between = async (args: string[], staged = false, cwd = root): Promise<Map<string, string>> => {
      const { old, now } = await sidesIn(cwd, args, { staged });
      return movedTests(old, now);
    };
    expect(await between([])).toEqual(moved);
    expect(await between([], true)).toEqual(moved);
    expect(await between([], false, join(root, "u"))).toEqual(moved);
    commit("second");
    expect(await between([])).toEqual(new Map());
    expect(await between(["HEAD~1"])).toEqual(moved);
    expect(await between(["HEAD~1..HEAD"])).toEqual(moved);
    const back = new Map([...moved].map(([from, to]) => [to, from]));
    expect(await between([".", "HEAD~1"])).toEqual(back);
    expect(await between(["HEAD~1", "."])).toEqual(moved);
    expect(await between(["./t", "./u"])).toEqual(new Map());
    expect(await between(["HEAD~1", tree({ "x.json": "1" })])).toEqual(new Map());
    const env = { ...GIT_ENV, GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "diff.relative", GIT_CONFIG_VALUE_0: "true" };
    const { old, now } = await sidesIn(join(root, "u"), ["HEAD~1"], { env });
    expect(await movedTests(old, now)).toEqual(moved);
  });
});

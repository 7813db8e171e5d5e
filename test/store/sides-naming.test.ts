import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError, UserError } from "../../src/errors.ts";
import { temporary, tree } from "../run.ts";
import { differs, sidesIn, textsOf } from "./comparing.ts";
import { GIT_ENV, HAS_GIT, type Repository, repository } from "./repository.ts";

/**
 * Three commits, `one`, `two`, `three`, of one recording; `side` parts from `one`. What is staged is `staged`, what lies
 * there `here`.
 */
function history(): Repository {
  const made = repository();
  const { write, git, commit } = made;
  const put = (text: string): void => write({ "t/recordings/x.json": text });
  put("one");
  commit("one");
  git("tag", "one");
  git("switch", "-q", "-c", "side");
  put("side");
  commit("side");
  git("switch", "-q", "main");
  for (const name of ["two", "three"]) {
    put(name);
    commit(`${name} of it`);
    git("tag", name);
  }
  put("staged");
  git("add", "--all");
  put("here");
  return made;
}

async function refused(cwd: string, args: readonly string[], more = {}): Promise<UserError> {
  const error: unknown = await sidesIn(cwd, args, more).then(
    () => expect.fail(`${args.join(" ")} was not refused`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe.skipIf(!HAS_GIT)("what words name (needs git)", () => {
  const WAYS = [
    ["nothing", [], false, "three", "here"],
    ["a revision", ["one"], false, "one", "here"],
    ["HEAD and what is staged", [], true, "three", "staged"],
    ["a revision and what is staged", ["two"], true, "two", "staged"],
    ["a range", ["one..two"], false, "one", "two"],
    ["a range to HEAD", ["one.."], false, "one", "three"],
    ["a range from HEAD", ["..side"], false, "three", "side"],
    ["from where they parted", ["main...side"], false, "one", "side"],
    ["from where HEAD parted", ["...side"], false, "one", "side"],
    ["two revisions", ["HEAD~1", "refs/heads/side"], false, "two", "side"],
    ["a revision and a folder", ["two", "."], false, "two", "here"],
    ["a folder and a revision", ["./t", "two"], false, "here", "two"],
    ["by its message", [":/^two"], false, "two", "here"],
    ["a name with spaces", ["main^{/^two }", "."], false, "two", "here"],
  ] as const;
  it(`a side each: ${WAYS.map(([title]) => title).join("; ")}`, async () => {
    const { root } = history();
    for (const [title, args, staged, old, now] of WAYS) {
      const sides = await sidesIn(root, args, { staged });
      const held = [await textsOf(sides.old), await textsOf(sides.now)].flatMap((texts) => Object.values(texts));
      expect(held, title).toEqual([old, now]);
    }
  });

  it("sides are called as people call them", async () => {
    const { root, git } = history();
    const titles = async (args: string[], staged = false): Promise<string[]> => {
      const { old, now } = await sidesIn(root, args, { staged });
      return [old.title, now.title];
    };
    expect(await titles([])).toEqual(["HEAD", "the working tree"]);
    expect(await titles([], true)).toEqual(["HEAD", "git's index"]);
    expect(await titles(["one.."])).toEqual(["one", "HEAD"]);
    expect(await titles(["main...side"])).toEqual([git("rev-parse", "one").slice(0, 8), "side"]);
    expect(await titles(["one", "t"])).toEqual(["one", "t"]);
  });

  it("a folder in a revision is compared with itself; one that the revision does not have, with the folder recctl runs in", async () => {
    const { root, write } = history();
    write({ "run/t/recordings/x.json": "two", "run/t/recordings/new.json": "new" });
    expect(await differs(await sidesIn(root, ["two", "t"]))).toEqual({ changed: ["recordings/x.json"], same: 0 });
    expect(await differs(await sidesIn(root, ["two", "run"]))).toEqual({ added: ["t/recordings/new.json"], same: 1 });
    const far = realpathSync(tree({ "t/recordings/x.json": "two" }));
    expect(await differs(await sidesIn(root, [far, "two"]))).toEqual({ same: 1 });
    expect(await differs(await sidesIn(join(root, "t"), ["two", join(far, "t")]))).toEqual({ same: 1 });
  });

  it.each([
    ["HEAD", "HEAD", ["./HEAD", "refs/heads/main"]],
    ["side", "side", ["./side", "refs/heads/side"]],
    ["one", "one", ["./one", "refs/tags/one"]],
    ["one..two", "one..two", ["./one..two", "refs/tags/one..two"]],
  ])("%s, a folder too, is ambiguous", async (name, arg, ways) => {
    const { root } = history();
    mkdirSync(join(root, name));
    for (const args of [[arg], [arg, "main"], ["main", arg]]) {
      if (arg.includes("..") && args.length > 1) continue;
      const { message, remedy } = await refused(root, args);
      expect(message).toBe(`both a folder and a revision are called ${name}`);
      expect(remedy.map((line) => line.split(/ {2,}/)[0])).toEqual(ways.map((way) => `recctl diff ${way}`));
    }
    expect((await sidesIn(root, [`./${name}`, ways[1]?.split("..")[0] as string])).old.title).toBe(`./${name}`);
    await sidesIn(root, [ways[1] as string]);
  });

  it("a folder whose name a revision could not have is one", async () => {
    const { root } = history();
    for (const name of ["a..b", "-x", "a b", "^main", "--output=x", "new\nline"]) {
      mkdirSync(join(root, name));
      expect((await sidesIn(root, [name, "./t"])).old.origin).toMatchObject({ kind: "folder" });
    }
    expect((await sidesIn(join(root, "t"), ["..", "."])).old.origin).toMatchObject({ place: root });
  });

  const HOSTILE = [
    "--output=x",
    "-x",
    "--",
    "--all",
    "^main",
    "main\n",
    "main\n--output=x",
    "main\0",
    "",
    "main side",
    "main^@",
    "main:t",
    "$(touch x)",
    "main; touch x",
    "--output=x..main",
    "main..--output=x",
    "main...-x",
    "main..side..one",
    "refs/heads/*",
    "../gone",
    "./main",
    "t/recordings/x.json",
    ".",
    "t",
  ];
  it.each([["alone"], ["beside another"]])(
    "what no revision is called is refused %s, and git does nothing",
    async (how) => {
      const { root, git } = history();
      const before = git("status", "--porcelain", "--ignored");
      for (const name of HOSTILE) {
        const { remedy } = await refused(root, how === "alone" ? [name] : [name, "no-such-name"]);
        expect(remedy.length, JSON.stringify(name)).toBeGreaterThan(0);
      }
      expect(git("status", "--porcelain", "--ignored")).toBe(before);
    },
  );

  it("an unknown name is told with the nearest, a file as a file, a lone folder with what to type", async () => {
    const { root, git } = history();
    git("branch", "feature/retries");
    expect(await refused(root, ["feature/retires"])).toMatchObject({
      message: "no folder and no revision is called feature/retires",
      place: root,
      remedy: ["recctl diff feature/retries"],
    });
    expect((await refused(root, ["main", "t/recordings/x.json"])).message).toMatch(/^a file, where a folder/);
    const lone = await refused(root, ["t"], { recctl: "recctl -C here" });
    expect(lone).toBeInstanceOf(UsageError);
    expect(lone.remedy[0]).toMatch(/^recctl -C here diff HEAD t /);
  });

  it("what is no way to ask is told as that", async () => {
    const { root } = history();
    const wrong = [
      [["a", "b", "c"], false],
      [["one", "two"], true],
      [["one..two"], true],
    ] as const;
    for (const [args, staged] of wrong) expect(await refused(root, args, { staged })).toBeInstanceOf(UsageError);
  });

  it("revisions without a common past have nowhere to have parted", async () => {
    const { root, git, write, commit } = history();
    git("switch", "-q", "-f", "--orphan", "other");
    write({ "y.json": "1" });
    commit("other");
    expect((await refused(root, ["main...other"])).message).toBe(
      "no commit is known from which both come: main...other",
    );
    expect(Object.values(await textsOf((await sidesIn(root, ["main..other"])).old))).toEqual(["three"]);
  });
});

describe("without a repository", () => {
  const ENV = { ...GIT_ENV, GIT_CEILING_DIRECTORIES: "/" };

  it("two folders are compared, even where there is no git", async () => {
    const cwd = tree({ "a/recordings/x.json": "1", "b/recordings/x.json": "2" });
    for (const env of [ENV, { ...ENV, PATH: "" }]) {
      expect(await differs(await sidesIn(cwd, ["a", "b"], { env }))).toEqual({
        changed: ["recordings/x.json"],
        same: 0,
      });
    }
    expect((await refused(cwd, ["a", "main"], { env: { ...ENV, PATH: "" } })).message).toMatch(/^git is not installed/);
  });

  it.skipIf(!HAS_GIT)("anything else is told (needs git)", async () => {
    const cwd = temporary();
    const env = { ...GIT_ENV, GIT_CEILING_DIRECTORIES: join(cwd, "..") };
    expect((await refused(cwd, [], { env })).message).toMatch(/^not in a git repository/);
    expect((await refused(cwd, ["main"], { env })).message).toMatch(/not in a git repository for a revision: main$/);
    expect((await refused(join(cwd, "gone"), [], { env })).message).toBe("no such folder");
  });
});

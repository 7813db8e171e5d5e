import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { sample } from "./samples.ts";

const FILES = Object.fromEntries(
  [
    "one/recordings/a.json",
    "one/recordings/responses/b.json",
    "one/other/c.json",
    "two/recordings/d.json",
    "two/recordings/notes.txt",
    "e.json",
  ].map((path) => [path, sample({ test: path })]),
);

/** What ls lists, by path, and how it ended. */
async function paths(args: readonly string[], cwd: string): Promise<string[]> {
  const { stdout, stderr, code } = await inside(args, { cwd });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return JSON.parse(stdout).recordings.map(({ path }: { path: string }) => path);
}
const ls = (cwd: string, ...args: string[]): Promise<string[]> =>
  paths(["ls", "--json", "--sort", "path", ...args], cwd);

const FOUND: readonly (readonly [what: string, args: readonly string[], paths: readonly string[]])[] = [
  [
    "all below folders called recordings",
    [],
    ["one/recordings/a.json", "one/recordings/responses/b.json", "two/recordings/d.json"],
  ],
  ["those below a folder", ["one"], ["one/recordings/a.json", "one/recordings/responses/b.json"]],
  ["those of a folder called recordings", ["two/recordings/"], ["two/recordings/d.json"]],
  ["those of a folder inside one", ["one/recordings/responses"], ["one/recordings/responses/b.json"]],
  ["every .json of a folder that has no recordings folder", ["one/other"], ["one/other/c.json"]],
  ["a file, wherever it lies", ["./e.json"], ["e.json"]],
  ["a file that is not called .json", ["two/recordings/notes.txt"], ["two/recordings/notes.txt"]],
  ["what a glob names", ["**/[bc].json"], ["one/other/c.json", "one/recordings/responses/b.json"]],
  ["what a glob with a fixed part names", ["one/*/{a,c}.json"], ["one/other/c.json", "one/recordings/a.json"]],
  ["each once", ["two", "two/recordings", "two/recordings/d.json", "*/*/d.json"], ["two/recordings/d.json"]],
  ["several", ["e.json", "two"], ["e.json", "two/recordings/d.json"]],
];

describe("ls finds", () => {
  it("what its arguments name: folders, files and globs", async () => {
    const cwd = tree(FILES);
    expect(await forEach(FOUND, async ([what, args]) => [what, args, await ls(cwd, ...args)])).toEqual(FOUND);
  });

  it("everything from inside a recordings folder, and what lies above, shown relative to where it runs", async () => {
    const cwd = tree(FILES);
    expect(await ls(join(cwd, "one/recordings"))).toEqual(["a.json", "responses/b.json"]);
    expect(await ls(join(cwd, "one/recordings/responses"))).toEqual(["b.json"]);
    expect(await ls(join(cwd, "one"), "../two", join(cwd, "e.json"))).toEqual([
      "../e.json",
      "../two/recordings/d.json",
    ]);
  });

  it("the same with -C before or after the command", async () => {
    const cwd = tree(FILES);
    const ways = [
      ["-C", "one", "ls"],
      ["ls", "-C", "one"],
      ["-Cone", "ls"],
      ["ls", "-C", join(cwd, "one")],
    ];
    await forEach(ways, async (args) => {
      expect(await paths([...args, "--json"], cwd)).toEqual(["recordings/a.json", "recordings/responses/b.json"]);
    });
    expect(await paths(["-C", "one", "ls", "--json", "other/c.json"], cwd)).toEqual(["other/c.json"]);
  });

  it("a file whose name looks like a glob or an option", async () => {
    const cwd = tree({ "recordings/x[1].json": sample(), "-r": sample(), "recordings/x1.json": sample() });
    expect(await ls(cwd, "recordings/x[1].json")).toEqual(["recordings/x[1].json"]);
    expect(await ls(cwd, "--", "-r")).toEqual(["-r"]);
  });
});

describe("ls does not find", () => {
  const never = ["node_modules", ".git", ".venv", "venv", "__pycache__", "dist", "build"];

  it("what lies in folders that hold no sources, unless it is asked for by name", async () => {
    const cwd = tree({
      ...Object.fromEntries(never.map((name) => [`${name}/x/recordings/${name}.json`, sample()])),
      "recordings/build/in.json": sample(),
      "recordings/built.json": sample(),
    });
    expect(await ls(cwd)).toEqual(["recordings/built.json"]);
    expect(await ls(cwd, "**/*.json")).toEqual(["recordings/built.json"]);
    const named = await forEach(never, (name) => ls(cwd, name));
    expect(named).toEqual(never.map((name) => [`${name}/x/recordings/${name}.json`]));
    expect(await ls(cwd, "build/**/*.json")).toEqual(["build/x/recordings/build.json"]);
    expect(await ls(join(cwd, "build"), `${cwd}/build/x/*/*.json`)).toEqual(["x/recordings/build.json"]);
  });

  it("links to folders, cyclic ones neither; but links to files", async () => {
    const cwd = tree({ "t/recordings/a.json": sample(), "elsewhere/b.json": sample() });
    symlinkSync("..", join(cwd, "t/recordings/up"));
    symlinkSync("t", join(cwd, "link"));
    symlinkSync("../../elsewhere/b.json", join(cwd, "t/recordings/link.json"));
    const found = ["t/recordings/a.json", "t/recordings/link.json"];
    expect(await ls(cwd)).toEqual(found);
    expect(await ls(cwd, "**/recordings/*.json")).toEqual(found);
    expect(await ls(cwd, "--gitignore")).toEqual(found);
    expect(await ls(cwd, "link/recordings/a.json")).toEqual(["link/recordings/a.json"]);
  });

  it("what .gitignore names, with --gitignore alone", async () => {
    const files = ["a/recordings/1.json", "a/recordings/2.json", "a/gen/recordings/3.json", "b/recordings/4.json"];
    const cwd = tree(Object.fromEntries(files.map((path) => [path, sample()])));
    mkdirSync(join(cwd, ".git"));
    writeFileSync(join(cwd, ".gitignore"), "gen/\n2.json\n");
    writeFileSync(join(cwd, "b/.gitignore"), "*.json\n!keep.json\n");
    expect(await ls(cwd)).toHaveLength(4);
    expect(await ls(cwd, "--gitignore")).toEqual(["a/recordings/1.json"]);
    expect(await ls(cwd, "--gitignore", "a/recordings", "a/gen")).toEqual(["a/recordings/1.json"]);
    expect(await ls(cwd, "--gitignore", "a/recordings/1.json")).toEqual(["a/recordings/1.json"]);
    expect(await ls(cwd, "--gitignore", "**/[1-9].json")).toEqual(["a/recordings/1.json"]);
    // The rules of a repository hold in its folders too.
    expect(await ls(join(cwd, "a"), "--gitignore")).toEqual(["recordings/1.json"]);
    expect(await ls(join(cwd, "b"), "--gitignore", "../a")).toEqual(["../a/recordings/1.json"]);
  });
});

describe("ls tells", () => {
  it("where it found nothing, and is content", async () => {
    const cwd = tree({ "x/y.txt": "" });
    const { stdout, stderr, code } = await inside(["ls"], { cwd });
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toBe(
      `no recordings below ${cwd}: they are .json files in folders called recordings (recctl -C DIR ls looks elsewhere)\n`,
    );
    const named = await inside(["ls", "x"], { cwd });
    expect(named).toMatchObject({
      stdout: "",
      code: 0,
      stderr: expect.stringMatching(/^no recordings below x: they are /),
    });
  });

  it("a path that leads nowhere", async () => {
    const cwd = tree(FILES);
    const cases: readonly (readonly [fact: string, ...args: string[]])[] = [
      ["no such file or folder: nowhere", "nowhere"],
      ["no such file or folder: e.json/x", "e.json/x"],
      ["no such file or folder: nowhere", "e.json", "nowhere"],
      ["no such file or folder: nowhere", "--gitignore", "nowhere"],
      ["no file matches no*.json", "no*.json"],
      ["no file matches nowhere/*.json", "nowhere/*.json"],
      [`no such folder: ${cwd}/nowhere`, "-C", "nowhere"],
      [`no such folder: ${cwd}/e.json`, "-C", "e.json"],
    ];
    const told = await forEach(cases, async ([, ...args]) => {
      const { stdout, stderr, code } = await inside(["ls", ...args], { cwd });
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
      expect(stderr).toMatch(/\n {2}try {2}recctl /);
      return [/^error: (.*)\n/.exec(stderr)?.[1], ...args];
    });
    expect(told).toEqual(cases);
  });
});

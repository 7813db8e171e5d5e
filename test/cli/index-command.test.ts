import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT, temporary, tree } from "../run.ts";
import { started } from "./process.ts";
import { at, sample } from "./samples.ts";
import { readShard, shardPaths, versions } from "./shards.ts";

const FILES = {
  [`a/${at("aaaa")}`]: sample({ test: "t.py::a" }),
  [`b/${at("bbbb")}`]: sample({ test: "t.py::b", answered: ["x", "y"] }),
  "b/recordings/broken.json": "{",
};

describe("recctl index", () => {
  it("reads everything again and tells how it went", async () => {
    const cwd = tree(FILES);
    const env = { RECCTL_CACHE_DIR: temporary() };
    const { stdout, stderr, code } = await inside(["index"], { cwd, env });
    expect(stdout).toMatch(
      new RegExp(`^read 3 files, 1 of them broken in \\d+ ms\nindex: ${env.RECCTL_CACHE_DIR}, 2 folders, \\d+ B\n$`),
    );
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const before = versions(env.RECCTL_CACHE_DIR);
    await inside(["index"], { cwd, env });
    expect(versions(env.RECCTL_CACHE_DIR)).not.toEqual(before);
  });

  it("tells its state with --status, and as JSON", async () => {
    const cwd = tree(FILES);
    const env = { RECCTL_CACHE_DIR: temporary() };
    const json = async (...args: string[]) =>
      JSON.parse((await inside(["index", "--json", ...args], { cwd, env })).stdout);
    const empty = { dir: env.RECCTL_CACHE_DIR, shards: 0, bytes: 0, swept: 0, rebuilt: null };
    expect(await json("--status")).toEqual(empty);
    const rebuilt = { files: 1, broken: 0, milliseconds: expect.any(Number), unsaved: 0 };
    expect(await json("a")).toEqual({ ...empty, shards: 1, bytes: expect.any(Number), rebuilt });
    await inside(["ls"], { cwd, env });
    const state = await json("--status");
    const bytes = shardPaths(env.RECCTL_CACHE_DIR).reduce((sum, path) => sum + readFileSync(path).length, 0);
    expect(state).toEqual({ ...empty, shards: 2, bytes });
    const { stdout } = await inside(["index", "--status"], { cwd, env });
    expect(stdout).toBe(`index: ${env.RECCTL_CACHE_DIR}, 2 folders, ${bytes} B\n`);
  });

  it("removes its own files that are of no use, and nobody else's; --status removes nothing", async () => {
    const cwd = tree(FILES);
    const cache = temporary();
    const env = { RECCTL_CACHE_DIR: cache };
    await inside(["ls"], { cwd, env });
    renameSync(join(cwd, "a"), join(cwd, "c"));
    writeFileSync(join(cache, "00000000.index"), "recctl-index 1 0\ndamaged");
    writeFileSync(join(cache, "11111111.index.abc.new"), "left");
    const foreign = ["22222222.index", "draft.new", "search.index", "x.index.def.new", "zz-not-ours"];
    for (const name of foreign) writeFileSync(join(cache, name), "precious");
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    for (const name of readdirSync(cache)) utimesSync(join(cache, name), longAgo, longAgo);
    const before = readdirSync(cache);
    expect((await inside(["index", "--status"], { cwd, env })).stdout).not.toContain("removed");
    expect(readdirSync(cache)).toEqual(before);
    const { stdout, code } = await inside(["index", "b"], { cwd, env });
    expect(stdout).toMatch(/\nremoved: 3 index files of no use\n$/);
    expect(code).toBe(0);
    const left = readdirSync(cache).filter((name) => !foreign.includes(name));
    expect(left).toEqual([expect.stringMatching(/^\w{8}\.index$/)]);
    for (const name of foreign) expect(readFileSync(join(cache, name), "utf8")).toBe("precious");
  });

  it("ends with 2 for a path that leads nowhere", async () => {
    const { stdout, stderr, code } = await inside(["index", "nowhere"], { cwd: tree(FILES) });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(/^error: no such file or folder: nowhere\n/);
  });
});

describe("the index lies", () => {
  it.each([
    ["where RECCTL_CACHE_DIR says", { RECCTL_CACHE_DIR: "own", XDG_CACHE_HOME: "xdg" }, "own"],
    ["below XDG_CACHE_HOME", { RECCTL_CACHE_DIR: "", XDG_CACHE_HOME: "xdg" }, "xdg/recctl"],
    [
      "in ~/.cache where XDG_CACHE_HOME is relative",
      { RECCTL_CACHE_DIR: "", XDG_CACHE_HOME: "./" },
      "home/.cache/recctl",
    ],
    ["in ~/.cache where nothing is said", { RECCTL_CACHE_DIR: "" }, "home/.cache/recctl"],
  ])("%s", async (_, variables, expected) => {
    const base = temporary();
    mkdirSync(join(base, "home"));
    const entries = Object.entries(variables).map(([name, value]) => [
      name,
      /^\w/.test(value) ? join(base, value) : value,
    ]);
    const env = { HOME: join(base, "home"), ...Object.fromEntries(entries) };
    const cwd = tree(FILES);
    expect((await inside(["ls"], { cwd, env })).code).toBe(0);
    expect(shardPaths(join(base, expected))).toHaveLength(2);
    const others = readdirSync(base, { recursive: true }).filter((path) => String(path).endsWith(".index"));
    expect(others).toHaveLength(2);
    expect(readdirSync(cwd).sort()).toEqual(["a", "b"]);
  });

  it("where others may not read it", async () => {
    const cache = join(temporary(), "new/cache");
    await inside(["ls"], { cwd: tree(FILES), env: { RECCTL_CACHE_DIR: cache } });
    expect(lstatSync(cache).mode & 0o777).toBe(0o700);
    expect(shardPaths(cache).map((path) => lstatSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });
});

describe("six processes at once", () => {
  it("on a cold cache give the same answer, and leave an index that is whole", async () => {
    const env = { RECCTL_CACHE_DIR: join(temporary(), "cache") };
    const runs = Array.from({ length: 6 }, () => started(["ls", "--json"], { env }).read());
    const ends = await Promise.all(runs.map((run) => run.ended));
    const plain = await inside(["ls", "--json", "--no-index"]);
    expect(ends).toEqual(ends.map(() => plain));
    const [path = ""] = shardPaths(env.RECCTL_CACHE_DIR);
    expect(readShard(path)).toMatchObject({ folder: join(ROOT, "recordings") });
    expect(readShard(path).rows).toHaveLength(JSON.parse(plain.stdout).recordings.length);
    const before = versions(env.RECCTL_CACHE_DIR);
    expect(await inside(["ls", "--json"], { env })).toEqual(plain);
    expect(versions(env.RECCTL_CACHE_DIR)).toEqual(before);
  });
});

describe("no command writes into the tree", () => {
  /** Everything below a folder, with all that a write would change. */
  const everything = (dir: string): string[] =>
    ["", ...readdirSync(dir, { recursive: true })].map((path) => {
      const { mode, size, mtimeNs, ctimeNs, ino } = lstatSync(join(dir, String(path)), { bigint: true });
      return [path, mode, size, mtimeNs, ctimeNs, ino].join(" ");
    });

  it("nor changes anything in it", async () => {
    const cwd = tree(FILES);
    const before = everything(cwd);
    const commands = [
      "ls",
      "ls --grep water",
      "ls --gitignore",
      "show aaaa",
      "replay bbbb",
      "index",
      "index --status",
      "config --example",
    ];
    for (const command of [...commands, "show t.py::b", "completion bash", "complete -- show a"]) {
      const { code, stderr } = await inside(command.split(" "), { cwd });
      expect({ command, code, told: stderr.replace(/^b\/recordings\/broken\.json:1:2: .*\n$/, "") }).toEqual({
        command,
        code: 0,
        told: "",
      });
      expect(everything(cwd), command).toEqual(before);
    }
  });
});

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { inside } from "../inside.ts";
import { temporary, tree } from "../run.ts";
import { asWhom, POWERLESS, started } from "./process.ts";
import { sample } from "./samples.ts";
import { readShard, settle, shardPaths, writeShard } from "./shards.ts";

const FILES = {
  "recordings/a.json": sample({ test: "t.py::first", answered: ["x"] }),
  "recordings/b.json": sample({ test: "t.py::second", failure: "lost" }),
  "recordings/c.json": "{ broken",
};

describe("a damaged index costs time, no answer", () => {
  const text = (path: string): string => readFileSync(path, "utf8");
  it.each<[string, (path: string) => void]>([
    ["random bytes", (path) => writeFileSync(path, randomBytes(4000))],
    ["nothing", (path) => writeFileSync(path, "")],
    ["cut off", (path) => writeFileSync(path, text(path).slice(0, -40))],
    ["its first line alone", (path) => writeFileSync(path, text(path).split("\n")[0] as string)],
    ["of another version", (path) => writeFileSync(path, text(path).replace("recctl-index 1", "recctl-index 2"))],
    [
      "one letter other, and JSON still",
      (path) => writeFileSync(path, text(path).replace("t.py::first", "t.py::wirst")),
    ],
    ["one number other", (path) => writeFileSync(path, text(path).replace(/"began":1/, '"began":2'))],
    [
      "that of another folder, where files of the same names say something else",
      (path) => {
        const shard = readShard(path);
        const strings = shard.strings.map((text) => text.replace("first", "other"));
        writeShard(path, { ...shard, folder: "/elsewhere", strings });
      },
    ],
    [
      "a folder in its place",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])("%s", async (name, damage) => {
    const cwd = tree(FILES);
    const env = { RECCTL_CACHE_DIR: temporary() };
    const before = await inside(["ls"], { cwd, env });
    expect(before.stdout).toContain("t.py::first");
    settle(env.RECCTL_CACHE_DIR);
    const [path = ""] = shardPaths(env.RECCTL_CACHE_DIR);
    const whole = name === "a folder in its place" ? undefined : text(path);
    damage(path);
    if (whole !== undefined) expect(text(path)).not.toBe(whole);
    expect(await inside(["ls"], { cwd, env })).toEqual(before);
    // And it is whole again, where it can be.
    if (whole !== undefined) expect(readShard(path).rows).toHaveLength(3);
    expect(readdirSync(env.RECCTL_CACHE_DIR)).toHaveLength(1);
  });
});

describe("an index that cannot be kept changes no answer", () => {
  const unsaved =
    /^read 3 files, 1 of them broken in \d+ ms\ncould not keep 1 folder in \/.*: is it writable\?\nindex: .*, 0 folders, 0 B\n$/;

  /** ls answers and ends with 0, `index` says what is the matter and ends with 1. */
  async function check(cwd: string, cache: string, ids = {}): Promise<void> {
    const plain = await inside(["ls", "--no-index"], { cwd });
    const options = { cwd, env: { RECCTL_CACHE_DIR: cache }, ...ids };
    expect(await started(["ls"], options).read().ended).toEqual(plain);
    const index = await started(["index"], options).read().ended;
    expect(index).toEqual({ stdout: expect.stringMatching(unsaved), stderr: "", code: 1 });
  }

  it("in a file", async () => {
    const cwd = tree({ ...FILES, cache: "mine" });
    await check(cwd, join(cwd, "cache"));
    await check(cwd, join(cwd, "cache/below"));
    expect(readFileSync(join(cwd, "cache"), "utf8")).toBe("mine");
  });

  it.skipIf(!POWERLESS)(`in a directory that is read-only${asWhom}`, async () => {
    const cwd = tree(FILES);
    const cache = temporary();
    for (const path of [cwd, join(cwd, "recordings")]) chmodSync(path, 0o755);
    chmodSync(cache, 0o555);
    await check(cwd, cache, POWERLESS ?? {});
    expect(readdirSync(cache)).toEqual([]);
  });

  it("on a full disk (a tiny tmpfs, where one may be mounted)", async ({ skip }) => {
    const cache = temporary();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", cache]);
    if (mounted.status !== 0) skip("only root may mount a tmpfs");
    onTestFinished(() => {
      spawnSync("umount", [cache]);
    });
    expect(() => writeFileSync(join(cache, "filler"), Buffer.alloc(1 << 20))).toThrow(/ENOSPC/);
    await check(tree(FILES), cache);
    // The piece that was begun is taken away again.
    expect(readdirSync(cache)).toEqual(["filler"]);
  });

  it.skipIf(!POWERLESS)(`and one that is there but may not be read is none${asWhom}`, async () => {
    const cwd = tree(FILES);
    const cache = temporary();
    const options = { cwd, env: { RECCTL_CACHE_DIR: cache } };
    const before = await inside(["ls"], options);
    const [path = ""] = shardPaths(cache);
    for (const open of [cwd, join(cwd, "recordings")]) chmodSync(open, 0o755);
    chmodSync(path, 0);
    chmodSync(cache, 0o555);
    onTestFinished(() => chmodSync(cache, 0o755));
    expect(await started(["ls"], { ...options, ...POWERLESS }).read().ended).toEqual(before);
  });
});

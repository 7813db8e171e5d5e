import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT, temporary, tree } from "../run.ts";
import { BROKEN } from "./broken.ts";
import { forEach } from "./process.ts";
import { sample } from "./samples.ts";
import { readShard, settle, shardPaths, stamp, versions, writeShard } from "./shards.ts";

const OLD = sample({ test: "t.py::old" });
const NEW = sample({ test: "t.py::new" });

/** What is listed: each path with its test, or with what is wrong. */
async function listed(cwd: string, cache: string, ...args: string[]): Promise<Record<string, string>> {
  const { stdout, code } = await inside(["ls", "--json", ...args], { cwd, env: { RECCTL_CACHE_DIR: cache } });
  expect(code).toBe(0);
  const { recordings, broken } = JSON.parse(stdout);
  const entries = [...recordings, ...broken].map(({ path, test_id, message }) => [path, test_id ?? message]);
  return Object.fromEntries(entries);
}

/** A tree with one recording that the index knows and trusts. */
async function known(): Promise<{ cwd: string; cache: string; file: string }> {
  const cwd = tree({ "recordings/a.json": OLD });
  const cache = temporary();
  expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::old" });
  settle(cache);
  return { cwd, cache, file: join(cwd, "recordings/a.json") };
}

describe("the index", () => {
  it("answers as reading everything does, cold and warm, whatever is asked", async () => {
    const broken = Object.fromEntries(BROKEN.map(({ name, content }) => [`t/recordings/${name}.json`, content]));
    const cwd = tree({ ...broken, "t/recordings/sub/a.json": OLD, "u/recordings/b.json": NEW });
    const asked = [[ROOT], [cwd], [cwd, "t/recordings/sub", "u"], [ROOT, "--streaming", "--json"]];
    await forEach(asked, async ([where, ...args]) => {
      const env = { RECCTL_CACHE_DIR: temporary() };
      const options = { cwd: where as string, env };
      const plain = await inside(["ls", "--no-index", ...args], options);
      for (const _ of ["cold", "warm"]) expect(await inside(["ls", ...args], options)).toEqual(plain);
    });
  });

  it("is trusted: a run that finds nothing changed leaves it alone", async () => {
    const { cwd, cache } = await known();
    const before = versions(cache);
    await listed(cwd, cache);
    expect(versions(cache)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it("keeps what it knows of files that a run did not ask for", async () => {
    const cwd = tree({ "recordings/a.json": OLD, "recordings/b.json": NEW, "recordings/sub/c.json": NEW });
    const cache = temporary();
    await listed(cwd, cache);
    settle(cache);
    const before = versions(cache);
    expect(await listed(cwd, cache, "recordings/a.json")).toEqual({ "recordings/a.json": "t.py::old" });
    expect(await listed(cwd, cache, "recordings/sub")).toEqual({ "recordings/sub/c.json": "t.py::new" });
    expect(versions(cache)).toEqual(before);
  });
});

describe("the index sees that a file", () => {
  it("changed, though its size is the same and its time was put back", async () => {
    const { cwd, cache, file } = await known();
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, NEW);
    utimesSync(file, atime, mtime);
    expect([statSync(file).size, statSync(file).mtime]).toEqual([size, mtime]);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::new" });
  });

  it("changed within one tick of the clock, so that its stamp is the same", async () => {
    for (const [later, seen] of [
      [0, "t.py::new"],
      [50, "t.py::new"],
      // Long after its last change the stamp is believed: the forged entry shows that.
      [3_600_000, "t.py::old"],
    ] as const) {
      const { cwd, cache, file } = await known();
      writeFileSync(file, NEW);
      const [path = ""] = shardPaths(cache);
      const shard = readShard(path);
      const [row] = shard.rows;
      if (!row) throw new Error("no row");
      row[1] = stamp(file);
      writeShard(path, { ...shard, began: Number(statSync(file, { bigint: true }).mtimeNs / 1_000_000n) + later });
      expect(await listed(cwd, cache), String(later)).toEqual({ "recordings/a.json": seen });
    }
  });

  it("was replaced by another, of the same size and times", async () => {
    const { cwd, cache, file } = await known();
    const { atime, mtime } = statSync(file);
    writeFileSync(join(cwd, "other"), NEW);
    utimesSync(join(cwd, "other"), atime, mtime);
    renameSync(join(cwd, "other"), file);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::new" });
  });

  it("was removed, renamed or added", async () => {
    const { cwd, cache, file } = await known();
    renameSync(file, join(cwd, "recordings/b.json"));
    expect(await listed(cwd, cache)).toEqual({ "recordings/b.json": "t.py::old" });
    expect(readShard(shardPaths(cache)[0] as string).rows.map(([name]) => name)).toEqual(["b.json"]);
    settle(cache);
    mkdirSync(join(cwd, "recordings/sub"));
    writeFileSync(join(cwd, "recordings/sub/c.json"), NEW);
    expect(await listed(cwd, cache)).toEqual({
      "recordings/b.json": "t.py::old",
      "recordings/sub/c.json": "t.py::new",
    });
    settle(cache);
    rmSync(join(cwd, "recordings/b.json"));
    expect(await listed(cwd, cache)).toEqual({ "recordings/sub/c.json": "t.py::new" });
  });

  it("broke, and was mended", async () => {
    const { cwd, cache, file } = await known();
    writeFileSync(file, "{");
    const broken = { "recordings/a.json": "the file is cut off: expected a key in double quotes" };
    expect(await listed(cwd, cache)).toEqual(broken);
    settle(cache);
    expect(await listed(cwd, cache)).toEqual(broken);
    writeFileSync(file, NEW);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::new" });
  });

  it("is a link whose target changed, or which leads in a circle by now", async () => {
    const { cwd, cache, file } = await known();
    renameSync(file, join(cwd, "target"));
    symlinkSync("../target", file);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::old" });
    settle(cache);
    writeFileSync(join(cwd, "target"), NEW);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "t.py::new" });
    settle(cache);
    unlinkSync(file);
    symlinkSync("a.json", file);
    expect(await listed(cwd, cache)).toEqual({ "recordings/a.json": "a link that leads to itself" });
  });
});

import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { applyChange } from "../../src/store/transaction/apply.ts";
import { DISK, type Disk } from "../../src/store/transaction/disk.ts";
import { undoLast } from "../../src/store/transaction/undo.ts";
import { temporary } from "../run.ts";
import { BEFORE, changeOf, grown, LINKLESS, plant, portsFor, refused, SHORTS } from "./changes.ts";

/** When each file was last changed, in nanoseconds. */
const timesIn = (dir: string): Record<string, bigint> =>
  Object.fromEntries(
    Object.keys(grown(dir)).map((path) => [path, lstatSync(join(dir, path), { bigint: true }).mtimeNs]),
  );

/** A tree whose files are of other times, which no double can hold. */
function aged(): string {
  const dir = temporary();
  plant(dir, BEFORE);
  for (const [at, path] of Object.keys(BEFORE).entries()) {
    const second = 1_600_000_000 + at;
    const { status } = spawnSync("touch", ["-d", `@${second}.123456${String(700 + at)}`, join(dir, path)]);
    if (status !== 0) return dir;
  }
  return dir;
}

/** A folder on another file system, where there is one to be had. */
function elsewhere(): string | null {
  try {
    const dir = mkdtempSync("/dev/shm/recctl-test-");
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return DISK.lstat(dir)?.dev === DISK.lstat(temporary())?.dev ? null : dir;
  } catch {
    return null;
  }
}

const DISKS: [string, Disk][] = [
  ["", DISK],
  [", where there are no hard links", LINKLESS],
];
it.each(DISKS)("what is undone has its times again, to the nanosecond%s", async (_, disk) => {
  const dir = aged();
  const before = timesIn(dir);
  const ports = portsFor(dir, { disk });
  await applyChange(changeOf(dir, SHORTS), ports);
  await undoLast(ports);
  expect({ times: timesIn(dir), tree: grown(dir) }).toEqual({ times: before, tree: BEFORE });
});

it("what is rewritten has a time of its own, and what is renamed the one it had", async () => {
  for (const [, disk] of DISKS) {
    const dir = aged();
    const before = timesIn(dir);
    await applyChange(changeOf(dir, SHORTS), portsFor(dir, { disk }));
    const after = timesIn(dir);
    expect(after["recordings/d.json"]).toBe(before["recordings/c.json"]);
    expect(after["recordings/a.json"]).toBeGreaterThan(before["recordings/a.json"] as bigint);
    expect(after["recordings/c.json"]).toBeGreaterThan(before["recordings/b.json"] as bigint);
  }
});

describe("the times of a file are given to another", () => {
  it("of another file system, though it may not be written to", ({ skip }) => {
    const far = elsewhere();
    if (far === null) return skip("no other file system here");
    const dir = aged();
    const [from, to] = [join(dir, "recordings/c.json"), join(far, "c.json")];
    writeFileSync(to, "c");
    chmodSync(to, 0o444);
    DISK.times(from, to);
    expect(DISK.lstat(to)?.mtimeNs).toBe(DISK.lstat(from)?.mtimeNs);
  });

  it.each(["EPERM", "ENOSYS"])("or not, where that cannot be had (%s): the bytes are what counts", async (code) => {
    const dir = aged();
    const timeless: Disk = {
      ...LINKLESS,
      times: (_, to) => {
        throw refused(code, "futime", to);
      },
    };
    const ports = portsFor(dir, { disk: timeless });
    await applyChange(changeOf(dir, SHORTS), ports);
    await undoLast(ports);
    expect(grown(dir)).toEqual(BEFORE);
  });
});

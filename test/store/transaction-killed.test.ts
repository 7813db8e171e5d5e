import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { applyChange } from "../../src/store/transaction/apply.ts";
import type { Ports } from "../../src/store/transaction/change.ts";
import { DISK, type Disk } from "../../src/store/transaction/disk.ts";
import { recover } from "../../src/store/transaction/recover.ts";
import { listTransactions, undoLast } from "../../src/store/transaction/undo.ts";
import { temporary } from "../run.ts";
import {
  AFTER,
  BEFORE,
  changeOf,
  dyingAfter,
  failingAt,
  grown,
  Killed,
  LINKLESS,
  plant,
  portsFor,
  SHORTS,
  watched,
} from "./changes.ts";

/** What waits for the disk is left out: a process that is killed loses nothing of what it wrote. */
const fast = (disk: Disk): Disk => watched(() => undefined, disk);

/** A tree of its own, before the change or after it. */
async function planted(state: "before" | "after", disk: Disk): Promise<string> {
  const dir = temporary();
  plant(dir, BEFORE);
  if (state === "after") await apply(portsFor(dir, { disk }));
  return dir;
}

const apply = (ports: Ports): Promise<unknown> => applyChange(changeOf(ports.cwd, SHORTS), ports);

/** Two processes never have the same id here: what is left of one is found to be dead. */
let pid = 5_000_000;
const process = (dir: string, disk: Disk): Ports => portsFor(dir, { disk, pid: ++pid, isAlive: () => false });

const text = (dir: string): string => JSON.stringify(grown(dir));
const [before, after] = [JSON.stringify(BEFORE), JSON.stringify(AFTER)];

/** After a recovery: the tree is whole, nothing else is left of it, and everything works. */
async function whole(dir: string, disk: Disk): Promise<void> {
  expect([before, after]).toContain(text(dir));
  expect(await recover(process(dir, disk))).toEqual([]);
  if (pid % WHOLLY !== 0) return;
  if (text(dir) === before) await apply(process(dir, disk));
  expect(text(dir)).toBe(after);
  await undoLast(process(dir, disk));
  expect(text(dir)).toBe(before);
  expect(readdirSync(join(dir, ".recctl")).filter((name) => name.startsWith("lock"))).toEqual([]);
  expect(listTransactions(portsFor(dir)).map(({ state }) => state)).not.toContain("unfinished");
}

/** A kill is tried before every third call, of each disk and deed another third: RECCTL_EVERY_KILL=1 for all. */
const STEP = env.RECCTL_EVERY_KILL ? 1 : 3;
let third = 0;

/** Of every so many moments a recovery is killed at every moment: RECCTL_EVERY_KILL=1 for all. */
const EVERY = Number(env.RECCTL_EVERY_KILL ?? 401);

/** How often it is tried that everything works afterwards. */
const WHOLLY = env.RECCTL_EVERY_KILL ? 1 : 5;

/** Thousands of transactions; a busy machine must not fail them. */
const LONG = { timeout: 600_000 };

const DISKS: [string, Disk][] = [
  ["", fast(DISK)],
  [" without hard links", fast(LINKLESS)],
];
const DEEDS: [string, "before" | "after", (ports: Ports) => Promise<unknown>][] = [
  ["a change", "before", apply],
  ["an undoing", "after", (ports) => undoLast(ports)],
];

describe.each(DISKS)("on a disk%s", LONG, (_, disk) => {
  describe.each(DEEDS)("%s", (_, state, deed) => {
    it("that is killed before any of its calls to the disk is all done or not at all", async () => {
      for (let calls = third++ % STEP; ; calls += STEP) {
        const dir = await planted(state, disk);
        const dying = dyingAfter(calls, disk);
        const error = await deed(process(dir, dying.disk)).catch((thrown) => thrown);
        if (!dying.dead()) break;
        if (error instanceof Error) expect(error).toBeInstanceOf(Killed);
        await recover(process(dir, disk));
        await whole(dir, disk);
        rmSync(dir, { recursive: true });
      }
    });

    it("that is killed, and its recovery too, is taken back by the next", async () => {
      for (let calls = 20; ; calls += EVERY) {
        let first = true;
        for (let more = 0; ; more++) {
          const dir = await planted(state, disk);
          const dying = dyingAfter(calls, disk);
          await deed(process(dir, dying.disk)).catch(() => undefined);
          if (!dying.dead()) return;
          const again = dyingAfter(more, disk);
          await recover(process(dir, again.disk)).catch(() => undefined);
          if (!again.dead()) break;
          await recover(process(dir, disk));
          if (first) await whole(dir, disk);
          else expect([before, after]).toContain(text(dir));
          first = false;
          rmSync(dir, { recursive: true });
        }
      }
    });
  });
});

it.each(DEEDS)(
  "%s that the disk refuses at any of its calls is all done or not at all",
  LONG,
  async (_, state, deed) => {
    for (const code of ["ENOSPC", "EACCES"]) {
      for (let calls = third++ % STEP; ; calls += STEP) {
        const dir = await planted(state, fast(DISK));
        const failing = failingAt(calls, code);
        const error = await deed(process(dir, failing.disk)).catch((thrown) => thrown);
        if (!failing.failed()) break;
        if (error instanceof Error) expect(error, error.stack).toBeInstanceOf(UserError);
        // A change is back at once; an undoing that was stopped is finished by the next run.
        if (state === "before") expect(text(dir)).toBe(error instanceof Error ? before : after);
        await recover(process(dir, fast(DISK)));
        await whole(dir, fast(DISK));
        rmSync(dir, { recursive: true });
      }
    }
  },
);

/** A tree whose change was killed when most of it was done. */
async function killedLate(shorts = SHORTS): Promise<string> {
  const dir = await planted("before", fast(DISK));
  const disk = watched((call, args) => {
    if (call === "rename" && String(args[1]).endsWith("/done")) dead = true;
    if (dead) throw new Killed(call);
  });
  let dead = false;
  await expect(applyChange(changeOf(dir, shorts), process(dir, disk))).rejects.toThrow(Killed);
  return dir;
}

describe("what was killed", () => {
  it("is taken back by the next change, which tells it", async () => {
    const dir = await killedLate();
    expect(text(dir)).toBe(after);
    const change = changeOf(dir, [{ path: "other/z.json", after: "new" }]);
    const { recovered } = await applyChange(change, portsFor(dir));
    expect(recovered).toMatchObject([{ command: "rekey", undoing: false, left: [] }]);
    expect(grown(dir)).toEqual({ ...BEFORE, "other/z.json": [0o644, "new"] });
  });

  it("is taken back by undo, and nothing more", async () => {
    const dir = await planted("before", DISK);
    await applyChange(changeOf(dir, [{ path: "other/z.json", after: "new" }]), portsFor(dir));
    const dying = dyingAfter(140, DISK);
    await apply(process(dir, dying.disk)).catch(() => undefined);
    expect(listTransactions(portsFor(dir))[0]?.state).toBe("unfinished");
    expect(await undoLast(portsFor(dir))).toMatchObject({ command: "rekey", state: "unfinished", left: [] });
    expect(grown(dir)).toEqual({ ...BEFORE, "other/z.json": [0o644, "new"] });
    await undoLast(portsFor(dir));
    expect(text(dir)).toBe(before);
  });

  it("loses no bytes where an original is lost: they stay under the name that they have", async () => {
    const dir = await killedLate([
      { path: "recordings/b.json", to: "recordings/c.json" },
      { path: "recordings/c.json", to: "recordings/d.json" },
    ]);
    const id = listTransactions(portsFor(dir))[0]?.id;
    rmSync(join(dir, `.recctl/transactions/${id}/1.original`));
    const [{ left = [] } = {}] = await recover(portsFor(dir));
    expect(left.map(({ path, why }) => `${path.slice(dir.length + 1)}: ${why}`)).toEqual([
      "recordings/c.json: all that is left of another file, whose original is lost",
      "recordings/b.json: its original is lost",
    ]);
    expect(grown(dir)).toMatchObject({ "recordings/c.json": [0o644, "b"], "recordings/d.json": [0o444, "c"] });
    expect(grown(dir)).not.toHaveProperty("recordings/b.json");
  });

  it("leaves what others changed meanwhile, tells it, and keeps the originals", async () => {
    const dir = await killedLate();
    writeFileSync(join(dir, "recordings/a.json"), "mine");
    writeFileSync(join(dir, "other/g.json"), "mine too");
    writeFileSync(join(dir, "recordings/h.json"), "and mine");
    const [{ left = [] } = {}] = await recover(portsFor(dir));
    expect(left.map(({ path, why }) => `${path.slice(dir.length + 1)}: ${why}`).sort()).toEqual([
      "other/g.json: not what recctl put there",
      "recordings/a.json: changed since",
      "recordings/g.json: its original is lost",
      "recordings/h.json: changed since",
    ]);
    const kept = left.flatMap(({ kept }) => kept ?? []).map((path) => DISK.read(path).toString());
    expect(kept.sort()).toEqual(["a", "h"]);
    expect(grown(dir)).toMatchObject({ "recordings/a.json": [0o640, "mine"], "recordings/b.json": [0o644, "b"] });
    expect(await recover(portsFor(dir))).toEqual([]);
    for (let count = 0; count < 12; count++) {
      await applyChange(changeOf(dir, [{ path: "other/z.json", after: String(count) }]), portsFor(dir));
    }
    expect(
      left
        .flatMap(({ kept }) => kept ?? [])
        .map((path) => DISK.read(path).toString())
        .sort(),
    ).toEqual(["a", "h"]);
  });
});

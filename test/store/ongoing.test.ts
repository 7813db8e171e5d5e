import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { expect, it } from "vitest";
import { applyChange } from "../../src/store/transaction/apply.ts";
import type { Ports } from "../../src/store/transaction/change.ts";
import { DISK, type Disk } from "../../src/store/transaction/disk.ts";
import { Ongoing } from "../../src/store/transaction/ongoing.ts";
import { recover } from "../../src/store/transaction/recover.ts";
import { listTransactions, undoLast } from "../../src/store/transaction/undo.ts";
import { temporary } from "../run.ts";
import { changeOf, dyingAfter, grown, LINKLESS, plant, portsFor, type Tree, watched } from "./changes.ts";

const BEFORE: Tree = { "recordings/a.json": [0o640, "a0"], "recordings/z.json": [0o644, "z"] };

const fast = (disk: Disk): Disk => watched(() => undefined, disk);
/** Two processes never have the same id here: what is left of one is found to be dead. */
let pid = 6_000_000;
const processIn = (dir: string, disk: Disk): Ports => portsFor(dir, { disk, pid: ++pid, isAlive: () => false });

function planted(): string {
  const dir = temporary();
  plant(dir, BEFORE);
  return dir;
}

/** What is written, in this order; each may be what lies there at the end. */
const WRITES = [
  ["recordings/b.json", "b1"],
  ["recordings/a.json", "a1"],
  ["recordings/a.json", "a2"],
  ["recordings/b.json", "b2"],
  ["recordings/b.json", "b2"],
  ["recordings/a.json", "a3"],
] as const;

async function written(ports: Ports): Promise<void> {
  const ongoing = new Ongoing("serve", ports);
  for (const [path, text] of WRITES) await ongoing.write(join(ports.cwd, path), Buffer.from(text));
}

it("all files of a run are one change, and undo takes all of it back", async () => {
  const dir = planted();
  await written(portsFor(dir));
  expect(grown(dir)).toMatchObject({
    "recordings/a.json": [0o640, "a3"],
    "recordings/b.json": [expect.any(Number), "b2"],
  });
  expect(listTransactions(portsFor(dir))).toMatchObject([{ command: "serve", state: "done", rewritten: 1, added: 1 }]);
  expect(await undoLast(portsFor(dir))).toMatchObject({ left: [], rewritten: 1, added: 1 });
  expect(grown(dir)).toEqual(BEFORE);
});

/** Before every third call, with links and without another third: RECCTL_EVERY_KILL=1 for all. */
const STEP = env.RECCTL_EVERY_KILL ? 1 : 3;

it.each([
  ["with links", DISK],
  ["where no file can have two names", LINKLESS],
])("killed before a call, every file is whole and undo takes all back (%s)", async (_, base) => {
  const disk = fast(base);
  let died = true;
  for (let calls = base === DISK ? 0 : 1 % STEP; died; calls += STEP) {
    const dir = planted();
    const dying = dyingAfter(calls, disk);
    await written(processIn(dir, dying.disk)).catch(() => undefined);
    died = dying.dead();
    const tree = grown(dir);
    const texts = [tree["recordings/a.json"]?.[1], tree["recordings/b.json"]?.[1]];
    expect(["a0", "a1", "a2", "a3"], `${calls}`).toContain(texts[0]);
    // Without a second name for a file, an empty one claims the name for a moment.
    expect([undefined, "b1", "b2", ...(base === LINKLESS ? [""] : [])], `${calls}`).toContain(texts[1]);
    // Whoever comes next finds nothing half done, can write again, and takes it back file by file.
    await recover(processIn(dir, disk));
    const next = new Ongoing("serve", processIn(dir, disk));
    await next.write(join(dir, "recordings/n.json"), Buffer.from("n"));
    await undoLast(processIn(dir, disk));
    if (listTransactions(processIn(dir, disk)).some(({ state }) => state === "done"))
      await undoLast(processIn(dir, disk));
    expect(grown(dir), `${calls}`).toEqual(BEFORE);
  }
});

it("what others changed meanwhile, and what was undone meanwhile, begins another change", async () => {
  const dir = planted();
  const path = join(dir, "recordings/a.json");
  const ongoing = new Ongoing("serve", portsFor(dir));
  await ongoing.write(path, Buffer.from("a1"));
  writeFileSync(path, "theirs");
  await ongoing.write(path, Buffer.from("a2"));
  expect(listTransactions(portsFor(dir))).toHaveLength(2);
  await undoLast(portsFor(dir));
  expect(readFileSync(path, "utf8")).toBe("theirs");
  await ongoing.write(path, Buffer.from("a3"));
  await undoLast(portsFor(dir));
  expect(readFileSync(path, "utf8")).toBe("theirs");
});

it("other changes go on beside it", async () => {
  const dir = planted();
  const ongoing = new Ongoing("serve", portsFor(dir));
  await ongoing.write(join(dir, "recordings/b.json"), Buffer.from("b"));
  await applyChange(changeOf(dir, [{ path: "recordings/z.json", after: "Z" }]), portsFor(dir));
  const both = [
    ongoing.write(join(dir, "recordings/b.json"), Buffer.from("c")),
    ongoing.write(join(dir, "recordings/d.json"), Buffer.from("d")),
  ];
  expect(await Promise.all(both)).toEqual(["replaced", "new"]);
  // What began last goes first.
  expect(await undoLast(portsFor(dir))).toMatchObject({ command: "rekey" });
  expect(await undoLast(portsFor(dir))).toMatchObject({ command: "serve", added: 2, left: [] });
  expect(grown(dir)).toEqual(BEFORE);
});

it("what is there is not replaced where it must not be, and nothing is kept of it", async () => {
  const dir = planted();
  const ongoing = new Ongoing("serve", portsFor(dir));
  const write = (path: string, text: string) => ongoing.write(join(dir, path), Buffer.from(text), false);
  expect(await write("recordings/a.json", "a1")).toBe("there");
  expect(await write("recordings/a.json", "a0")).toBe("same");
  expect(grown(dir)).toEqual(BEFORE);
  expect(ongoing.changes).toEqual([]);
  expect([await write("recordings/b.json", "b1"), await write("recordings/b.json", "b2")]).toEqual(["new", "there"]);
  expect(readFileSync(join(dir, "recordings/b.json"), "utf8")).toBe("b1");
});

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Started, started } from "../cli/process.ts";
import { chat, filesOf, NEWEST, RAW } from "../mend/named.ts";
import { type Ran, recctl, tree } from "../run.ts";
import { FILE, made, SOURCE, type Whole, wholes } from "./gone.ts";

/** How often each is tried: what happens at once is never twice the same. */
const TIMES = Number(process.env.RECCTL_TOGETHER ?? 2);

const { files, gone, kept } = made(80, 10);
const [used] = Object.keys(kept) as [string];
const FOLDER = used.slice(0, used.lastIndexOf("/"));
const AT_IT = "another recctl is changing files here";
const AFTER = Object.keys(kept).sort();

const recordings = (cwd: string): string[] => Object.keys(wholes(cwd)).filter((path) => path.endsWith(".json"));

const isDone = (cwd: string): boolean => {
  const folder = join(cwd, ".recctl/transactions");
  return existsSync(folder) && readdirSync(folder).some((id) => existsSync(join(folder, id, "done")));
};

/** Starts `prune --apply` in a tree of its own and stops it in the midst of its work. */
async function stopped(
  isThere: (cwd: string) => boolean,
): Promise<{ cwd: string; run: Started; all: Record<string, Whole> }> {
  for (;;) {
    const cwd = tree(files);
    const all = wholes(cwd);
    const isAtIt = (): boolean => existsSync(join(cwd, ".recctl/lock"));
    const run = started(["prune", "--apply"], { cwd }).read();
    while (!isAtIt()) await new Promise((done) => setTimeout(done, 1));
    // Its work takes some milliseconds: no timer is as fine as that.
    while (isAtIt() && !isThere(cwd));
    run.child.kill("SIGSTOP");
    await new Promise((done) => setTimeout(done, 20));
    // Past its last mark it is no longer in the midst of it.
    if (isAtIt() && !isDone(cwd)) return { cwd, run, all };
    run.child.kill("SIGCONT");
    await run.ended;
  }
}

const MOMENTS: Record<string, (cwd: string) => boolean> = {
  "before its journal": () => true,
  "while it keeps originals": (cwd) => readdirSync(join(cwd, ".recctl/transactions")).length > 0,
  "while it removes files": (cwd) => readdirSync(join(cwd, FOLDER)).length < 85,
};

describe("beside one in the midst of its work", () => {
  it.each(Object.entries(MOMENTS))("%s, others are refused, or right; none takes its work back", async (_, isThere) => {
    const { cwd, run, all } = await stopped(isThere);
    const now = wholes(cwd);
    const others = [["prune"], ["prune", "--check"], ["prune", "--apply"], ["undo"]];
    const ran = await Promise.all(others.map((args) => recctl(args, { cwd })));
    for (const [at, { stderr, code }] of ran.entries()) {
      // It had not yet begun to change anything: what a look tells is right then, and there is nothing to undo.
      const isRight = at < 2 ? code === 1 : stderr.includes("nothing to undo");
      if (isRight) expect(now).toEqual(all);
      else expect({ at, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(AT_IT) });
    }
    expect(wholes(cwd)).toEqual(now);
    run.child.kill("SIGCONT");
    expect((await run.ended).code).toBe(0);
    expect(recordings(cwd)).toEqual(AFTER);
    expect((await recctl(["undo"], { cwd })).code).toBe(0);
    expect(wholes(cwd)).toEqual(all);
  });

  it("one that is killed then is judged by no hook, and taken back by whoever comes next, many at once", async () => {
    for (let time = 0; time < TIMES; time++) {
      const { cwd, run, all } = await stopped(MOMENTS["while it removes files"] as (cwd: string) => boolean);
      run.child.kill("SIGKILL");
      await run.ended;
      const half = wholes(cwd);
      const check = await recctl(["prune", "--check"], { cwd });
      expect([check.code, check.stderr]).toEqual([2, expect.stringContaining("  try  recctl undo\n")]);
      expect(wholes(cwd)).toEqual(half);
      const looks = await Promise.all([1, 2, 3].map(() => recctl(["prune"], { cwd })));
      expect(looks.map(({ code, stderr }) => [code, /error.*/.exec(stderr)?.[0]])).toEqual(
        looks.map(() => [1, undefined]),
      );
      expect(wholes(cwd)).toEqual(all);
    }
  });
});

/** What one of two that ran at once may say: that it was refused, or what it found. */
const isRefusal = ({ code, stderr }: Ran): boolean =>
  code === 2 && /another recctl (?:is changing|changed) files|changed since the plan was made/.test(stderr);

describe("two at once", () => {
  it("that only look never refuse each other", async () => {
    const cwd = tree(files);
    const looks = [["prune"], ["prune", "--check"], ["prune", "--json"], ["prune", "--check"]];
    for (const none of [true, false]) {
      // With no change in its past, and with one that was taken back.
      if (!none) for (const args of [["prune", "--apply"], ["undo"]]) await recctl(args, { cwd });
      const ran = await Promise.all(looks.map((args) => recctl(args, { cwd })));
      expect(ran.map(({ code, stderr }) => [code, /error.*/.exec(stderr)?.[0]])).toEqual(
        looks.map(() => [1, undefined]),
      );
    }
  });

  const pairs: [string, readonly string[]][] = [
    ["prune --apply", ["prune", "--apply"]],
    ["prune --check", ["prune", "--check"]],
    ["undo", ["undo"]],
  ];
  it.each(pairs)("prune --apply and %s: each does its work whole, or is refused", async (_, other) => {
    for (let time = 0; time < TIMES; time++) {
      const cwd = tree(files);
      const all = wholes(cwd);
      const [one, two] = await Promise.all([recctl(["prune", "--apply"], { cwd }), recctl(other, { cwd })]);
      const undone = other[0] === "undo" && two.code === 0;
      if (!isRefusal(one)) expect({ code: one.code, stderr: one.stderr }).toMatchObject({ code: 0 });
      if (!isRefusal(two) && other[0] === "prune")
        expect(two.code, two.stderr).toBe(other.includes("--check") ? (two.stderr === "" ? 0 : 1) : 0);
      if (two.code === 1) expect(two.stderr).toContain("80 of 90 recordings");
      if (isRefusal(one)) expect(isRefusal(two)).toBe(false);
      expect(recordings(cwd)).toEqual(undone ? Object.keys(all).filter((path) => path.endsWith(".json")) : AFTER);
      if (!undone) expect((await recctl(["undo"], { cwd })).code).toBe(0);
      expect(wholes(cwd)).toEqual(all);
    }
  });

  it("prune --apply and rekey --apply: nothing is lost, and undo brings all of it back", async () => {
    const old = filesOf(
      Array.from({ length: 40 }, (_, at) => chat(RAW, { test: `${FILE}::test_kept`, asked: `Question ${at}` })),
      FOLDER,
    );
    for (let time = 0; time < TIMES; time++) {
      const cwd = tree({ ...gone, ...old, [FILE]: SOURCE });
      const all = wholes(cwd);
      const ran = await Promise.all([
        recctl(["prune", "--apply"], { cwd }),
        recctl(["rekey", "--scheme", NEWEST, "--apply"], { cwd }),
      ]);
      for (const one of ran) if (!isRefusal(one)) expect(one.code, one.stderr).toBe(0);
      const done = ran.filter(({ code }) => code === 0).length;
      expect(done).toBeGreaterThan(0);
      for (let back = 0; back < done; back++) await recctl(["undo"], { cwd });
      expect(wholes(cwd)).toEqual(all);
      rmSync(cwd, { recursive: true });
    }
  });
});

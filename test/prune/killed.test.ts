import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { started } from "../cli/process.ts";
import { recctl, temporary, tree } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import { made, type Whole, wholes } from "./gone.ts";

/** How often. */
const KILLS = Number(process.env.RECCTL_KILLS ?? 10);

const { files, gone } = made(120, 20);
const RECORDINGS = dirname(Object.keys(gone)[0] as string);
const APPLY = ["prune", "--apply"];

/** Where transactions are kept: in git, in every third tree. */
interface Tree {
  cwd: string;
  journals: string;
  git: ReturnType<typeof repository> | null;
}

function planted(inGit: boolean): Tree {
  if (!inGit || !HAS_GIT) {
    const cwd = tree(files);
    return { cwd, journals: join(cwd, ".recctl/transactions"), git: null };
  }
  const git = repository();
  git.write(files);
  git.commit("all");
  return { cwd: git.root, journals: join(git.root, ".git/recctl/transactions"), git };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What git has staged. */
const stagedIn = ({ git }: Tree): string[] =>
  git === null ? [] : git.git("diff", "--cached", "--name-status", "--no-renames").split("\n").filter(Boolean);

interface Killed {
  /** It had ended before. */
  ended: boolean;
  begun: boolean;
}

/** From when on it may be killed: its start, its journal, or when so many files are gone. */
type From = "start" | "journal" | "removing";

const FROM: readonly From[] = ["journal", "removing", "removing", "start", "removing"];

/** Starts it and kills it at a moment of its work. */
async function killed({ cwd, journals }: Tree, args: readonly string[], from: From, longest: number): Promise<Killed> {
  const run = started(args, { cwd, env: { RECCTL_CACHE_DIR: temporary() } }).read();
  const begun = (): boolean => namesIn(journals).length > 0;
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  while (from !== "start" && !over && !begun()) await new Promise((done) => setTimeout(done, 1));
  if (from === "removing") {
    // All files are removed in a millisecond or two: no timer is as fine as that.
    const enough = Object.keys(files).length - 1 - Math.random() * Object.keys(gone).length;
    const lock = join(journals, "../lock");
    while (namesIn(join(cwd, RECORDINGS)).length > enough && existsSync(lock));
  } else await new Promise((done) => setTimeout(done, Math.random() * longest));
  run.child.kill("SIGKILL");
  return { ended: (await run.ended).code === 0, begun: begun() };
}

/** How much of what goes is there; whatever is there must be whole. */
function wholeOrGone(now: Record<string, Whole>, before: Record<string, Whole>): number {
  for (const [path, whole] of Object.entries(before)) {
    if (now[path] !== undefined || !(path in gone)) expect(now[path], path).toBe(whole);
  }
  expect(Object.keys(now).filter((path) => !(path in before) && !/\/\.recctl-[^/]*\.tmp$/.test(path))).toEqual([]);
  return Object.keys(gone).filter((path) => now[path] !== undefined).length;
}

it(`SIGKILL in the midst of prune --apply, ${KILLS} times: undo or a second one leaves every recording whole, or removed and restorable`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  // How long the work lasts here, from its journal on.
  const trial = tree(files);
  const began = Date.now();
  expect((await recctl(APPLY, { cwd: trial })).code).toBe(0);
  const longest = Math.max(20, (Date.now() - began) / 2);
  const all = Object.keys(gone).length;
  const figures = {
    kills: 0,

    "before its journal": 0,
    "all there": 0,
    midway: 0,
    "all gone": 0,
    staged: 0,
    ended: 0,
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const place = planted(kill % 3 === 0);
    const { cwd } = place;
    const before = wholes(cwd);
    const from = FROM[kill % FROM.length] as From;
    const stage = place.git !== null && kill % 2 === 0;
    const { ended, begun } = await killed(place, stage ? [...APPLY, "--stage"] : APPLY, from, longest);
    const there = wholeOrGone(wholes(cwd), before);
    figures.kills++;
    if (ended) figures.ended++;
    if (!begun) figures["before its journal"]++;
    figures[there === all ? "all there" : there === 0 ? "all gone" : "midway"]++;
    if (stagedIn(place).length > 0) figures.staged++;

    const undo = kill % 2 === 1 || (kill % 4 === 0 && place.git !== null);
    const second = await recctl(undo ? ["undo"] : APPLY, { cwd });
    const list = JSON.parse((await recctl(["undo", "--list", "--json"], { cwd })).stdout).changes as {
      state: string;
      removed: number;
    }[];
    expect(list.map(({ state }) => state)).not.toContain("unfinished");
    if (undo) {
      // Killed before it had begun to change anything, it left nothing to undo.
      if (ended || there < all) expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining("is undone") });
      else expect([0, 2], second.stderr).toContain(second.code);
      expect(wholes(cwd), `kill ${kill}`).toEqual(before);
      // What is staged still is no reason to refuse: git has these files in its last commit.
      place.git?.git("reset", "-q");
      expect((await recctl(APPLY, { cwd })).code).toBe(0);
    } else {
      expect(second.code, second.stderr).toBe(0);
      expect(list.filter(({ state }) => state === "done")).toMatchObject([{ removed: all }]);
    }
    expect(wholeOrGone(wholes(cwd), before)).toBe(0);
    expect((await recctl(["undo"], { cwd })).code).toBe(0);
    expect(wholes(cwd), `kill ${kill}`).toEqual(before);
    // Nothing is left but journals: no lock, no half a file, no index that is locked.
    expect(namesIn(join(place.journals, "..")).filter((name) => name.startsWith("lock"))).toEqual([]);
    if (place.git === null) continue;
    place.git.git("reset", "-q");
    expect(place.git.git("status", "--porcelain")).toBe("");
  }
  if (process.env.RECCTL_KILLS) process.stdout.write(`${JSON.stringify(figures)}\n`);
  // Some of the kills come while files are removed.
  if (KILLS >= 50) expect(figures.midway).toBeGreaterThan(0);
});

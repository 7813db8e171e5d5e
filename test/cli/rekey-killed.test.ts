import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { chat, filesOf, NEWEST, RAW } from "../mend/named.ts";
import { recctl, temporary, tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { started } from "./process.ts";

/** How often. */
const KILLS = Number(process.env.RECCTL_KILLS ?? 10);
const RECORDINGS = 60;

const IN = "tests/a/recordings";
const asks = Array.from({ length: RECORDINGS }, (_, at) => ({
  asked: `Question ${at}: ${"how high, ".repeat(at * 20)}`,
  answered: Array.from({ length: at + 1 }, (_, piece) => `${piece} `),
}));
const OLD = filesOf(
  asks.map((ask) => chat(RAW, ask)),
  IN,
);
const YOUNG = filesOf(
  asks.map((ask) => chat(NEWEST, ask)),
  IN,
);
const APPLY = ["rekey", "--scheme", NEWEST, "--apply"];

const held = (cwd: string): Record<string, string> =>
  Object.fromEntries(Object.entries(grown(cwd)).map(([path, [, content]]) => [path, content]));
const inOrder = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Applies and kills it at a moment of its work; whether it had ended before. */
async function killed(cwd: string, cache: string, longest: number): Promise<boolean> {
  const run = started(APPLY, { cwd, env: { RECCTL_CACHE_DIR: cache } }).read();
  const begun = (): boolean => {
    try {
      return readdirSync(join(cwd, ".recctl/transactions")).length > 0;
    } catch {
      return false;
    }
  };
  let ended = false;
  void run.ended.then(() => {
    ended = true;
  });
  while (!ended && !begun()) await new Promise((done) => setTimeout(done, 1));
  await new Promise((done) => setTimeout(done, Math.random() * longest));
  run.child.kill("SIGKILL");
  return (await run.ended).code === 0;
}

it(`SIGKILL in the midst of rekey --apply, ${KILLS} times: undo or a second one leaves every recording once, whole`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  // How long the work lasts here, from its journal on.
  const trial = tree(OLD);
  const began = Date.now();
  await recctl(APPLY, { cwd: trial });
  const longest = Math.max(20, (Date.now() - began) / 2);
  let cut = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const cwd = tree(OLD);
    const cache = temporary();
    if (kill % 3 === 0) mkdirSync(join(cwd, ".recctl"));
    const ended = await killed(cwd, cache, longest);
    const now = JSON.stringify(held(cwd));
    if (now !== JSON.stringify(inOrder(OLD)) && now !== JSON.stringify(inOrder(YOUNG))) cut++;
    const undo = kill % 2 === 0;
    const after = await recctl(undo ? ["undo"] : APPLY, { cwd });
    const wanted = undo ? OLD : YOUNG;
    // Killed before it had begun to change anything, it left nothing to undo.
    if (!undo || ended) expect(after).toMatchObject({ code: 0 });
    expect(held(cwd), `kill ${kill}`).toEqual(inOrder(wanted));
    const again = await recctl(undo ? APPLY : ["undo"], { cwd });
    // A kill behind the last mark, before it said so: the second one has nothing to do, and undo takes back the first.
    expect(again.code, again.stderr).toBe(0);
    expect(held(cwd)).toEqual(inOrder(undo ? YOUNG : OLD));
    expect(readdirSync(join(cwd, ".recctl")).filter((name) => name.startsWith("lock"))).toEqual([]);
  }
  // A third of the kills come while files are changed.
  if (KILLS >= 50) expect(cut).toBeGreaterThan(0);
});

import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { recover } from "../../src/store/transaction/recover.ts";
import { ROOT, temporary } from "../run.ts";
import { grown, plant, portsFor } from "./changes.ts";
import { STATES, stateOf } from "./states.ts";

/** How often. */
const KILLS = Number(process.env.RECCTL_KILLS ?? 20);
/** A tree is used so often, with all that is left in its journals, before there is a new one. */
const TREE = 12;
/** In milliseconds: some changes on a slow disk. Most kills come sooner. */
const LONGEST = 900;

async function childProgram(): Promise<string> {
  const outfile = join(temporary(), "child.mjs");
  await build({
    entryPoints: [join(ROOT, "test/store/transaction-child.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  return outfile;
}

/** Lets programs change the tree and kills them, at any moment after the first has begun. */
async function killedInWork(program: string, dir: string, count: number): Promise<void> {
  let errors = "";
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, RECCTL_TREE: dir },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr?.on("data", (text) => {
      errors += text;
    });
    return child;
  };
  const children = Array.from({ length: count }, start);
  const ended = children.map((child) => new Promise((done) => child.on("close", done)));
  await begun(dir, children[0] as ChildProcess);
  await new Promise((done) => setTimeout(done, Math.random() ** 2 * LONGEST));
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(ended);
  expect(errors).toBe("");
}

async function begun(dir: string, child: ChildProcess): Promise<void> {
  const before = listed(dir);
  while (child.exitCode === null && listed(dir) === before) await new Promise((done) => setTimeout(done, 2));
}

function listed(dir: string): string {
  try {
    return readdirSync(join(dir, ".recctl"), { recursive: true }).join();
  } catch {
    return "";
  }
}

it.each([
  [1, "one process", KILLS],
  [2, "two processes at once", Math.ceil(KILLS / 4)],
])(
  "SIGKILL to %i: %s leave every recording whole, once and under one name, %i times",
  { timeout: 600_000 },
  async (count, _, kills) => {
    const program = await childProgram();
    let dir = "";
    let cut = 0;
    const seen = new Set<number>();
    for (let kill = 0; kill < kills; kill++) {
      if (kill % TREE === 0) {
        dir = temporary();
        plant(dir, STATES[0] as (typeof STATES)[0]);
      }
      await killedInWork(program, dir, count);
      if (stateOf(dir) < 0) cut++;
      const recovered = await recover(portsFor(dir));
      expect(recovered.flatMap(({ left }) => left)).toEqual([]);
      seen.add(stateOf(dir));
      if (stateOf(dir) < 0) expect(grown(dir)).toEqual(STATES[1]);
      expect(await recover(portsFor(dir))).toEqual([]);
    }
    // The kills did come in the midst of changes; of few of them chance decides.
    if (kills >= 50) expect({ cut: cut > 0, states: seen.size }).toEqual({ cut: true, states: 3 });
  },
);

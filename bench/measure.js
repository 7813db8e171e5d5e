import { spawnSync } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const RSS = new URL("rss.js", import.meta.url).href;

/** What makes a measured process faster, slower or larger than it is. */
export const UNWANTED = ["NODE_OPTIONS", "NODE_COMPILE_CACHE", "NODE_V8_COVERAGE", "FORCE_COLOR"];

/** Programs to be measured: what node (or `file`) runs, where, and what happens `before` each run, which is not counted. */
export const programs = {
  nothing: () => ({ args: ["-e", "0"] }),
  readAll: (dir) => ({ args: [here("floor-read.js"), dir] }),
  statAll: (dir) => ({ args: [here("floor-stat.js"), dir] }),
  /** @param oracle a Python program that gives recordings their names */
  oracle: (oracle, files) => ({ file: "python3", args: [oracle, ...files] }),
  /** @param ends the exit statuses that are no failure */
  recctl: (cwd, cache, args, before, ends) => ({
    ends,
    args: [here("../bin/recctl.js"), ...args],
    cwd,
    env: { RECCTL_CACHE_DIR: cache },
    before,
  }),
};

/** Runs a program to its end and throws where it fails. `extra` are options of node, `stdout` where its output goes. */
export function runOnce({ file, args, cwd, env, before, ends = [0] }, { extra = [], stdout = "ignore" } = {}) {
  before?.();
  const full = { ...process.env, ...env };
  for (const name of UNWANTED) delete full[name];
  const began = process.hrtime.bigint();
  const ended = spawnSync(file ?? process.execPath, [...extra, ...args], {
    cwd,
    env: full,
    stdio: ["ignore", stdout, "pipe", "pipe"],
    maxBuffer: 1 << 30,
  });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (!ends.includes(ended.status)) {
    const how = ended.error?.message ?? (ended.signal || `status ${ended.status}`);
    throw new Error(`${file ?? "node"} ${args.slice(0, 6).join(" ")}: ${how}\n${ended.stderr ?? ""}`);
  }
  return { ms, stdout: ended.stdout, third: String(ended.output[3]) };
}

/**
 * Times programs in turn, round by round, so that what disturbs the machine disturbs all of them alike.
 * @returns for each name its `median` and `min` in milliseconds
 */
export async function timed(named, { rounds, warmUps }, signal) {
  const times = Object.fromEntries(Object.keys(named).map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, program] of Object.entries(named)) {
      const { ms } = runOnce(program);
      if (round >= 0) times[name].push(ms);
      await setImmediate();
      signal.throwIfAborted();
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summary(list)]));
}

function summary(times) {
  const order = times.toSorted((a, b) => a - b);
  const middle = order.length >> 1;
  const median = order.length % 2 === 1 ? order[middle] : (order[middle - 1] + order[middle]) / 2;
  return { median, min: order[0] };
}

/** The peak memory of a program in MB, the largest of some runs. */
export async function peakMemory(program, runs, signal) {
  let most = 0;
  for (let run = 0; run < runs; run++) {
    most = Math.max(most, Number(runOnce(program, { extra: ["--import", RSS] }).third) / 1024);
    await setImmediate();
    signal.throwIfAborted();
  }
  return most;
}

/** Measures something; where that fails, tells so in a `note`, and what else is to be measured goes on. */
export async function attempt(name, measure, signal) {
  try {
    return { value: await measure(), note: "" };
  } catch (error) {
    // Ctrl-C ends the measured program first; this process learns of it in its next turn.
    await setImmediate();
    signal.throwIfAborted();
    return { value: null, note: `${name} could not be measured: ${error.message}` };
  }
}

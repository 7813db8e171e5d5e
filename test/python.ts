import { spawnSync } from "node:child_process";

/** CPython is the referee of texts and names. Where there is none, tests that ask it are skipped and say so. */
export const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;

/** Runs a Python program on `input` and gives its stdout. */
export function python(program: string, input: string): string {
  const run = spawnSync("python3", ["-c", program], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

import { spawn } from "node:child_process";
import { constants } from "node:os";

/** How a command ended that was run: its exit status, 128 and its number for a signal. */
export interface Ran {
  readonly status: number;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a command with this process's own streams; `handOn` is given what takes signals, and gives what ends that. */
export async function runCommand(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  handOn: (taker: (signal: NodeJS.Signals) => void) => () => void,
): Promise<Ran> {
  const child = spawn(file, args, { stdio: "inherit", env });
  const stop = handOn((signal) => child.kill(signal));
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ status: code ?? 128 + (signal ? constants.signals[signal] : 0), signal });
      });
    });
  } finally {
    stop();
  }
}

import { spawn } from "node:child_process";
import { constants } from "node:os";

/** How a command ended that was run: its exit status, 128 and its number for a signal. */
export interface Ran {
  readonly status: number;
  readonly signal: NodeJS.Signals | null;
  /** The signal that ended it from outside: the first one that was handed on. */
  readonly heard: NodeJS.Signals | null;
}

/** How long a command has to end once a signal was handed on, in milliseconds. */
const GRACE = 10_000;

/** Runs a command with this process's own streams; `handOn` is given what takes signals, and gives what ends that. */
export async function runCommand(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  handOn: (taker: (signal: NodeJS.Signals) => void) => () => void,
  grace = GRACE,
): Promise<Ran> {
  const child = spawn(file, args, { stdio: "inherit", env });
  let heard: NodeJS.Signals | null = null;
  let timer: NodeJS.Timeout | undefined;
  const stop = handOn((signal) => {
    heard ??= signal;
    child.kill(signal);
    // Whoever does not listen would keep the server, and who sent the signal waits for both.
    timer ??= setTimeout(() => child.kill("SIGKILL"), grace);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ status: code ?? 128 + (signal ? constants.signals[signal] : 0), signal, heard });
      });
    });
  } finally {
    clearTimeout(timer);
    stop();
  }
}

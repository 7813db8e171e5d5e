import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { clock } from "../io.ts";

/** How a command ended that was run: its exit status, 128 and its number for a signal. */
export interface Ran {
  readonly status: number;
  readonly signal: NodeJS.Signals | null;
}

/** Takes a signal; `isTyped`: it was typed on the terminal, which has sent it to the command too. */
export type Taker = (signal: NodeJS.Signals, isTyped: boolean) => void;

/** How long a command has to end once it was told to, in milliseconds. */
const GRACE = 10_000;
/** And once it was told so in the end, where it was never handed a signal before. */
const AFTER_TERM = 2_000;
/** Ctrl-C typed again within so many milliseconds is meant for whoever runs the command. */
const TWICE = 2_000;

/**
 * Runs a command with this process's own streams; `handOn` is given what takes signals, and gives what ends that. `tell` takes a
 * line for who sits at the terminal.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  handOn: (taker: Taker) => () => void,
  tell: (text: string) => void,
  grace = GRACE,
): Promise<Ran> {
  const child = spawn(file, args, { stdio: "inherit", env });
  const ending = endingOf(child, tell, grace);
  const stop = handOn(ending.take);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ status: code ?? 128 + (signal ? constants.signals[signal] : 0), signal });
      });
    });
  } finally {
    ending.over();
    stop();
  }
}

/**
 * Sees that a command ends that was told to. A signal is handed on, and begins its time: whoever does not listen would keep the
 * server, and who sent the signal waits for both. Ctrl-C on a terminal the command hears by itself, and may go on (a Python prompt
 * does, and whatever asks whether it is meant): that is its own affair. Typed twice in a row it begins the time, as with other
 * tools that run a command, and after that each one goes a step further at once.
 */
function endingOf(child: ChildProcess, tell: (text: string) => void, grace: number): { take: Taker; over(): void } {
  let steps: NodeJS.Signals[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let typed = Number.NEGATIVE_INFINITY;
  const next = (): void => {
    clearTimeout(timer);
    const [signal, ...rest] = steps;
    steps = rest;
    if (signal === undefined) return;
    child.kill(signal);
    timer = setTimeout(next, AFTER_TERM);
  };
  const begin = (...all: NodeJS.Signals[]): void => {
    steps = all;
    timer = setTimeout(next, grace);
  };
  const take: Taker = (signal, isTyped) => {
    if (isOver) return;
    if (!isTyped) {
      child.kill(signal);
      if (timer === undefined) begin("SIGKILL");
    } else if (timer !== undefined) next();
    else if (clock() - typed > TWICE) typed = clock();
    else {
      begin("SIGTERM", "SIGKILL");
      tell(`the command is ended in ${grace / 1000} s; Ctrl-C again ends it now`);
    }
  };
  const over = (): void => {
    isOver = true;
    clearTimeout(timer);
  };
  return { take, over };
}

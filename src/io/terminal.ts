import { readFileSync } from "node:fs";
import { isatty } from "node:tty";
import type { Terminal } from "../io.ts";
import type { Signals } from "./signals.ts";

/** How long signals that came while the process was stopped take to be heard, at most, in milliseconds. */
const HEARD = 20;

/**
 * Before a script: Ctrl-C is for what it runs. A shell would die of it behind a pager that went on and was left as usual; what
 * is caught, other than what is ignored, those that it starts do not inherit.
 */
const CATCHES = "trap : INT";

/**
 * Whether the group of this process is the one that its terminal listens to. Linux tells; elsewhere it is taken to be. No
 * handler helps against SIGTTOU: setting the modes would be tried again and again.
 */
function isForeground(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1");
    // Behind the name, which may hold anything: state, parent, group, session, terminal, the group it listens to.
    const [, , group, , , listened] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return group === listened;
  } catch {
    return true;
  }
}

/** The terminal that this process was started on. */
export function processTerminal(signals: Signals): Terminal {
  const { stdin: input, stdout: output } = process;
  /** Set while `watch` hears SIGTSTP. */
  let onStop: (() => void) | undefined;
  const stopOnce = (pid: number): void => {
    // Only with nobody listening does the signal stop the process. It goes on behind this line when it is continued.
    if (onStop) process.off("SIGTSTP", onStop);
    process.kill(pid, "SIGTSTP");
    if (onStop) process.on("SIGTSTP", onStop);
  };
  /** Signals that came while the process was stopped are heard. */
  const hearAll = async (): Promise<void> => {
    await new Promise((done) => setTimeout(done, HEARD));
    // The time that the loop has may be from before the stop, and the timer over at once: signals come behind timers.
    await new Promise((done) => setImmediate(done));
  };
  /** Continued in the background it stops again, unless a signal came that ends it. */
  const waitForTerminal = async (pid: number): Promise<void> => {
    await hearAll();
    while (!isForeground() && !signals.isEnding()) {
      stopOnce(pid);
      await hearAll();
    }
  };
  const stop = (pid: number): Promise<void> => {
    stopOnce(pid);
    return waitForTerminal(pid);
  };
  return {
    input,
    output,
    isOurs: isForeground,
    // What Node itself does at SIGWINCH, which only the group hears that has the terminal.
    measure: () => (output as NodeJS.WriteStream & { _refreshSize?: () => void })._refreshSize?.(),
    watch({ failed, stopping, continued, resized }) {
      let isGone = false;
      const gone = (): void => {
        if (isGone) return;
        isGone = true;
        signals.hear("SIGHUP");
      };
      signals.hearHangup(
        () => !isatty(0),
        () => !isForeground(),
      );
      input.on("end", gone).on("error", gone);
      output.on("error", gone);
      process.on("uncaughtException", failed);
      onStop = () => stopping(() => stop(process.pid));
      process.on("SIGTSTP", onStop);
      process.on("SIGCONT", continued);
      process.on("SIGWINCH", resized);
    },
    stop: () => stop(0),
    waitForTerminal: () => waitForTerminal(0),
    async run({ script, args, cwd, text }) {
      const { spawn } = await import("node:child_process");
      return signals.deaf(
        () =>
          new Promise((resolve, reject) => {
            const stdin = text === undefined ? "inherit" : "pipe";
            const child = spawn("sh", ["-c", `${CATCHES}\n${script}`, "sh", ...args], {
              cwd,
              stdio: [stdin, "inherit", "inherit"],
            });
            const end = (): void => void child.kill();
            process.once("exit", end);
            // A pager may be left before it has read everything.
            child.stdin?.on("error", () => undefined);
            child.stdin?.end(text);
            child.on("error", reject);
            child.on("close", (code) => {
              process.off("exit", end);
              resolve(code);
            });
          }),
      );
    },
  };
}

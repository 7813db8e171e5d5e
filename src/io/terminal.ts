import { isatty } from "node:tty";
import type { Terminal } from "../io.ts";
import type { Signals } from "./signals.ts";

/** The terminal that this process was started on. */
export function processTerminal(signals: Signals): Terminal {
  const { stdin: input, stdout: output } = process;
  /** Set while `watch` hears SIGTSTP. */
  let onStop: (() => void) | undefined;
  const stop = (pid: number): void => {
    // Only with nobody listening does the signal stop the process. It goes on behind this line when it is continued.
    if (onStop) process.off("SIGTSTP", onStop);
    process.kill(pid, "SIGTSTP");
    if (onStop) process.on("SIGTSTP", onStop);
  };
  return {
    input,
    output,
    watch({ failed, stopping, continued, resized }) {
      let isGone = false;
      const gone = (): void => {
        if (isGone) return;
        isGone = true;
        signals.hear("SIGHUP");
      };
      signals.hearHangup(() => !isatty(0));
      input.on("end", gone).on("error", gone);
      output.on("error", gone);
      process.on("uncaughtException", failed);
      onStop = () => stopping(() => stop(process.pid));
      process.on("SIGTSTP", onStop);
      process.on("SIGCONT", continued);
      process.on("SIGWINCH", resized);
    },
    stop: () => stop(0),
    async run({ script, args, cwd, text }) {
      const { spawn } = await import("node:child_process");
      return signals.deaf(
        () =>
          new Promise((resolve, reject) => {
            const stdin = text === undefined ? "inherit" : "pipe";
            const child = spawn("sh", ["-c", script, "sh", ...args], { cwd, stdio: [stdin, "inherit", "inherit"] });
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

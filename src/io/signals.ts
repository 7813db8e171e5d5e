import { EXIT, Interrupted, SIGNAL_EXITS, type Signal } from "../errors.ts";

/** The signals that end a run, and who waits for one. */
export interface Signals {
  /** Waits that a signal ends: `wait` hands back what calls it off, or a timer left over would keep the process alive. */
  until(wait: (done: () => void) => () => void): Promise<void>;
  /** Acts as if that signal had come. */
  hear(signal: Signal): void;
  /**
   * Hears SIGHUP too, which is the system's own affair where nothing has to be put back or brought to its end. `isGone` tells
   * whether the terminal is no more, `isElsewhere` whether another job has it.
   */
  hearHangup(isGone?: () => boolean, isElsewhere?: () => boolean): void;
  /** Whether one has come, and the run is about to end. */
  isEnding(): boolean;
  /** Ends the process at once. */
  end(code: number): void;
  /** Does not hear SIGINT while another program has the terminal: it is meant for that one. */
  deaf<T>(work: () => Promise<T>): Promise<T>;
  /** Signals go to `taker`, and end nothing here, until a moment after what it gives is called. */
  handOn(taker: (signal: NodeJS.Signals) => void): () => void;
}

/**
 * How long a program's Ctrl-C may come behind its end, in milliseconds: any thread takes a signal, and on a busy machine one that
 * took the SIGINT may tell it after another has told the SIGCHLD.
 */
const LATE = 50;

/** Dies of a signal, as if nobody had listened. */
function endBy(signal: Signal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

export function watchSignals(): Signals {
  let seen: Interrupted | undefined;
  let isHungUp = false;
  let deaf = 0;
  let taken: ((signal: NodeJS.Signals) => void) | null = null;
  const waiting = new Set<(reason: Interrupted) => void>();
  let isGone = (): boolean => false;
  let isElsewhere = (): boolean => false;
  const end = (code: number): void => {
    // Node aborts where it cannot put back the modes of a terminal, and is stopped where another job has it: the signal must end it.
    if (code === EXIT.hungUp && isGone()) endBy("SIGHUP");
    if (code === EXIT.terminated && isElsewhere()) endBy("SIGTERM");
    process.exit(code);
  };
  const hear = (signal: Signal): void => {
    // A terminal that goes tells it several times.
    if (signal === "SIGHUP" && (seen || isHungUp)) return;
    isHungUp ||= signal === "SIGHUP";
    if (taken) {
      taken(signal);
      return;
    }
    if (signal === "SIGINT" && deaf > 0) return;
    // Asked a second time, or with nothing that listens (a write that nobody reads): end at once.
    if (seen || waiting.size === 0) end(SIGNAL_EXITS[signal]);
    seen = new Interrupted(signal);
    for (const stop of waiting) stop(seen);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, hear);
  return {
    hear,
    hearHangup(gone = isGone, elsewhere = isElsewhere) {
      isGone = gone;
      isElsewhere = elsewhere;
      process.on("SIGHUP", hear);
    },
    isEnding: () => seen !== undefined,
    end,
    deaf: async (work) => {
      deaf++;
      try {
        return await work();
      } finally {
        setTimeout(() => {
          deaf--;
        }, LATE).unref();
      }
    },
    handOn(taker) {
      taken = taker;
      return () => {
        setTimeout(() => {
          taken = null;
        }, LATE).unref();
      };
    },
    until: (wait) =>
      new Promise((resolve, reject) => {
        const stop = (reason: Interrupted): void => {
          callOff();
          reject(reason);
        };
        waiting.add(stop);
        const callOff = wait(() => {
          waiting.delete(stop);
          resolve();
        });
      }),
  };
}

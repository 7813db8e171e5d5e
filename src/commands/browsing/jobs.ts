import { Worker } from "node:worker_threads";
import type { Context } from "../command.ts";
import type { Kind, Started, Told, Work } from "./work.ts";

/** What came of work; null where other work took its place, or nobody waits for it any more. */
export type Outcome<K extends Kind> = Exclude<Told<K>, { tells: unknown }> | null;

/** Beside the bundle that this is part of. */
export const threadUrl = (): URL => new URL("./browse-thread.js", import.meta.url);

/** Work of these kinds is long: it waits for its turn. */
const LONG: ReadonlySet<Kind> = new Set(["check", "judge"]);

/** Does work in threads, one in each lane at a time: later work takes the place of earlier. A thread ends with its work, and gives its memory back. */
export class Jobs {
  private readonly running = new Map<string, () => void>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly context: Context,
    private readonly thread: URL,
  ) {}

  /** `lane`: what else it takes the place of; its kind, where nothing is said. */
  async run<K extends Kind>(
    does: K,
    asks: Work[K]["asks"],
    tell: (part: Work[K]["tells"]) => void = () => undefined,
    lane: string = does,
  ): Promise<Outcome<K>> {
    this.stop(lane);
    let isStopped = false;
    let worker: Worker | undefined;
    let leave = (): void => undefined;
    const stopped = new Promise<null>((done) => {
      leave = () => done(null);
    });
    const stop = (): void => {
      isStopped = true;
      void worker?.terminate();
      leave();
    };
    this.running.set(lane, stop);
    const work = async (): Promise<Outcome<K>> => {
      if (isStopped) return null;
      const { cwd, recctl } = this.context;
      worker = this.started({ does, asks, cwd, recctl });
      try {
        return await Promise.race([outcomeOf(worker, tell), stopped]);
      } finally {
        void worker.terminate();
      }
    };
    const outcome = LONG.has(does) ? this.turn.then(work) : work();
    if (LONG.has(does)) this.turn = outcome.catch(() => undefined);
    try {
      return await outcome;
    } finally {
      if (this.running.get(lane) === stop) this.running.delete(lane);
    }
  }

  /** Ends the work of a lane, or all. */
  stop(lane?: string): void {
    for (const [one, stop] of this.running) if (lane === undefined || one === lane) stop();
  }

  private started(workerData: Started): Worker {
    const { env } = this.context.io;
    const worker = new Worker(this.thread, {
      workerData,
      // Threads of threads would leave the screen no core.
      env: { RECCTL_THREADS: "1", ...env },
      execArgv: [],
      // The default lets garbage take three times as much before it is looked for, and gains little here.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
      // Warnings of Node would be written across the screen.
      stdout: true,
      stderr: true,
    });
    worker.unref();
    return worker;
  }
}

const outcomeOf = <K extends Kind>(
  worker: Worker,
  tell: (part: Work[K]["tells"]) => void,
): Promise<Exclude<Outcome<K>, null>> =>
  new Promise((done) => {
    worker.on("message", (told: Told<K>) => {
      if ("tells" in told) tell(told.tells);
      else done(told);
    });
    worker.on("error", (error) => done({ failed: error.message }));
    worker.on("exit", () => done({ failed: "the thread ended early" }));
  });

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SharedWork, ThreadResult } from "./check-batch.ts";

/** Threads that check files beside this one. */
export interface Threads {
  /** What they found, once all files are taken. A thread that failed gives nothing: its files are left to do. */
  results: Promise<ThreadResult[]>;
  /** Ends those that still run. */
  stop(): Promise<void>;
}

/** More threads than these are of no use: the disk and memory are shared. */
const MOST = 4;

/** How many threads may work at once here, this one included. */
export const usualThreads = (): number => Math.min(MOST, availableParallelism());

/** Starts `count` threads that take part in the work. */
export function startThreads(count: number, work: SharedWork): Threads {
  const workers = Array.from({ length: count }, () => {
    // Options of node that this process has (profilers, hooks) are meant for this thread.
    return new Worker(new URL("./check-thread.js", import.meta.url), { workerData: work, execArgv: [] });
  });
  return {
    results: Promise.all(workers.map(resultOf)),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

const resultOf = (worker: Worker): Promise<ThreadResult> =>
  new Promise((done) => {
    worker.on("message", done);
    // What went wrong shows, and is told, where this thread does the same.
    worker.on("error", () => done([]));
    worker.on("exit", () => done([]));
  });

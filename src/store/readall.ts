import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { FileReader, type Flaw, ReadError, readHead } from "./read.ts";
import { decodeShard, encodeShard, type Remembered } from "./shard.ts";
import { stampOf } from "./stamp.ts";

/** What reading a file gave: what the index may remember of it, or why it could not be read. */
export type ReadOutcome = Remembered | { unread: Flaw };

/** Files are handed out in batches of this many. */
const BATCH = 16;
/** From this many files on a second thread saves more than the 30 ms that it takes to start. */
const ENOUGH = 600;

/** Reads one file. */
export function readOne(reader: FileReader, path: string): ReadOutcome {
  try {
    const { bytes, stat } = reader.read(path);
    return { stamp: stampOf(stat), head: readHead(bytes) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { message, remedy } = error;
    return { unread: { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) } };
  }
}

/**
 * Reads many files; each outcome stands where its path does. A second thread takes batches from the
 * same list. Whatever it does not deliver, for any reason, is read here.
 */
export async function readAll(
  paths: readonly string[],
  pause: (done: number) => Promise<void> | undefined,
): Promise<ReadOutcome[]> {
  const outcomes = new Array<ReadOutcome | undefined>(paths.length);
  const cursor = new Int32Array(new SharedArrayBuffer(4));
  const helper = paths.length >= ENOUGH && availableParallelism() > 1 ? startHelper(paths, cursor, outcomes) : null;
  const reader = new FileReader();
  try {
    for (const start of batches(paths.length, cursor)) {
      const wait = pause(start);
      if (wait) await wait;
      for (const at of batch(start, paths.length)) outcomes[at] = readOne(reader, paths[at] as string);
    }
    await helper?.finished;
  } finally {
    await helper?.stop();
  }
  return paths.map((path, at) => outcomes[at] ?? readOne(reader, path));
}

/** Takes batches until none is left: where each begins. */
function* batches(length: number, cursor: Int32Array): Generator<number> {
  for (;;) {
    const start = Atomics.add(cursor, 0, BATCH);
    if (start >= length) return;
    yield start;
  }
}

function* batch(start: number, length: number): Generator<number> {
  for (let at = start; at < Math.min(start + BATCH, length); at++) yield at;
}

/** What the second thread is given. */
interface Share {
  paths: readonly string[];
  cursor: Int32Array;
}

interface Helper {
  /** Resolves when it has delivered all that it took, or has failed. Never rejects. */
  finished: Promise<void>;
  stop(): Promise<unknown>;
}

function startHelper(paths: readonly string[], cursor: Int32Array, outcomes: (ReadOutcome | undefined)[]): Helper {
  const share: Share = { paths, cursor };
  const worker = new Worker(new URL("./reader.js", import.meta.url), { workerData: share });
  worker.on("message", (text: string) => {
    for (const [at, remembered] of decodeShard("", text)?.files ?? []) outcomes[Number(at)] = remembered;
  });
  const finished = new Promise<void>((done) => {
    worker.on("error", () => done());
    worker.on("exit", () => done());
  });
  return { finished, stop: () => worker.terminate() };
}

/** How many outcomes the second thread delivers at once. */
const DELIVERY = 512;

/** What the second thread does. Outcomes travel as the index keeps them, which is small and already there. */
export function help({ paths, cursor }: Share, deliver: (text: string) => void): void {
  const reader = new FileReader();
  const files = new Map<string, Remembered>();
  const flush = (): void => {
    deliver(encodeShard("", { began: 0, files }));
    files.clear();
  };
  for (const start of batches(paths.length, cursor)) {
    for (const at of batch(start, paths.length)) {
      const outcome = readOne(reader, paths[at] as string);
      if (!("unread" in outcome)) files.set(String(at), outcome);
    }
    if (files.size >= DELIVERY) flush();
  }
  flush();
}

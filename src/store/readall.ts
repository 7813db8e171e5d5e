import type { Flaw } from "../recording/document.ts";
import { FileReader, ReadError, readHead } from "./read.ts";
import type { Remembered } from "./shard.ts";
import { stampOf } from "./stamp.ts";

/** What reading a file gave: what the index may remember of it, or why it could not be read. */
export type ReadOutcome = Remembered | { unread: Flaw };

/** Reads many files; each outcome stands where its path does. `pause` is told how many are done. */
export async function readAll(
  paths: readonly string[],
  pause: (done: number) => Promise<void> | undefined,
): Promise<ReadOutcome[]> {
  const reader = new FileReader();
  const outcomes: ReadOutcome[] = [];
  for (const path of paths) {
    const wait = pause(outcomes.length);
    if (wait) await wait;
    outcomes.push(readOne(reader, path));
  }
  return outcomes;
}

function readOne(reader: FileReader, path: string): ReadOutcome {
  try {
    const { bytes, stat } = reader.read(path);
    return { stamp: stampOf(stat), head: readHead(bytes) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { message, remedy } = error;
    return { unread: { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) } };
  }
}

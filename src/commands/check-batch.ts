import { type Checked, type Checks, checkFile, unreadable } from "../checks/check.ts";
import type { Flaw } from "../recording/document.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { stampOf } from "../store/stamp.ts";
import type { Target } from "./selection.ts";

/** What checking one file gave, and what the file was then (see stampOf); "" for one that cannot be read. */
export interface CheckedFile extends Checked {
  stamp: string;
}

/** Reads files one after another, and checks each by itself. */
export class FileChecker {
  private readonly reader = new FileReader();

  constructor(private readonly checks: Checks) {}

  check(target: Target): CheckedFile {
    const { checks } = this;
    try {
      const { bytes, stat } = this.reader.read(target.place);
      const { findings, fact } = checkFile({ ...target, bytes }, checks);
      return { findings, fact, stamp: stampOf(stat) };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const { message, remedy } = error;
      const flaw: Flaw = { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) };
      return { ...unreadable(target.path, flaw, checks), stamp: "" };
    }
  }
}

/** How many files a thread takes at a time. */
export const BATCH = 8;

/** What is to be done by several threads: each takes the next few files until none are left, so a large one holds up nobody. */
export interface SharedWork {
  targets: readonly Target[];
  checks: Checks;
  /** How many files are taken. */
  taken: Int32Array;
}

/** The files that the calling thread takes next, from one place to another; null where none are left. */
export function takeBatch({ targets, taken }: SharedWork): { from: number; to: number } | null {
  const from = Atomics.add(taken, 0, BATCH);
  return from < targets.length ? { from, to: Math.min(from + BATCH, targets.length) } : null;
}

/** What a thread gives back: the places of the files that it checked, and what that gave. */
export type ThreadResult = [place: number, checked: CheckedFile][];

import { statSync } from "node:fs";
import { type KeptFile, loadKept, saveKept } from "./kept.ts";
import { absolute, type Base } from "./paths.ts";
import { stampOf } from "./stamp.ts";

/**
 * What the last check of a whole tree kept of each recording, for checks of a few files: whoever commits one
 * file does not wait for three thousand. It lies beside the index; whatever is wrong with it costs findings
 * that need the rest of the tree, never a wrong one.
 */
export interface StoredFact {
  path: string;
  /** What the file was when it was checked (see stampOf). */
  stamp: string;
}

const file = (dir: string | null, base: Base): KeptFile => ({ dir, base, holds: "facts", version: 1 });

/** The facts of the tree at `base`, as they were; none where nothing was kept, or `dir` is null. */
export const loadFacts = <F extends StoredFact>(dir: string | null, base: Base): F[] =>
  loadKept<[], F[]>(file(dir, base))?.body() ?? [];

/** Keeps the facts of the tree at `base`, in one step. Where that cannot be done nothing is kept. */
export const saveFacts = (dir: string | null, base: Base, facts: readonly StoredFact[]): void =>
  saveKept(file(dir, base), [], facts);

/** Whether a file still is what it was when its fact was kept. */
export function isFresh(base: Base, { path, stamp }: StoredFact): boolean {
  try {
    return stampOf(statSync(absolute(base, path), { bigint: true })) === stamp;
  } catch {
    return false;
  }
}

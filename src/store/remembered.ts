import { statSync } from "node:fs";
import { type KeptFile, loadKept, saveKept } from "./kept.ts";
import { absolute, type Base } from "./paths.ts";
import { isRacy, stampOf } from "./stamp.ts";

/**
 * What was made of each file of a tree, so that the next run reads only what has changed since: what the last check
 * found, or what test sources define. Each lies in a file of its own: who wants one need not load the other.
 */
export interface Remembered<V> {
  /** When the files began to be read, in milliseconds since 1970. */
  began: number;
  /** By path: what the file was (see stampOf), and what was made of it. */
  files: ReadonlyMap<string, { stamp: string; value: V }>;
}

/** What is remembered, and since which version in its present form. */
const VERSIONS = { findings: 1, sources: 1 };
export type Holds = keyof typeof VERSIONS;

const file = (dir: string | null, base: Base, holds: Holds): KeptFile => ({
  dir,
  base,
  holds,
  version: VERSIONS[holds],
});

/** What is remembered of the tree at `base` under `key`, which tells all that it depends on but the files; null: nothing. */
export function loadRemembered<V>(dir: string | null, base: Base, holds: Holds, key: string): Remembered<V> | null {
  const kept = loadKept<[string, number], [string, string, V][]>(file(dir, base, holds));
  if (kept?.told[0] !== key) return null;
  const files = kept.body().map(([path, stamp, value]) => [path, { stamp, value }] as const);
  return { began: kept.told[1], files: new Map(files) };
}

/** Keeps what was made of files, in one step. Where that cannot be done nothing is kept. */
export function saveRemembered<V>(
  dir: string | null,
  base: Base,
  holds: Holds,
  key: string,
  { began, files }: Remembered<V>,
): void {
  const rows = [...files].map(([path, { stamp, value }]) => [path, stamp, value]);
  saveKept(file(dir, base, holds), [key, began], rows);
}

/** Whether a file is what it was when it had this stamp, and was not so young then that a change may not show in it. */
export function isUnchanged(base: Base, path: string, stamp: string, began: number): boolean {
  try {
    const stat = statSync(absolute(base, path), { bigint: true });
    return stampOf(stat) === stamp && !isRacy(stat, began);
  } catch {
    return false;
  }
}

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { keep } from "./cache.ts";
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

const VERSION = 1;

const factsPath = (dir: string, base: Base): string =>
  join(dir, `${crc32(base.cwd).toString(16).padStart(8, "0")}.facts`);

/** The facts of the tree at `base`, as they were; none where nothing was kept, or `dir` is null. */
export function loadFacts<F extends StoredFact>(dir: string | null, base: Base): F[] {
  if (dir === null) return [];
  try {
    const content = readFileSync(factsPath(dir, base), "utf8");
    const cut = content.indexOf("\n");
    const [version, sum, cwd] = JSON.parse(content.slice(0, cut)) as [number, number, string];
    const body = content.slice(cut + 1);
    if (version !== VERSION || cwd !== base.cwd || sum !== crc32(body)) return [];
    return JSON.parse(body) as F[];
  } catch {
    return [];
  }
}

/** Keeps the facts of the tree at `base`, in one step. Where that cannot be done nothing is kept. */
export function saveFacts(dir: string | null, base: Base, facts: readonly StoredFact[]): void {
  if (dir === null) return;
  const body = JSON.stringify(facts);
  keep(factsPath(dir, base), `${JSON.stringify([VERSION, crc32(body), base.cwd])}\n${body}`);
}

/** Whether a file still is what it was when its fact was kept. */
export function isFresh(base: Base, { path, stamp }: StoredFact): boolean {
  try {
    return stampOf(statSync(absolute(base, path), { bigint: true })) === stamp;
  } catch {
    return false;
  }
}

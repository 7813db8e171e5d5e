import type { Name } from "../../recording/name.ts";
import { type Run, shortOf } from "./run.ts";

/** What a run did with a hash. */
export interface Use {
  readonly computed: boolean;
  readonly lookedUp: boolean;
  readonly found: boolean;
  readonly missed: boolean;
  readonly stored: boolean;
}

const UNUSED: Use = { computed: false, lookedUp: false, found: false, missed: false, stored: false };

/** What a run did, by hash. */
export function usesOf(run: Run): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  const add = (hash: string, more: Partial<Use>): void => {
    uses.set(hash, { ...(uses.get(hash) ?? UNUSED), ...more });
  };
  for (const { hash, kind, found } of run.lookups) {
    if (kind === "hash computation") add(hash, { computed: true });
    else if (kind === "stored") add(hash, { stored: true });
    else {
      add(hash, { lookedUp: true });
      if (found !== null) add(hash, found === "missed" ? { missed: true } : { found: true });
    }
  }
  for (const { hash } of run.misses) if (hash !== null) add(hash, { lookedUp: true, missed: true });
  return uses;
}

/**
 * What a run did with the recording of this name; null where the text does not have its hash at all. A list is looked up
 * by its computed hash alone, and every file that has it is then read.
 */
export function useOf(run: Run, uses: ReadonlyMap<string, Use>, name: Name): Use | null {
  const use = uses.get(name.hash) ?? (run.mentioned.has(name.hash) ? { ...UNUSED, computed: true } : null);
  if (use === null || name.digest === null) return use;
  return { ...use, lookedUp: use.lookedUp || use.computed };
}

/** The tests that ran to their end and passed: no other test's silence means anything. */
export const passedTests = (run: Run): ReadonlySet<string> =>
  new Set([...run.outcomes].filter(([, outcome]) => outcome === "passed").map(([id]) => id));

/**
 * Whether a run would tell if this test had looked something up: it passed, its look-ups are in the log, no hash was lost,
 * and the log does not end with it.
 */
export function couldTell(run: Run, testId: string): boolean {
  if (!run.complete || run.dropped > 0 || run.outcomes.get(testId) !== "passed") return false;
  const short = shortOf(testId);
  if (run.unfinished.has(testId) || run.unfinished.has(short)) return false;
  return run.seen.has(testId) || run.seenShort.has(short);
}

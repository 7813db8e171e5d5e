import { dirname, join } from "node:path";
import { resolveTest } from "../usage/sources/resolve.ts";
import { type Root, rootsOf } from "../usage/sources/roots.ts";
import { splitTestId, testOf } from "../usage/sources/testid.ts";
import type { Candidate, Sourced } from "../usage/verdicts/index.ts";
import type { TestSources } from "./test-sources.ts";

/** What test sources tell of recordings. */
export interface Sourcing {
  sourced(candidate: Candidate): Sourced | undefined;
  /** Whether the test file of a recording is there; false where none can be told. */
  isThere(candidate: Candidate): boolean;
  /** Whether a path is a file below any folder that test ids are relative to. */
  isFile(path: string): boolean;
}

/** Looks for the tests of all recordings, each test once. */
export async function sourcingOf(candidates: readonly Candidate[], sources: TestSources): Promise<Sourcing> {
  const own = candidates.filter(({ testId, unreadable }) => testId !== null && unreadable === null);
  const recorded = own.map(({ place, testId }) => ({ place: dirname(place), testId: testId as string }));
  const roots = new Map<Candidate, Root>();
  const found = await certain(sources, () => rootsOf(recorded, (path) => sources.isFile(path)));
  for (const [at, root] of found.entries()) roots.set(own[at] as Candidate, root);
  const keys = new Map<Candidate, string>();
  const wanted = new Map<string, () => Sourced>();
  for (const [candidate, { root }] of roots) {
    if (root === null) continue;
    const id = candidate.testId as string;
    const split = splitTestId(id);
    const key = `${root}\0${"why" in split ? id : testOf(split)}`;
    keys.set(candidate, key);
    if (wanted.has(key)) continue;
    const world = { read: (path: string) => sources.read(join(root, path)) };
    wanted.set(key, () => ({ resolved: resolveTest(id, world) }));
  }
  const resolved = await resolvedAll(wanted, sources);
  const tops = new Set([...roots.values()].flatMap(({ root }) => root ?? []));
  return {
    sourced(candidate) {
      const root = roots.get(candidate);
      if (root?.root === null) return { root };
      return resolved.get(keys.get(candidate) ?? "");
    },
    isThere(candidate) {
      const root = roots.get(candidate)?.root;
      const split = splitTestId(candidate.testId ?? "");
      return typeof root === "string" && !("why" in split) && sources.isFile(join(root, split.file));
    },
    isFile: (path) => [...tops].some((root) => sources.isFile(join(root, path))),
  };
}

/** Asks each until its answer rests on no guess. */
async function resolvedAll(
  wanted: ReadonlyMap<string, () => Sourced>,
  sources: TestSources,
): Promise<Map<string, Sourced>> {
  const resolved = new Map<string, Sourced>();
  do {
    for (const [key, resolve] of wanted) {
      if (resolved.has(key)) continue;
      const before = sources.guessed;
      const answer = resolve();
      if (sources.guessed === before) resolved.set(key, answer);
    }
  } while (await sources.settle());
  return resolved;
}

/** An answer that rests on no guess. */
async function certain<T>(sources: TestSources, ask: () => T): Promise<T> {
  for (;;) {
    const before = sources.guessed;
    const answer = ask();
    if (sources.guessed === before) return answer;
    await sources.settle();
  }
}

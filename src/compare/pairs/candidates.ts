import type { Head } from "../../recording/head.ts";
import { readName } from "../../recording/name.ts";
import type { Subject } from "./subject.ts";
import { partsOf, renamer, type TestNames } from "./tests.ts";

/** What of a recording tells whether it may be a predecessor. */
export type CandidateHead = Pick<Head, "testId" | "kind" | "endpoint" | "tool">;

/**
 * Tells which recordings of OLD may be predecessors in a run, by what is known of them before they are read whole: those of
 * its tests, whatever their parameters; what it asked without a test; model lists of its hashes, and its tools.
 */
export function candidatesFor(
  nows: readonly Subject[],
  names: TestNames,
): (head: CandidateHead, path: string) => boolean {
  const nameOf = renamer(names, new Set(nows.flatMap(({ testId }) => testId ?? [])));
  const tests = new Set(nows.flatMap(({ testId }) => (testId === null ? [] : partsOf(testId).test)));
  const loose = new Set(
    nows.filter(({ testId }) => testId === null).map(({ kind, endpoint }) => `${kind} ${endpoint}`),
  );
  const lists = new Set(nows.flatMap(({ list }) => list?.hash ?? []));
  const tools = new Set(nows.flatMap(({ tool }) => tool ?? []));
  return ({ testId, kind, endpoint, tool }, path) => {
    const { hash, digest } = readName(path);
    if (digest !== null && lists.has(hash)) return true;
    if (tool !== null && tools.has(tool)) return true;
    return testId === null ? loose.has(`${kind} ${endpoint}`) : tests.has(partsOf(nameOf(testId)).test);
  };
}

import { type Collection, united } from "../collected/collection.ts";
import { splitTestId } from "../sources/testid.ts";
import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** The united collections, and what is known beside them. */
export interface Collected {
  readonly ids: ReadonlySet<string>;
  /** The test files of which any test is collected. */
  readonly files: ReadonlySet<string>;
  /** Tests that are there, were deselected, and are collected nowhere. */
  readonly deselected: ReadonlySet<string>;
  /** How many tests were deselected by collections that do not name them. */
  readonly unnamed: number;
  readonly vouched: boolean;
  /** `--complete`: all tests there are were to be collected, and the collections are whole. */
  readonly complete: boolean;
  /** Whether the test file of a recording is there, on the disk or in git's index; false where none can be told. */
  readonly isThere: (candidate: Candidate) => boolean;
  /** Whether its test file is there more than once, below several folders that pytest may be run in. */
  readonly isAmbiguous: (candidate: Candidate) => boolean;
}

/** Collections as one. What one deselected and another collected is collected, so the unnamed are counted for each alone. */
export const collectedOf = (
  collections: readonly Collection[],
  beside: Pick<Collected, "complete" | "isThere" | "isAmbiguous">,
): Collected => ({
  ...united(collections.map(withoutGroups)),
  unnamed: collections.reduce((sum, one) => sum + Math.max(0, one.deselectedCount - one.deselected.size), 0),
  ...beside,
});

/** Runs under pytest-xdist tell ids with groups: collected is what either id names. */
const withoutGroups = (one: Collection): Collection => ({
  ...one,
  ids: new Set([...one.ids, ...[...one.ids].map(withoutGroup)]),
});

/**
 * What collections say. One that did not choose from a test file at all was probably of another suite, one that
 * counts deselected tests without naming them may have deselected this one, and a list may have been cut: then they say
 * nothing, unless they are complete. What is named as deselected, and collected nowhere, is not collected.
 */
export function fromCollections(candidate: Candidate, collected: Collected | undefined): Evidence | null {
  const { testId } = candidate;
  if (testId === null || collected === undefined) return null;
  const { ids, files, deselected, unnamed, vouched, complete } = collected;
  if (ids.has(testId)) return evidence("collected", `${testId} is collected`);
  const split = splitTestId(testId);
  if ("why" in split) return evidence("collection unclear", `no collection can tell of ${testId}: ${split.why}`);
  const { file } = split;
  const id = withoutGroup(asWritten(testId, file));
  if (ids.has(id)) return evidence("collected", `${id} is collected`);
  if (!files.has(file)) {
    // What made-up ids name was never there: nobody who collects everything would have it.
    if (!collected.isThere(candidate)) return evidence("collection unclear", `no test of ${file} is collected`);
    if (!complete) return evidence("not covered", `no test of ${file}, which is there, is collected (--complete)`);
  }
  if (!complete) {
    const open = collected.isAmbiguous(candidate)
      ? `there are several ${file}`
      : deselected.has(id)
        ? null
        : openEnd(unnamed, vouched);
    if (open !== null) return evidence("not covered", `${id} is not collected, but ${open} (--complete)`);
  }
  return evidence("not collected", whyNot(id, file, collected));
}

function whyNot(id: string, file: string, { files, deselected }: Collected): string {
  if (deselected.has(id)) return `${id} was deselected, and is collected nowhere`;
  return files.has(file) ? `${id} is not collected; other tests of ${file} are` : `no test of ${file} is collected`;
}

/** Why an id that is not there may be there all the same. */
function openEnd(unnamed: number, vouched: boolean): string | null {
  if (unnamed > 0) return `it may be among the ${unnamed} that were deselected`;
  return vouched ? null : "a plain list does not show whether it is whole";
}

/** An id with the path of its file as collections have it: with `/`, and nothing before it. */
const asWritten = (id: string, file: string): string => `${file}${/::.*$/s.exec(id)?.[0] ?? ""}`;

/** pytest-xdist adds a test's group to its id, behind its parameters if it has any. */
function withoutGroup(id: string): string {
  const open = id.indexOf("[", id.indexOf("::"));
  return open < 0 ? id.replace(/(::[^@]*)@.*$/s, "$1") : id.replace(/\]@[^\]]*$/, "]");
}

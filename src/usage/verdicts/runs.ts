import type { Kind } from "../../recording/kinds.ts";
import { countText } from "../../text/bytes.ts";
import type { Run } from "../runs/run.ts";
import { couldTell, type Use, useOf, usesOf } from "../runs/uses.ts";
import { folderOf, splitTestId } from "../sources/testid.ts";
import { type Candidate, type Evidence, evidence } from "./evidence.ts";
import { isAnyones } from "./file.ts";

/** The united runs, ready to be asked of many recordings. */
export interface Log {
  readonly run: Run;
  readonly uses: ReadonlyMap<string, Use>;
  /** The first 12 digits of every hash: the names of the oldest recordings. */
  readonly starts: ReadonlySet<string>;
  /** When the run began, or the earliest time at which it may have; null where nothing tells. */
  readonly began: number | null;
  /** The tests that are collected; null without collections. */
  readonly tests: ReadonlySet<string> | null;
  /** Whether its test file is there more than once: a run does not tell which of them it ran. */
  readonly isAmbiguous: (candidate: Candidate) => boolean;
}

/** @param began when the run began, for logs without times of their own */
export function logOf(
  run: Run,
  tests: ReadonlySet<string> | null,
  isAmbiguous: Log["isAmbiguous"] = () => false,
  began: number | null = null,
): Log {
  const uses = usesOf(run);
  const starts = new Set([...run.mentioned].map((hash) => hash.slice(0, 12)));
  return { run, uses, starts, began: run.oldest ?? began, tests, isAmbiguous };
}

/** The kinds whose look-ups recorders log; files are processed anew in every run. */
const LOGGED: ReadonlySet<Kind> = new Set<Kind>(["inference", "http", "tool"]);

/** What runs say: that they asked for a recording, or that its test, which would have, did not. */
export function fromRuns(candidate: Candidate, log: Log | undefined): Evidence | null {
  if (log === undefined) return null;
  const use = useOf(log.run, log.uses, candidate.name);
  const { hash } = candidate.name;
  if (use !== null) return evidence("asked", `a run ${didWith(use, candidate)} ${hash.slice(0, 12)}`);
  if (hash.length === 12 && log.starts.has(hash)) return evidence("asked", `a run names a hash that begins ${hash}`);
  const silence = whySilent(candidate, log);
  if (silence !== null) return evidence("run unclear", `the run does not tell: ${silence}`);
  const fact = `${candidate.testId} passed in a run and did not ask for ${hash.slice(0, 12)}`;
  const isNewer = (candidate.recorded as number) >= (log.began as number);
  return isNewer ? evidence("newer", `${fact}, which is newer than its log`) : evidence("not asked", fact);
}

function didWith({ found, stored, missed, lookedUp }: Use, { name }: Candidate): string {
  if (found) return "found";
  if (stored) return "stored";
  if (missed) return "looked for, and did not find,";
  return lookedUp && name.digest === null ? "looked up" : "asked for";
}

/** Why it does not follow from a run's silence that a recording is not needed; null where it does. */
function whySilent(candidate: Candidate, log: Log): string | null {
  const { testId, kind, name, recorded } = candidate;
  if (testId === null) return "it names no test";
  if (!LOGGED.has(kind)) return `no log has look-ups of its kind (${kind})`;
  if (!/^(?:[0-9a-f]{64}|[0-9a-f]{12})$/.test(name.hash)) return "its name is no hash";
  if (log.began === null) return "its log does not say when it began";
  if (recorded === null) return "nothing says when the recording was made";
  if (log.isAmbiguous(candidate)) return "there are several test files of its path";
  const own = whyDeaf(log.run, testId);
  return own ?? (isAnyones(candidate) ? whyOthers(candidate, log) : null);
}

/** Why a run would not tell what this test asked for; null where it would. */
function whyDeaf(run: Run, testId: string): string | null {
  if (couldTell(run, testId)) return null;
  if (run.lost > 0) return "lines are missing in its journal";
  if (!run.complete) return "it, or its log, ended early";
  if (run.dropped > 0) return `${countText(run.dropped, "hash", "hashes")} in its log could not be read whole`;
  const outcome = run.outcomes.get(testId);
  if (outcome === undefined) return `it has no outcome of ${testId}`;
  if (outcome !== "passed") return `${testId} did not pass (${outcome})`;
  return `its log does not have all look-ups of ${testId}`;
}

/** What other tests find too is not needed only where every one of them would have been heard. */
function whyOthers(candidate: Candidate, { run, tests }: Log): string | null {
  if (tests === null) return "other tests may find it, and no collection says which there are";
  const folder = folderOf(candidate.place);
  const isBeside = (id: string): boolean => {
    const split = splitTestId(id);
    return "why" in split || folder.endsWith(`/${[folderOf(split.file), "recordings"].filter(Boolean).join("/")}`);
  };
  // What does not lie beside its own test lies where every test looks.
  const everyones = !isBeside(candidate.testId as string);
  for (const id of tests) {
    if ((everyones || isBeside(id)) && !couldTell(run, id)) return `other tests find it too, and ${whyDeaf(run, id)}`;
  }
  return null;
}

import { type Collected, fromCollections } from "./collected.ts";
import type { Candidate, Evidence } from "./evidence.ts";
import { type Judged, judge } from "./judge.ts";
import { fromKeep, type Keep } from "./keep.ts";
import { fromNames, type Naming } from "./names.ts";
import { fromRuns, type Log } from "./runs.ts";
import { fromSources, type Sourced } from "./sources.ts";
import { fromSuperseded, type Superseded } from "./superseded.ts";

export { type Collected, collectedOf } from "./collected.ts";
export { type Candidate, type Evidence, REMOVES, VERDICTS, type Verdict } from "./evidence.ts";
export { type Judged, judge } from "./judge.ts";
export { type Keep, unused } from "./keep.ts";
export { type Naming, standing } from "./names.ts";
export { type Group, type PlanOptions, type PlanRefusal, type PrunePlan, planOf, type Sum } from "./plan.ts";
export { type Log, logOf } from "./runs.ts";
export type { Sourced } from "./sources.ts";
export type { Superseded } from "./superseded.ts";

/** All that was given to judge by; what was not given says nothing. */
export interface Given {
  readonly keep: readonly Keep[];
  readonly log?: Log;
  readonly collected?: Collected;
  readonly superseded?: Superseded;
  readonly sourced: (candidate: Candidate) => Sourced | undefined;
  readonly naming?: Naming;
}

/** The sources of evidence, in the order in which they are shown: nearest to the file first. */
const SOURCES: readonly ((candidate: Candidate, given: Given) => Evidence | null)[] = [
  (candidate, { keep }) => fromKeep(candidate, keep),
  (candidate, { log }) => fromRuns(candidate, log),
  (candidate, { superseded }) => fromSuperseded(candidate, superseded),
  (candidate, { collected }) => fromCollections(candidate, collected),
  (candidate, { sourced }) => fromSources(candidate, sourced(candidate)),
  (candidate, { naming }) => fromNames(candidate, naming),
];

/** The verdicts on recordings, in the order asked. */
export const judgeAll = (candidates: readonly Candidate[], given: Given): Judged[] =>
  candidates.map((candidate) =>
    judge(
      candidate,
      SOURCES.flatMap((speak) => speak(candidate, given) ?? []),
    ),
  );

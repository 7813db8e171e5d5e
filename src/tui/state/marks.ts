import type { Finding, Severity } from "../../checks/rule.ts";
import type { Entry } from "../../listing/entry.ts";
import type { Look } from "../../text/style.ts";
import { remembering } from "./memo.ts";
import { isConversation, requestPlace, requestsOf } from "./requests.ts";
import type { Judgement, State } from "./state.ts";
import { type Recordings, recordings, testRow } from "./tree.ts";

/** How a mark looks; its sign tells it without colour. */
export interface MarkSign {
  readonly sign: string;
  readonly look: Look;
  /** In one word or two. */
  readonly short: string;
}

/** What rows are marked with, in the order in which the marks stand: the legend of the help is made from this table. */
export const MARKS = {
  failed: { sign: "!", look: "bad", short: "failed" },
  error: { sign: "✗", look: "bad", short: "error" },
  warning: { sign: "~", look: "warn", short: "warning" },
  unused: { sign: "∅", look: "warn", short: "unused" },
  leaving: { sign: "D", look: "bad", short: "to remove" },
  compared: { sign: "=", look: "id", short: "to compare" },
  hit: { sign: "*", look: "good", short: "found" },
} as const satisfies Record<string, MarkSign>;

export type Mark = keyof typeof MARKS;
export const MARK_NAMES = Object.keys(MARKS) as Mark[];

/** How many of some recordings have each mark. */
export type Marks = Readonly<Record<Mark, number>>;

/** At each place of the order, how many before it have a mark; null where none has. */
type Sums = Uint32Array | null;

/** Sums of one mark, remembered by what they are made from. */
const summing = <From>(has: (entry: Entry, from: From) => boolean) =>
  remembering((order: readonly Entry[], from: From): Sums => {
    const sums = new Uint32Array(order.length + 1);
    for (const [at, entry] of order.entries()) sums[at + 1] = (sums[at] as number) + (has(entry, from) ? 1 : 0);
    return (sums[order.length] as number) === 0 ? null : sums;
  });

type Findings = ReadonlyMap<string, readonly Finding[]> | null;
type Verdicts = ReadonlyMap<string, Judgement> | null;

const worst = (severity: Severity) => (entry: Entry, findings: Findings) =>
  findings?.get(entry.path)?.some((finding) => finding.severity === severity) ?? false;

const failedSums = summing<null>(({ head }) => head.failed);
const errorSums = summing<Findings>(worst("error"));
const warningSums = summing<Findings>(worst("warning"));
const unusedSums = summing<Verdicts>(({ path }, verdicts) => verdicts?.get(path)?.goes ?? false);
const leavingSums = summing<ReadonlySet<string>>(({ path }, leaving) => leaving.has(path));
const comparedSums = summing<string | null>(({ path }, marked) => path === marked);
const hitSums = summing<ReadonlySet<string> | null>(({ path }, hits) => hits?.has(path) ?? false);

/** What is marked, of all recordings that the filter leaves. */
export interface Marked {
  /** Of the recordings from one place of the order to before another. */
  of(from: number, to: number): Marks;
  /** The marks that any of them has, in the order of the table: each has its own column. */
  readonly present: readonly Mark[];
}

const markedFrom = remembering(
  (
    count: number,
    failed: Sums,
    error: Sums,
    warning: Sums,
    unused: Sums,
    leaving: Sums,
    compared: Sums,
    hit: Sums,
  ): Marked => {
    const between = (sums: Sums, from: number, to: number): number => (sums ? (sums[to] ?? 0) - (sums[from] ?? 0) : 0);
    const of = (from: number, to: number): Marks => ({
      failed: between(failed, from, to),
      error: between(error, from, to),
      warning: between(warning, from, to),
      unused: between(unused, from, to),
      leaving: between(leaving, from, to),
      compared: between(compared, from, to),
      hit: between(hit, from, to),
    });
    const all = of(0, count);
    return { of, present: MARK_NAMES.filter((mark) => all[mark] > 0) };
  },
);

/** The marks of a state: each is summed up once for what it follows from, and a row's are two look-ups each. */
export function markedOf(state: State): Marked {
  const { order } = recordings(state);
  const findings = state.findings.is === "known" ? state.findings.value : null;
  return markedFrom(
    order.length,
    failedSums(order, null),
    errorSums(order, findings),
    warningSums(order, findings),
    unusedSums(order, state.verdicts.is === "known" ? state.verdicts.value : null),
    leavingSums(order, state.leaving),
    comparedSums(order, state.compareWith),
    hitSums(order, state.search?.hits ?? null),
  );
}

/** The marks of one recording. */
export function marksOfPath(state: State, path: string): Marks {
  const at = placeOf(recordings(state), path);
  return markedOf(state).of(at, at + 1);
}

/** Of no recording, the place behind all. */
const placeOf = ({ at, order }: Recordings, path: string): number => at.get(path) ?? order.length;

/** The bytes of all recordings that the filter leaves. */
const bytesIn = remembering((order: readonly Entry[]): number => order.reduce((sum, { bytes }) => sum + bytes, 0));
export const totalBytes = (state: State): number => bytesIn(recordings(state).order);

/** How many of the recordings that the filter leaves the search has found. */
export function hitCount(state: State): number {
  const { order } = recordings(state);
  return hitSums(order, state.search?.hits ?? null)?.[order.length] ?? 0;
}

/** Which of the hits of the search the recording at `path` is in the order of the screen, from 1; null for none of them. */
export function hitNumber(state: State, path: string | null): number | null {
  const sums = hitSums(recordings(state).order, state.search?.hits ?? null);
  const at = path === null ? undefined : recordings(state).at.get(path);
  if (!sums || at === undefined || sums[at + 1] === sums[at]) return null;
  const row = testRow(state);
  if (row === null || !isConversation(row) || at < row.from || at >= row.to) return sums[at + 1] ?? null;
  const own = requestsOf(state).slice(0, requestPlace(state, path ?? "") + 1);
  return (sums[row.from] ?? 0) + own.filter((entry) => state.search?.hits.has(entry.path)).length;
}

/** What became of a test. */
export type Outcome = "passed" | "failed" | "error" | "skipped" | "xfailed" | "xpassed";

/** One line of a run's log that names a hash, and what the lines around it say. */
export interface Lookup {
  readonly hash: string;
  /** The test it was for; null outside a test, and where the log does not tell it beyond doubt. */
  readonly testId: string | null;
  readonly path: string | null;
  /** Null where the log does not tell it: for lists nothing but the computed hash is logged. */
  readonly found: "primary" | "fallback" | "missed" | null;
  readonly kind: "look-up" | "hash computation" | "stored";
  /** The line of the log, from 1. */
  readonly at: number;
}

/** What a recorder said of a request that has no recording. */
export interface Miss {
  readonly form:
    | "inference"
    | "genai"
    | "tool"
    | "rerank"
    | "httpx"
    | "httpx stream"
    | "before 2025-10-09"
    | "journal"
    | "serve"
    | "log";
  /** Null where the form has none, and where the message was cut. */
  readonly hash: string | null;
  readonly testId: string | null;
  /** The rest of the message by its own names: `Model`, `URL`, `Request`, … A journal's `Stored` is the request as recordings store it; `Test` of a server's is what the client said of its test, `none` where it said nothing, and `Why` what the server made of it. */
  readonly says: Readonly<Record<string, string>>;
}

/** The forms that were found in a run's text; one text may hold several. */
export type RunForm = "json lines" | "console" | "plain" | "outcomes" | "misses" | "json-report" | "junit" | "journal";

/** What one text, or several of one run, tell of a replay run. */
export interface Run {
  readonly forms: ReadonlySet<RunForm>;
  readonly lookups: readonly Lookup[];
  readonly misses: readonly Miss[];
  /** Of several outcomes of a test the worst. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Every whole hash of 64 digits that the text has anywhere, and those of look-ups. Whoever removes recordings keeps these. */
  readonly mentioned: ReadonlySet<string>;
  /** Hashes that were announced and not read whole: with any, nothing follows from a hash that is not there. */
  readonly dropped: number;
  /** Whether nothing shows that the run or its text ended early. */
  readonly complete: boolean;
  /** About how many lines its writer says are missing; with any, it is not complete. */
  readonly lost: number;
  /** Whether the text itself shows that it is whole; a log without pytest's own output cannot. */
  readonly vouched: boolean;
  /** The tests that the log names, and, where it may have shortened their ids, what stands before their `[`. */
  readonly seen: ReadonlySet<string>;
  readonly seenShort: ReadonlySet<string>;
  /** Tests (or what stands before their `[`) that may have gone on behind the end of a log that is not vouched. */
  readonly unfinished: ReadonlySet<string>;
  /** When the log or report was written, in milliseconds since 1970: its first and last time, if it tells. */
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** A run with nothing in it. */
export const NOTHING: Run = {
  forms: new Set(),
  lookups: [],
  misses: [],
  outcomes: new Map(),
  mentioned: new Set(),
  dropped: 0,
  complete: true,
  lost: 0,
  vouched: true,
  seen: new Set(),
  seenShort: new Set(),
  unfinished: new Set(),
  oldest: null,
  newest: null,
};

/** The name of a test without its parameters. */
export const shortOf = (id: string): string => id.replace(/\[[\s\S]*$/, "");

/** From harmless to bad. A test that passed once and failed once may have looked up less than it would. */
const WORSE: readonly Outcome[] = ["passed", "xpassed", "xfailed", "skipped", "error", "failed"];

/** Adds what became of a test; of two outcomes the worse one stands. */
export function addOutcome(outcomes: Map<string, Outcome>, id: string, outcome: Outcome): void {
  const before = outcomes.get(id);
  if (before === undefined || WORSE.indexOf(outcome) > WORSE.indexOf(before)) outcomes.set(id, outcome);
}

/** Several runs, or several texts of one run, as one. */
export function unitedRuns(runs: readonly Run[]): Run {
  const outcomes = new Map<string, Outcome>();
  for (const run of runs) for (const [id, outcome] of run.outcomes) addOutcome(outcomes, id, outcome);
  const all = <T>(get: (run: Run) => Iterable<T>): Set<T> => new Set(runs.flatMap((run) => [...get(run)]));
  return {
    forms: all(({ forms }) => forms),
    lookups: runs.flatMap(({ lookups }) => lookups),
    misses: runs.flatMap(({ misses }) => misses),
    outcomes,
    mentioned: all(({ mentioned }) => mentioned),
    dropped: runs.reduce((sum, { dropped }) => sum + dropped, 0),
    complete: runs.every(({ complete }) => complete),
    lost: runs.reduce((sum, { lost }) => sum + lost, 0),
    vouched: runs.every(({ vouched }) => vouched),
    seen: all(({ seen }) => seen),
    seenShort: all(({ seenShort }) => seenShort),
    unfinished: all(({ unfinished }) => unfinished),
    // A log that tells no time may be older than all others.
    oldest: runs.some(({ lookups, oldest }) => lookups.length > 0 && oldest === null)
      ? null
      : extreme(runs, "oldest", (a, b) => a < b),
    newest: extreme(runs, "newest", (a, b) => a > b),
  };
}

function extreme(
  runs: readonly Run[],
  key: "oldest" | "newest",
  beats: (a: number, b: number) => boolean,
): number | null {
  let out: number | null = null;
  for (const { [key]: time } of runs) if (time !== null && (out === null || beats(time, out))) out = time;
  return out;
}

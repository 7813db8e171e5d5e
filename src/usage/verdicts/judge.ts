import type { Candidate, Evidence, Tells, Verdict } from "./evidence.ts";
import { fromFile } from "./file.ts";

/** A recording, what is said of it, and all that it rests on. */
export interface Judged {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Why this verdict, where several would be possible. */
  readonly because: string;
}

/** One line of the precedence: the first whose evidence is there decides. */
export interface Line {
  /** All of these are told, and of `any` one. */
  readonly all: readonly Tells[];
  readonly any?: readonly Tells[];
  readonly verdict: Verdict;
  readonly because: string;
}

/**
 * The precedence. What shows that the file itself is used is never outweighed. What shows no more than that its test is
 * there is outweighed by what is nearer to the file: sources tell of a function, collections of an id, runs and names
 * of the file.
 */
export const PRECEDENCE: readonly Line[] = [
  { all: ["unreadable"], verdict: "unknown", because: "what is not plainly a recording is never touched" },
  { all: ["linked"], verdict: "unknown", because: "what a link leads to counts where it lies, and must not be lost" },
  { all: ["no test"], verdict: "shared", because: "no test's absence tells anything of it" },
  { all: ["kept"], verdict: "kept", because: "someone said so" },
  { all: ["asked"], verdict: "used", because: "a run needed it, whatever else is said" },
  {
    all: ["collected"],
    any: ["gone", "not collected"],
    verdict: "used",
    because: "pytest knows its test, so whatever misses it was misread or of another time",
  },
  { all: ["defined", "gone"], verdict: "used", because: "its test is defined somewhere" },
  {
    all: ["anyone"],
    any: ["gone", "not collected"],
    verdict: "shared",
    because: "other tests find it too, so it does not go with its own",
  },
  { all: ["gone"], verdict: "test gone", because: "nothing defines its test, and nothing speaks for it" },
  {
    all: ["not collected"],
    verdict: "not collected",
    because: "a function that is there has no test of this id; sources cannot tell of parameters",
  },
  {
    all: ["not asked"],
    verdict: "not hit",
    because: "its test is there, ran to its end, passed, and did without it",
  },
  {
    all: ["superseded"],
    verdict: "superseded",
    because: "a run that recorded all anew has another one in its place",
  },
  { all: ["out of reach"], verdict: "unreachable", because: "no run of its test looks for this name" },
  { all: ["newer"], verdict: "unknown", because: "it was made after the run that would tell of it" },
  { all: ["collected"], verdict: "used", because: "pytest runs its test" },
  { all: ["not covered"], verdict: "not covered", because: "the collections were not of its test's suite" },
  { all: ["defined"], verdict: "used", because: "its test is defined" },
  { all: ["anyone"], verdict: "shared", because: "other tests may find it" },
];

const OTHERWISE = { verdict: "unknown", because: "nothing tells anything of it" } as const;

/** The verdict on a recording; what its file tells is added here, so that nobody can forget it. */
export function judge(candidate: Candidate, told: readonly Evidence[]): Judged {
  const own = fromFile(candidate);
  const evidence = own ? [own, ...told] : [...told];
  const { verdict, because } = decide(new Set(evidence.map(({ tells }) => tells)));
  return { candidate, verdict, evidence, because };
}

/** The line that decides. */
export function decide(told: ReadonlySet<Tells>): Pick<Line, "verdict" | "because"> {
  const line = PRECEDENCE.find(
    ({ all, any }) => all.every((one) => told.has(one)) && (any?.some((one) => told.has(one)) ?? true),
  );
  return line ?? OTHERWISE;
}

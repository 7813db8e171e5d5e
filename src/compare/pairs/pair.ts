import { costOf } from "./cost.ts";
import { inTurn, sameFile } from "./equal.ts";
import { type Cost, type Group, grouped, pairGroup, type Take } from "./group.ts";
import { listCost } from "./lists.ts";
import type { Subject } from "./subject.ts";
import { parametersCost, partsOf, renamer, type TestNames } from "./tests.ts";

/**
 * How a predecessor was found: the same file; a request of the same test; of a test that is called otherwise or moved; of
 * one whose parameters alone are others, which is a guess; the same hash, of model lists and tools, in whichever test.
 */
export type Via = "file" | "test" | "renamed" | "parameters" | "hash";

/** A recording of a run and its predecessor. */
export interface Pair {
  old: Subject;
  now: Subject;
  /** Whether both ask the same, as names see it: the test, the host and what recorders note beside a request aside. */
  same: boolean;
  via: Via;
}

/** The recordings of a run, each with its predecessor or without. */
export interface Pairing {
  /** In the order of the run's recordings. */
  pairs: Pair[];
  /** Without a predecessor. */
  added: Subject[];
  /** Those pairs whose predecessor still lies in NEW, beside its successor. */
  superseded: Pair[];
  /** What OLD has, NEW has not, and nothing of the run succeeds. */
  removed: Subject[];
}

export interface PairingOptions extends TestNames {
  /** Whether a file of OLD lies in NEW, at the same path. With an overlay all do. */
  lies(old: Subject): boolean;
  /** NEW holds what a run wrote and no more, so it tells nothing of what it lacks. */
  overlay: boolean;
}

/**
 * Pairs the recordings of a run (`nows`: what NEW has and OLD has not, or has otherwise) with those of OLD that they come after.
 * No predecessor has two successors; within a test all are chosen at once. Each of `nows` is in `pairs` or in `added`.
 */
export function pairUp(olds: readonly Subject[], nows: readonly Subject[], options: PairingOptions): Pairing {
  const found = new Map<Subject, Pair>();
  const taken = new Set<Subject>();
  const testsNow = new Set(nows.flatMap(({ testId }) => testId ?? []));
  const nameOf = renamer(options, testsNow);
  const testOf = ({ testId }: Subject, side: "olds" | "nows"): string =>
    testId === null ? "" : side === "olds" ? nameOf(testId) : testId;
  const kindOf = ({ kind, endpoint, tool }: Subject): string => `${kind} ${endpoint} ${tool}`;
  const lies = (old: Subject): boolean => options.overlay || options.lies(old);
  const cost: Cost = (old, now) => costOf(old, now, lies(old)) + (old.testId === now.testId ? 0 : 1e-4);

  round(
    "file",
    () => true,
    ({ path }) => path,
    sameFile,
  );
  round(null, isAsked, (subject, side) => key(testOf(subject, side), kindOf(subject), subject.asked), inTurn);
  round(
    "hash",
    ({ list }) => list !== null,
    ({ list }) => String(list?.hash),
    (group, pair) => pairGroup(group, listCost, pair),
  );
  round(
    null,
    ({ list }) => list !== null,
    (subject, side) => key(testOf(subject, side), subject.asked),
    (group, pair) => pairGroup(group, listCost, pair),
  );
  round(
    null,
    isAsked,
    (subject, side) => key(testOf(subject, side), kindOf(subject)),
    (group, pair) => pairGroup(group, cost, pair),
  );
  round(
    "hash",
    ({ kind }) => kind === "tool",
    ({ asked }) => asked,
    inTurn,
  );
  const living = new Set(olds.filter((old) => !options.overlay && lies(old)).map((old) => testOf(old, "olds")));
  const isGone = (testId: string): boolean => !testsNow.has(testId) && !living.has(testId);
  round(
    "parameters",
    (subject, side) =>
      isAsked(subject) && subject.testId !== null && (side === "nows" || isGone(testOf(subject, side))),
    (subject, side) => key(partsOf(testOf(subject, side)).test, kindOf(subject)),
    (group, pair) => {
      const apart = parametersCost();
      pairGroup(group, (old, now) => cost(old, now) + apart(testOf(old, "olds"), testOf(now, "nows")), pair);
    },
  );
  return outcome();

  /** Pairs what has a key in common, of what has no pair yet. */
  function round(
    via: Via | null,
    takesPart: (subject: Subject, side: "olds" | "nows") => boolean,
    key: (subject: Subject, side: "olds" | "nows") => string,
    settle: (group: Group, pair: Take) => void,
  ): void {
    const freeOlds = olds.filter((old) => !taken.has(old) && takesPart(old, "olds"));
    const freeNows = nows.filter((now) => !found.has(now) && takesPart(now, "nows"));
    for (const group of grouped(freeOlds, freeNows, key)) {
      if (group.olds.length === 0 || group.nows.length === 0) continue;
      settle(group, (old, now) => {
        taken.add(old);
        const how = via ?? (old.testId === now.testId ? "test" : "renamed");
        found.set(now, { old, now, same: old.asked === now.asked, via: how });
      });
    }
  }

  function outcome(): Pairing {
    const pairs = nows.flatMap((now) => found.get(now) ?? []);
    return {
      pairs,
      added: nows.filter((now) => !found.has(now)),
      superseded: pairs.filter(({ old, now }) => old.path !== now.path && lies(old)),
      removed: olds.filter((old) => !taken.has(old) && !lies(old)),
    };
  }
}

const key = (...parts: readonly string[]): string => parts.join("\n");

const isAsked = ({ list }: Subject): boolean => list === null;

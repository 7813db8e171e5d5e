import { countText } from "../../text/bytes.ts";
import { folderOf, splitTestId, testOf } from "../sources/testid.ts";
import { type Candidate, REMOVES, VERDICTS, type Verdict } from "./evidence.ts";
import type { Judged } from "./judge.ts";

/** What is known beside the verdicts, and what was allowed. */
export interface PlanOptions {
  /** What git says of files that are not as it has them, by path. */
  readonly dirty: ReadonlyMap<string, "changed" | "untracked">;
  /** The paths of those that `rekey` could give a name of today. */
  readonly rekeyable: ReadonlySet<string>;
  readonly allowMany: boolean;
  readonly allowDirty: boolean;
  /** Whether a recording, by its path, was asked for: others are only counted. */
  readonly isChosen?: (path: string) => boolean;
}

/** How many, and how large together. */
export interface Sum {
  readonly count: number;
  readonly bytes: number;
}

/** What goes of one test for one reason; a test's parameters make no other one of it. */
export interface Group extends Sum {
  readonly test: string;
  /** How many test ids. */
  readonly ids: number;
  readonly verdict: Verdict;
  readonly remove: readonly Judged[];
}

/** Why nothing may be removed as it stands. */
export interface PlanRefusal {
  readonly fact: string;
  readonly places: readonly string[];
  readonly remedy: readonly string[];
}

/** What would be removed. */
export interface PrunePlan extends Sum {
  readonly remove: readonly Judged[];
  readonly groups: readonly Group[];
  readonly byVerdict: ReadonlyMap<Verdict, Sum>;
  /** How many of those that go for their names alone `rekey` could save. */
  readonly rekeyable: number;
  readonly refusals: readonly PlanRefusal[];
}

/** The plan that verdicts make; `judged` are all recordings there are, for a refusal looks at how many stay. */
export function planOf(judged: readonly Judged[], options: PlanOptions): PrunePlan {
  const { isChosen = () => true } = options;
  const chosen = judged.filter(({ candidate }) => isChosen(candidate.path));
  const groups = groupsOf(chosen.filter(({ verdict }) => REMOVES.has(verdict)));
  const remove = groups.flatMap((group) => group.remove);
  return {
    remove,
    groups,
    ...sumOf(remove),
    byVerdict: new Map(
      VERDICTS.map((verdict) => [verdict, sumOf(chosen.filter((one) => one.verdict === verdict))] as const).filter(
        ([, { count }]) => count > 0,
      ),
    ),
    rekeyable: remove.filter(
      ({ verdict, candidate }) => verdict === "unreachable" && options.rekeyable.has(candidate.path),
    ).length,
    refusals: [...tooMany(judged, new Set(remove), options), ...unsaved(remove, options)],
  };
}

const sumOf = (judged: readonly Judged[]): Sum => ({
  count: judged.length,
  bytes: judged.reduce((sum, { candidate }) => sum + candidate.bytes, 0),
});

const bigger = (a: number, b: number, first: string, second: string): number =>
  b - a || (first < second ? -1 : first > second ? 1 : 0);

function groupsOf(remove: readonly Judged[]): Group[] {
  return [...grouped(remove, ({ candidate, verdict }) => `${testName(candidate)}\n${verdict}`).values()]
    .map((group) => {
      const [first] = group as [Judged];
      return {
        test: testName(first.candidate),
        ids: new Set(group.map(({ candidate }) => candidate.testId)).size,
        verdict: first.verdict,
        ...sumOf(group),
        remove: group.toSorted((a, b) =>
          bigger(a.candidate.bytes, b.candidate.bytes, a.candidate.path, b.candidate.path),
        ),
      };
    })
    .sort((a, b) => bigger(a.bytes, b.bytes, `${a.test} ${a.verdict}`, `${b.test} ${b.verdict}`));
}

/** A test without its parameters; a made-up id as it is. */
function testName({ testId }: Candidate): string {
  const split = splitTestId(testId ?? "");
  return "why" in split ? (testId ?? "") : testOf(split);
}

/** More than these of one folder at once is more likely evidence that falls short than a test suite that changed. */
const MANY = 20;

/** Folders that would lose most of what they have on a ground that may be a wrong collection, log or scheme. */
function tooMany(judged: readonly Judged[], remove: ReadonlySet<Judged>, { allowMany }: PlanOptions): PlanRefusal[] {
  if (allowMany) return [];
  return [...grouped(judged, ({ candidate }) => folderOf(candidate.path))].flatMap(([folder, all]) => {
    const going = all.filter((one) => remove.has(one) && one.verdict !== "test gone");
    if (going.length <= MANY || going.length * 2 <= all.length) return [];
    const grounds = [...new Set(going.map(({ verdict }) => verdict))].join(", ");
    const fact = `${going.length} of ${countText(all.length, "recording")} would go (${grounds})`;
    return [{ fact, places: [folder], remedy: ["look whether the evidence covers this folder, or --allow-many"] }];
  });
}

function grouped(judged: readonly Judged[], by: (one: Judged) => string): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = by(one);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** What git could not give back. */
function unsaved(remove: readonly Judged[], { dirty, allowDirty }: PlanOptions): PlanRefusal[] {
  if (allowDirty) return [];
  return (["changed", "untracked"] as const).flatMap((state) => {
    const places = remove.map(({ candidate }) => candidate.path).filter((path) => dirty.get(path) === state);
    if (places.length === 0) return [];
    const have = places.length === 1 ? "has" : "have";
    const what = countText(places.length, "file");
    const fact =
      state === "changed"
        ? `${what} to go ${have} uncommitted changes`
        : `${what} to go ${places.length === 1 ? "is" : "are"} untracked by git`;
    return [{ fact, places, remedy: ["commit them first, or --allow-dirty"] }];
  });
}

import type { Kind } from "../recording/kinds.ts";
import { SCHEMES, schemesOf } from "../recording/names/schemes.ts";
import type { Fact } from "./rule.ts";

/** Which schemes recorders use now: of each kind the newest that is not younger than `date`. */
export interface Today {
  date: string;
  /** Where that comes from: `auto` is a guess, good enough for reports and for nothing else. */
  from: "option" | "configuration" | "auto";
  /** Why, for people. */
  why: string;
  /** How many names verify under each scheme, by its id; null counts those that verify under none. */
  counts: ReadonlyMap<string | null, number>;
}

/** The day from which a scheme was used: `http-2026-02-12` is of 2026-02-12. */
export const dateOf = (scheme: string): string => scheme.slice(-10);

/** The ids that `--scheme` takes: the schemes of inference requests, whose days the others share or fall between. */
export const SCHEME_IDS: readonly string[] = SCHEMES.map(({ id }) => id);

/** The id of the scheme that names requests of a kind today; undefined for a kind that none names. */
export function schemeFor(kind: Kind, { date }: Pick<Today, "date">): string | undefined {
  const schemes = schemesOf(kind);
  return (schemes.filter(({ id }) => dateOf(id) <= date).at(-1) ?? schemes[0])?.id;
}

/** Today as someone set it: `scheme` is the id of any scheme. */
export function todayFrom(scheme: string, from: "option" | "configuration", facts: Iterable<Fact>): Today {
  const why = from === "option" ? "--scheme" : "the configuration";
  return { date: dateOf(scheme), from, why: `set by ${why}`, counts: countsOf(facts) };
}

/**
 * Today as the names of a tree tell it: the newest scheme, unless most names verify under an older one
 * and not under the newest.
 */
export function guessToday(facts: readonly Fact[]): Today {
  const counts = countsOf(facts);
  const schemes = schemesOf("inference").map(({ id }) => id);
  const newest = schemes.at(-1) as string;
  const named = facts.filter(({ kind, verifies }) => kind === "inference" && verifies !== null);
  const outdated = named.filter(({ verifies }) => verifies?.includes(newest) === false);
  const older = (scheme: string): number => outdated.filter(({ verifies }) => verifies?.includes(scheme)).length;
  const best = schemes
    .slice(0, -1)
    .map((scheme) => ({ scheme, count: older(scheme) }))
    .reduce((a, b) => (b.count >= a.count ? b : a));
  if (best.count * 2 <= named.length) {
    const count = counts.get(newest) ?? 0;
    return {
      date: newest,
      from: "auto",
      why: named.length === 0 ? "the newest" : `the newest; ${count} of ${named.length} names verify under it`,
      counts,
    };
  }
  const why = `${best.count} of ${named.length} names verify under it and not under ${newest}`;
  return { date: best.scheme, from: "auto", why, counts };
}

function countsOf(facts: Iterable<Fact>): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  const add = (scheme: string | null): void => {
    counts.set(scheme, (counts.get(scheme) ?? 0) + 1);
  };
  for (const { verifies } of facts) {
    if (verifies?.length === 0) add(null);
    for (const scheme of verifies ?? []) add(scheme);
  }
  return counts;
}

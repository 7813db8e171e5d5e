import { sha256 } from "../recording/digest.ts";
import type { Left, Wish } from "./wish.ts";

/** One file's part in a plan, as people and machines read it; paths are as people see them. */
export interface PlanStep {
  type: "rename" | "rewrite" | "remove";
  path: string;
  /** The new path of a rename; of a removal the file that stays, which is the same. */
  to: string | null;
  why: string;
  /** What it takes to do it: absolute paths, the digest of the bytes that were seen, and the new bytes. */
  place: string;
  toPlace: string | null;
  before: string;
  after: Buffer | null;
}

/** What would be done, and what is left alone. */
export interface Plan {
  steps: readonly PlanStep[];
  left: readonly Left[];
}

/**
 * The digest of the file at an absolute path; null where nothing is, "" for what is there and no file of its
 * own (a link, a folder), or cannot be read: it is like no other.
 */
export type DigestAt = (place: string) => string | null;

/** What becomes of a wish: its file moves (or keeps its name), or falls away, being the same as another. */
type Outcome = Map<Wish, "granted" | "falls">;

/**
 * A plan that grants what wishes can have together. Of files that come out alike one stays and the others fall
 * away; files that come out under one name and differ are all left alone, and so is one whose new name is taken by another.
 * `rivals` are wishes of files that nobody chose: nothing is done to them, and no other is preferred to them.
 */
export function settle(
  wishes: readonly Wish[],
  left: readonly Left[],
  digestAt: DigestAt,
  rivals: readonly Wish[] = [],
): Plan {
  const contested = byTarget(rivals);
  const seen = new Map<string, string | null>();
  const digest = (place: string): string | null => {
    const known = seen.get(place);
    const found = known === undefined ? digestAt(place) : known;
    seen.set(place, found);
    return found;
  };
  const byPlace = new Map(wishes.map((wish) => [wish.place, wish]));
  const refused = new Map<Wish, Left>();
  // Refusing one leaves its old name taken, which may be what another counts on: all is asked anew until nothing changes.
  for (;;) {
    const before = refused.size;
    const outcome = granted(
      wishes.filter((wish) => !refused.has(wish)),
      byPlace,
      digest,
      refused,
      contested,
    );
    if (refused.size > before) continue;
    return {
      steps: [...outcome].map(([wish, what]) => (what === "falls" ? removal(wish) : stepOf(wish))).sort(byPath),
      left: [...left, ...refused.values()].sort(byPath),
    };
  }
}

/** What becomes of wishes where the refused files stay; more of them are refused on the way. */
function granted(
  wishes: readonly Wish[],
  byPlace: ReadonlyMap<string, Wish>,
  digest: DigestAt,
  refused: Map<Wish, Left>,
  contested: ReadonlyMap<string, readonly Wish[]>,
): Outcome {
  const outcome: Outcome = new Map(wishes.filter(({ to }) => to === null).map((wish) => [wish, "granted"]));
  const refuse = (wish: Wish, why: string, cause: string): void => {
    outcome.delete(wish);
    refused.set(wish, { path: wish.path, why, cause, to: targetPath(wish) });
  };
  /** The digest of what stays at a place; null where the name is free, or will be. */
  const staying = (place: string): string | null => {
    const wish = byPlace.get(place);
    if (!wish || refused.has(wish)) return digest(place);
    return wish.to === null ? endDigest(wish) : null;
  };
  for (const [place, group] of byTarget(wishes)) {
    const there = staying(place);
    const name = nameOf(place);
    const [first, ...others] = group;
    if (there !== null) {
      for (const wish of group) {
        if (endDigest(wish) === there) outcome.set(wish, "falls");
        else refuse(wish, `${name} is there already, and differs`, "another that differs has the name");
      }
      continue;
    }
    const rivals = [...others, ...(contested.get(place) ?? [])];
    const different = rivals.find((wish) => endDigest(wish) !== endDigest(first));
    for (const wish of group) {
      const other = wish === first ? different : first;
      if (!different) outcome.set(wish, wish === first ? "granted" : "falls");
      else
        refuse(
          wish,
          `${name} is also what ${other?.path} would be called, and they differ`,
          "one name for several that differ",
        );
    }
  }
  for (const wish of inCircles(outcome, byPlace)) {
    refuse(wish, `${nameOf(target(wish))} would be free only once that file has its name`, "names that go in a circle");
  }
  return outcome;
}

/** Files that wait for each other to free a name: no order of renames gives them theirs. */
function inCircles(outcome: Outcome, byPlace: ReadonlyMap<string, Wish>): Wish[] {
  const next = (wish: Wish | undefined): Wish | undefined =>
    wish && outcome.get(wish) === "granted" && wish.to !== null ? byPlace.get(target(wish)) : undefined;
  return [...outcome.keys()].filter((start) => {
    const walked = new Set<Wish>();
    for (let wish = next(start); wish && !walked.has(wish); wish = next(wish)) {
      if (wish === start) return true;
      walked.add(wish);
    }
    return false;
  });
}

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

const nameOf = (place: string): string => place.slice(place.lastIndexOf("/") + 1);

const withName = (path: string, name: string): string => path.slice(0, path.lastIndexOf("/") + 1) + name;

/** Where a wish ends up, absolute. */
const target = ({ place, to }: Wish): string => (to === null ? place : withName(place, to));

/** The same as people see it. */
const targetPath = ({ path, to }: Wish): string => (to === null ? path : withName(path, to));

const ends = new WeakMap<Buffer, string>();

/** The digest of what a wish's file holds in the end. */
function endDigest({ before, after }: Wish): string {
  if (!after) return before;
  const digest = ends.get(after) ?? sha256(after);
  ends.set(after, digest);
  return digest;
}

/** Wishes for another name by where they end up. */
function byTarget(wishes: Iterable<Wish>): Map<string, [Wish, ...Wish[]]> {
  const groups = new Map<string, [Wish, ...Wish[]]>();
  for (const wish of wishes) {
    if (wish.to === null) continue;
    const known = groups.get(target(wish));
    if (known) known.push(wish);
    else groups.set(target(wish), [wish]);
  }
  return groups;
}

function stepOf(wish: Wish): PlanStep {
  const { path, place, before, after, to, why } = wish;
  return {
    type: to === null ? "rewrite" : "rename",
    path,
    to: to === null ? null : targetPath(wish),
    why,
    place,
    toPlace: to === null ? null : target(wish),
    before,
    after,
  };
}

function removal(wish: Wish): PlanStep {
  const { path, place, before } = wish;
  const to = targetPath(wish);
  return { type: "remove", path, to, why: `the same as ${to}`, place, toPlace: null, before, after: null };
}

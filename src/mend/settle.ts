import { type Left, sha256, type Wish } from "./wish.ts";

/** One file's part in a plan, as people and machines read it; paths are as people see them. */
export interface PlanStep {
  type: "rename" | "rewrite" | "remove";
  path: string;
  /** For a rename: the new path. */
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

/** The digest of the file at an absolute path; null where there is none. Reads from the disk. */
export type DigestAt = (place: string) => string | null;

/**
 * A plan that grants what wishes can have together. Of files that come out alike one stays and the others fall
 * away; files that come out under one name and differ are all left alone, and so is one whose new name is taken by another.
 */
export function settle(wishes: readonly Wish[], left: readonly Left[], digestAt: DigestAt): Plan {
  const granted = new Map(wishes.map((wish) => [wish.place, wish]));
  const falling: Wish[] = [];
  const refused: Left[] = [];
  const refuse = (wish: Wish, other: string): void => {
    granted.delete(wish.place);
    const why = `${nameOf(target(wish))} is also what ${other} would be called, and they differ`;
    refused.push({ path: wish.path, why, cause: "two that differ would have one name" });
  };
  /** The digest of the file that stays at a place whatever is granted. */
  const staying = (place: string): string | null => (granted.get(place)?.to ? null : digestAt(place));
  // Refusing one leaves its old name taken, which may be what another wished for: until nothing changes.
  for (let before = -1; before !== granted.size; ) {
    before = granted.size;
    for (const [place, [first, ...others]] of byTarget(granted.values())) {
      const different = others.find((wish) => endDigest(wish) !== endDigest(first));
      if (different) {
        for (const wish of [first, ...others]) refuse(wish, wish === first ? different.path : first.path);
        continue;
      }
      const there = first.to === null ? null : staying(place);
      if (there !== null && there !== endDigest(first)) refuse(first, withName(first.path, nameOf(place)));
      for (const wish of there === endDigest(first) ? [first, ...others] : others) {
        granted.delete(wish.place);
        falling.push(wish);
      }
    }
  }
  const places = new Set([...granted.values()].map(target));
  const gone = falling.filter((wish) => {
    if (places.has(target(wish)) || staying(target(wish)) === endDigest(wish)) return true;
    refuse(wish, withName(wish.path, nameOf(target(wish))));
    return false;
  });
  return {
    steps: [...[...granted.values()].map(stepOf), ...gone.map(removal)].sort(byPath),
    left: [...left, ...refused].sort(byPath),
  };
}

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

const nameOf = (place: string): string => place.slice(place.lastIndexOf("/") + 1);

const withName = (path: string, name: string): string => path.slice(0, path.lastIndexOf("/") + 1) + name;

/** Where a wish ends up, absolute. */
const target = ({ place, to }: Wish): string => (to === null ? place : withName(place, to));

const endDigest = ({ before, after }: Wish): string => (after ? sha256(after) : before);

/** Wishes by where they end up; one that stays where it is stands first. */
function byTarget(wishes: Iterable<Wish>): Map<string, [Wish, ...Wish[]]> {
  const groups = new Map<string, [Wish, ...Wish[]]>();
  for (const wish of wishes) {
    const known = groups.get(target(wish));
    if (!known) groups.set(target(wish), [wish]);
    else if (wish.to === null) known.unshift(wish);
    else known.push(wish);
  }
  return groups;
}

function stepOf(wish: Wish): PlanStep {
  const { path, place, before, after, to, why } = wish;
  return {
    type: to === null ? "rewrite" : "rename",
    path,
    to: to === null ? null : withName(path, to),
    why,
    place,
    toPlace: to === null ? null : target(wish),
    before,
    after,
  };
}

function removal(wish: Wish): PlanStep {
  const { path, place, before } = wish;
  const why = `the same as ${withName(path, nameOf(target(wish)))}`;
  return { type: "remove", path, to: null, why, place, toPlace: null, before, after: null };
}

import { join } from "node:path";
import { placeholder } from "../compare/changes/placeholder.ts";
import { type Cluster, clustersOf } from "../compare/clusters.ts";
import type { ComparedPair, Looking } from "../compare/diff.ts";
import { pairUp } from "../compare/pairs/pair.ts";
import { Known, type Subject } from "../compare/pairs/subject.ts";
import type { Broken } from "../listing/entry.ts";
import { differenceOf } from "../store/sides/difference.ts";
import { sidesOf } from "../store/sides/index.ts";
import { movedTests } from "../store/sides/moved.ts";
import type { LeftOut, Side } from "../store/sides/side.ts";
import type { Context } from "./command.ts";
import { Reading, type Wants } from "./diff-reading.ts";
import { settingsOf } from "./settings.ts";

export interface DiffOptions extends Looking {
  staged: boolean;
  overlay: boolean;
  /** NEW, an overlay, was brought into OLD already: none of it comes before itself. */
  brought?: boolean;
  renames: readonly (readonly [old: string, now: string])[];
  /** Which recordings of the run are looked at. */
  wants: Wants;
}

/** What a run changed. */
export interface Diffed {
  old: string;
  now: string;
  pairs: ComparedPair[];
  clusters: Cluster[];
  added: Subject[];
  removed: Subject[];
  /** Indexes of the pairs whose predecessor still lies beside its successor. */
  superseded: number[];
  moved: { old: string; now: string }[];
  /** How many recordings that are not as they were nobody asked for. */
  unchosen: number;
  /** Files that are as they were. */
  same: number;
  broken: Broken[];
  leftOut: readonly LeftOut[];
  /** How many recordings of either side lie where the other has something that is not compared. */
  hidden: number;
  /** How many files of OLD are not in NEW, how many there are, and whether NEW is a folder that was not called an overlay. */
  missing: { count: number; of: number; inFolder: boolean };
}

/** Compares two sides: what the run wrote, what each came after, and what changed. Reads, and changes nothing. */
export async function diffed(args: readonly string[], options: DiffOptions, context: Context): Promise<Diffed> {
  const { io, cwd, recctl } = context;
  const { roots, folder } = await settingsOf(context);
  const below = roots.map((root) => join(folder, root));
  const named = await sidesOf(args, {
    staged: options.staged,
    cwd,
    env: io.env,
    recctl,
    ...(below.length > 0 ? { below } : {}),
  });
  const sides = options.brought ? { ...named, old: without(named.old, named.now) } : named;
  const difference = await differenceOf(sides.old, sides.now, io.breathe);
  const moved = await movedTests(sides.old, sides.now);
  const reading = new Reading(context, options.wants);
  const run = [...difference.added, ...difference.changed.map(([, now]) => now)];
  const known = new Known(placeholder);
  const nows = await reading.subjects(sides.now, run, known);
  const names = { renames: options.renames, moved };
  const olds = await reading.predecessors(sides, difference, nows, names, options.overlay, known);
  const here = new Set(sides.now.files.map(({ path }) => path));
  const pairing = pairUp(olds, nows, { ...names, lies: ({ path }) => here.has(path), overlay: options.overlay });
  // All are paired, then some are chosen: what others came after is no one's predecessor.
  const chosen = (subject: Subject): boolean => reading.chosen.has(subject);
  const pairs = await reading.pairs(
    pairing.pairs.filter(({ now }) => chosen(now)),
    sides,
    options,
  );
  const superseded = new Set(pairing.superseded.map(({ now }) => now));
  return {
    old: sides.old.title,
    now: sides.now.title,
    pairs,
    clusters: clustersIn(pairs),
    added: pairing.added.filter(chosen),
    removed: pairing.removed.filter(chosen),
    superseded: pairs.flatMap(({ now }, at) => (superseded.has(now) ? [at] : [])),
    moved: difference.moved.map(([old, now]) => ({ old: old.path, now: now.path })),
    unchosen: [...pairing.pairs.map(({ now }) => now), ...pairing.added, ...pairing.removed].filter(
      (one) => !chosen(one),
    ).length,
    same: difference.same,
    broken: reading.broken,
    leftOut: difference.leftOut,
    hidden: hiddenIn(difference.leftOut, [...sides.old.files, ...sides.now.files]),
    missing: {
      count: difference.removed.length,
      of: sides.old.files.length,
      inFolder: sides.now.origin.kind === "folder" && !options.overlay,
    },
  };
}

function hiddenIn(leftOut: readonly LeftOut[], files: readonly { path: string }[]): number {
  const paths = new Set(leftOut.map(({ path }) => path));
  const folders = [...paths].filter((path) => path.endsWith("/") && path !== "./");
  return files.filter(({ path }) => paths.has(path) || folders.some((folder) => path.startsWith(folder))).length;
}

/** A side as it was before all of another was brought in. */
function without(side: Side, brought: Side): Side {
  const here = new Set(brought.files.map(({ path }) => path));
  return { ...side, files: side.files.filter(({ path }) => !here.has(path)) };
}

/** The changes of pairs, each told once. */
export const clustersIn = (pairs: readonly ComparedPair[]): Cluster[] =>
  clustersOf(
    pairs.map(({ changes, now }) => ({ changes, testId: now.testId })),
    placeholder,
  );

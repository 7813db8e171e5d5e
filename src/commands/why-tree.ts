import { join } from "node:path";
import { UserError } from "../errors.ts";
import { sourcesOffDisk } from "../store/git/deleted.ts";
import { openGit } from "../store/git/open.ts";
import { kindAt } from "../store/paths.ts";
import { splitTestId } from "../usage/sources/testid.ts";
import type { Context } from "./command.ts";
import { testsNamed } from "./prune-selection.ts";
import { type Selection, select } from "./selection.ts";
import { sourcingOf } from "./sourcing.ts";
import { TestSources } from "./test-sources.ts";

/** The recordings that are there, and what test sources tell of their tests. */
export interface Tree {
  selection: Selection;
  /** Whether no such test is left; null where that cannot be told. */
  isGone(testId: string): boolean | null;
  /** The folder that a test's id is relative to, absolute; null where its file is nowhere. */
  topOf(testId: string): string | null;
  /** Whether a path is a file below a folder that test ids are relative to; a guess until `settle` says false. */
  isFile(path: string): boolean;
  settle(): Promise<boolean>;
}

/** Looks for recordings and tests once, when they are first asked for. */
export function treeOf(context: Context): () => Promise<Tree> {
  let tree: Promise<Tree> | undefined;
  return () => {
    tree ??= found(context);
    return tree;
  };
}

/** The top of the repository, and test files that git knows and the disk has lost; nothing where git cannot tell. */
async function askGit({ cwd, io }: Context): Promise<{ top: string[]; offDisk: ReadonlySet<string> }> {
  try {
    const git = await openGit(cwd, io.env);
    if (git) return { top: [git.root], offDisk: await sourcesOffDisk(git) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return { top: [], offDisk: new Set() };
}

async function found(context: Context): Promise<Tree> {
  const selection = await select([], {}, context);
  const named = testsNamed(selection, context);
  const sources = new TestSources(context);
  const sourcing = await sourcingOf(named, sources);
  const states = new Map<string, boolean | null>();
  for (const { place, testId } of named) {
    const sourced = sourcing.sourced({ place: `${place}/x`, testId });
    const state = sourced && "resolved" in sourced ? sourced.resolved.state : "unknown";
    const isGone = state === "unknown" ? null : state === "gone";
    // A test that is there anywhere is not gone.
    const before = states.get(testId);
    states.set(testId, before === undefined || isGone === false ? isGone : before === true ? isGone : before);
  }
  const { top, offDisk } = await askGit(context);
  const tops = [...new Set([...sourcing.tops, context.cwd, ...top])];
  for (const [testId, isGone] of states) {
    const split = splitTestId(testId);
    if (isGone !== false || "why" in split) continue;
    // A file that was moved and not staged is in git's index still.
    const places = tops.map((top) => join(top, split.file));
    if (places.some((place) => offDisk.has(place)) && topOf(testId) === null) states.set(testId, true);
  }
  function topOf(testId: string): string | null {
    const split = splitTestId(testId);
    if ("why" in split) return null;
    return tops.find((top) => kindAt({ cwd: top }, split.file) === "file") ?? null;
  }
  return {
    selection,
    isGone: (testId) => states.get(testId) ?? null,
    topOf,
    isFile: (path) => sourcing.isFile(path) || tops.some((one) => kindAt({ cwd: one }, path) === "file"),
    settle: () => sources.settle(),
  };
}

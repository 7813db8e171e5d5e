import { UserError } from "../../errors.ts";
import { gitFailure, lacksObjects } from "./failure.ts";
import type { Git } from "./open.ts";
import { runGit } from "./run.ts";
import { SUBMODULE } from "./staged.ts";

/** A file as a tree or the index has it. */
export interface Listed {
  /** From the top of the work tree, as git writes it. */
  key: string;
  mode: string;
  oid: string;
}

/** A file as the index has it. */
export interface Indexed extends Listed {
  /** It was merged, and nobody has settled what it is. */
  conflict: boolean;
  /** A sparse checkout leaves it out: that it is not on the disk says nothing. */
  skipped: boolean;
  /** Git was told not to look at it on the disk (skipped, or `--assume-unchanged`): what it says of it there is no answer. */
  unwatched: boolean;
}

/** All files of a commit below folders (from the top; none: all). @throws UserError where git does not have them */
export async function filesOfCommit(git: Git, commit: string, below: readonly string[]): Promise<Listed[]> {
  const asked = ["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", ...below];
  return (await fields(git, asked)).flatMap((record) => {
    const tab = record.indexOf("\t");
    const [mode = "", , oid = ""] = record.slice(0, tab).split(" ");
    return mode === SUBMODULE ? [] : [{ key: record.slice(tab + 1), mode, oid }];
  });
}

/** All files of the index that pathspecs match, each once. */
export async function filesOfIndex(git: Git, pathspecs: readonly string[]): Promise<Indexed[]> {
  const files = new Map<string, Indexed>();
  for (const record of await fields(git, ["ls-files", "--stage", "-v", "-z", "--", ...pathspecs])) {
    const tab = record.indexOf("\t");
    const [tag = "", mode = "", oid = "", stage] = record.slice(0, tab).split(" ");
    if (mode === SUBMODULE) continue;
    const key = record.slice(tab + 1);
    const skipped = /s/i.test(tag);
    // A file in conflict is listed for each side.
    files.set(key, { key, mode, oid, conflict: stage !== "0", skipped, unwatched: skipped || /[a-z]/.test(tag) });
  }
  return [...files.values()];
}

/** How a file on the disk differs from the index: git's letter, and the mode it has now. */
export interface Touched {
  /** `A` of one that was only meant to be added; `M`, `D`, `T`, `U`. */
  letter: string;
  mode: string;
}

/**
 * What of the index the disk has otherwise, by key. It is `git diff` that is asked: what comes before it (`diff-files`) takes
 * a file whose times have changed for another one, where this looks into it.
 */
export async function touchedFiles(git: Git, pathspecs: readonly string[]): Promise<Map<string, Touched>> {
  const asked = [
    "--raw",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--ignore-submodules=all",
    "--ita-invisible-in-index",
  ];
  const records = await fields(git, ["-c", "diff.autoRefreshIndex=true", "diff", ...asked, "--", ...pathspecs]);
  const touched = new Map<string, Touched>();
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [, mode = "", , , letter = ""] = (records[at] as string).split(" ");
    touched.set(records[at + 1] as string, { letter: letter.slice(0, 1), mode });
  }
  return touched;
}

/** What git listed, parted at NUL. */
async function fields(git: Git, args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, code } = await runGit(git.realRoot, git.env, args);
  if (code === 0) return stdout.toString().split("\0").slice(0, -1);
  if (!lacksObjects(stderr)) throw gitFailure(stderr, git.root);
  throw new UserError("this clone is partial, and does not have what is to be compared", {
    place: git.root,
    remedy: FETCH_ALL,
  });
}

/** Brings what a partial clone left on its server. */
export const FETCH_ALL = "git fetch --refetch --no-filter";

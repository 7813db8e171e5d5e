import { UsageError, UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import { type Git, openGit, pathInGit } from "../git/open.ts";
import { hasFolder, headOf } from "../git/revisions.ts";
import type { Env } from "../git/run.ts";
import { indexSide, revisionSide } from "./from-git.ts";
import { type Named, type Naming, nameSide, repositoryFor } from "./naming.ts";
import { folderSide, workTreeSide } from "./on-disk.ts";
import { rangeOf } from "./range.ts";
import { Scope } from "./scope.ts";
import type { Side } from "./side.ts";

export interface SidesOptions {
  /** What will be committed is the new side, not the working tree. */
  staged: boolean;
  /** Absolute: the folder that is compared, and that names are taken from. */
  cwd: string;
  env: Env;
  /** Folders (absolute) to look in where a revision is compared: the configured roots. Without: all below `cwd`. */
  below?: readonly string[];
  /** How commands that are suggested begin. */
  recctl?: string;
}

/** The two sides of a comparison. */
export interface Sides {
  old: Side;
  now: Side;
}

/**
 * The sides that words name: none (HEAD and the working tree), `REV` (and the working tree), `A..B`, `A...B` (from where
 * they parted), or two of which each is a folder or a revision. A folder beside a revision that has it too is compared
 * with that folder there; beside any other, with the folder that recctl runs in.
 * @throws UserError for a name that leads nowhere or to two things, and where git fails
 */
export async function sidesOf(args: readonly string[], options: SidesOptions): Promise<Sides> {
  const { cwd, env, staged, recctl = "recctl" } = options;
  if (args.length > 2) throw usage(`diff compares two, not ${args.length}`, `${recctl} diff --help`);
  const git = await openGit(cwd, env).catch((error: unknown) => {
    // Two folders need no git.
    if (error instanceof UserError) return error;
    throw error;
  });
  const naming: Naming = { cwd, git, recctl };
  const [one, other] = args;
  const scopeIn = (own: Git): Scope => Scope.of(own, cwd, options.below ?? [cwd]);
  if (one !== undefined && other !== undefined) {
    if (staged)
      throw usage("--staged compares one revision with the index", `${recctl} diff --staged ${forShell(one)}`);
    return twoSides(await nameSide(one, naming), await nameSide(other, naming), scopeIn);
  }
  const range = one === undefined ? null : await rangeOf(one, naming);
  if (range && staged) throw usage("--staged compares one revision with the index", `${recctl} diff --staged`);
  if (range) return bothSides(range.map((side) => revisionSide(side.title, side.commit, scopeIn(side.git))));
  const own = one === undefined ? null : await nameSide(one, naming);
  if (own !== null && "folder" in own) throw loneFolder(own.typed, recctl);
  const where = repositoryFor(naming);
  const scope = scopeIn(where);
  const commit = own === null ? await headOf(where) : own.commit;
  return bothSides([
    revisionSide(own?.typed ?? "HEAD", commit, scope),
    staged ? indexSide(scope) : workTreeSide(scope),
  ]);
}

const usage = (fact: string, remedy: string): UsageError => new UsageError(fact, { remedy });

const loneFolder = (typed: string, recctl: string): UsageError =>
  new UsageError(`one folder alone is compared with nothing: ${typed}`, {
    remedy: [
      `${recctl} diff HEAD ${forShell(typed)}   # the last commit, and what lies there now`,
      `${recctl} diff OLD ${forShell(typed)}`,
    ],
  });

async function bothSides(sides: readonly Promise<Side>[]): Promise<Sides> {
  const [old, now] = await Promise.all(sides);
  return { old: old as Side, now: now as Side };
}

async function twoSides(one: Named, other: Named, scopeIn: (git: Git) => Scope): Promise<Sides> {
  return bothSides([sideBeside(one, other, scopeIn), sideBeside(other, one, scopeIn)]);
}

/** The side that a name leads to, where the other one leads to `beside`. */
async function sideBeside(named: Named, beside: Named, scopeIn: (git: Git) => Scope): Promise<Side> {
  if ("folder" in named) {
    const scope = await sharedScope(named.folder, beside);
    return scope ? { ...(await workTreeSide(scope)), title: named.typed } : folderSide(named.typed, named.folder);
  }
  const scope = "folder" in beside ? await sharedScope(beside.folder, named) : null;
  return revisionSide(named.typed, named.commit, scope ?? scopeIn(named.git));
}

/** What is compared of a folder of the work tree and a revision that has it too; null for all else. */
async function sharedScope(folder: string, revision: Named): Promise<Scope | null> {
  if ("folder" in revision || revision.commit === null) return null;
  const { git, commit } = revision;
  const key = pathInGit(git, folder);
  return key !== null && (await hasFolder(git, commit, key)) ? Scope.ofFolder(git, folder) : null;
}

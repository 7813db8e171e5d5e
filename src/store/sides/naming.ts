import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import { nearest } from "../../text/nearest.ts";
import type { Git } from "../git/open.ts";
import { commitOf, headOf, namesOfCommits, wholeNameOf } from "../git/revisions.ts";
import { absolute, kindAt } from "../paths.ts";

/** Where names are looked up. */
export interface Naming {
  /** Absolute. */
  cwd: string;
  /** The repository around it; null for none, or why git could not tell. */
  git: Git | null | UserError;
  /** How commands that are suggested begin. */
  recctl: string;
}

/** What a name leads to: a folder (absolute), or a commit; null for HEAD before the first one. */
export type Named = { typed: string } & ({ folder: string } | { commit: string | null; git: Git });

/** What can be nothing but a path. */
const isPath = (typed: string): boolean => /^(?:\/|\.\.?(?:\/|$))/.test(typed);

/** What one word names. @throws UserError where it names nothing, or a folder and a revision */
export async function nameSide(typed: string, naming: Naming): Promise<Named> {
  const isFolder = kindAt(naming, typed) === "folder" && typed !== "";
  const folder = { typed, folder: absolute(naming, typed) };
  if (isPath(typed)) {
    if (isFolder) return folder;
    throw notAFolder(typed, naming);
  }
  const { git } = naming;
  const asked = git !== null && !(git instanceof UserError);
  const commit = asked ? await commitOf(git, typed) : null;
  if (isFolder && commit !== null && asked) throw ambiguous(typed, await wholeNameOf(git, typed), naming);
  if (isFolder) return folder;
  if (git instanceof UserError) throw git;
  if (git === null) throw notAFolder(typed, naming, "no such folder, and not in a git repository for a revision");
  if (commit !== null) return { typed, commit, git };
  if (typed === "HEAD" && (await headOf(git)) === null) return { typed, commit: null, git };
  throw await unknown(typed, git, naming);
}

/** A revision alone, as it stands in `A..B`. @throws UserError where it names none */
export async function nameRevision(typed: string, naming: Naming): Promise<{ commit: string; git: Git }> {
  const git = repositoryFor(naming);
  const commit = await commitOf(git, typed);
  if (commit === null) throw await unknown(typed, git, naming);
  return { commit, git };
}

/** The repository that is needed. @throws UserError where there is none */
export function repositoryFor({ git, cwd, recctl }: Naming): Git {
  if (git instanceof UserError) throw git;
  if (git !== null) return git;
  throw new UserError("not in a git repository: two folders can be compared", {
    place: cwd,
    remedy: `${recctl} diff OLD NEW`,
  });
}

/** A name that leads to a folder as well. */
export const ambiguous = (typed: string, whole: string, { recctl }: Naming): UserError =>
  new UserError(`both a folder and a revision are called ${typed}`, {
    remedy: [
      `${recctl} diff ${forShell(`./${typed}`)}   # the folder`,
      `${recctl} diff ${forShell(whole)}   # the revision`,
    ],
  });

function notAFolder(typed: string, naming: Naming, fact = "no such folder"): UserError {
  const isFile = kindAt(naming, typed) === "file";
  return new UserError(`${isFile ? "a file, where a folder or a revision is compared" : fact}: ${typed}`, {
    place: naming.cwd,
    remedy: `${naming.recctl} diff --help`,
  });
}

async function unknown(typed: string, git: Git, naming: Naming): Promise<UserError> {
  if (kindAt(naming, typed) === "file") return notAFolder(typed, naming);
  const near = nearest(typed, await namesOfCommits(git));
  return new UserError(`no folder and no revision is called ${typed === "" ? "“”" : typed}`, {
    place: naming.cwd,
    remedy: [
      ...(git.shallow ? ["git fetch --unshallow   # this clone has no older commits"] : []),
      ...near.map((name) => `${naming.recctl} diff ${forShell(name)}`),
      ...(near.length === 0 && !git.shallow ? ["git log --oneline --decorate"] : []),
    ],
  });
}

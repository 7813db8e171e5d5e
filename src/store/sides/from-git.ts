import { blobDigest } from "../../recording/digest.ts";
import { filesOfCommit, filesOfIndex, type Indexed, touchedFiles } from "../git/listing.ts";
import type { Git } from "../git/open.ts";
import { LINK } from "../git/staged.ts";
import { readFromGit } from "./reading.ts";
import type { Scope } from "./scope.ts";
import { A_LINK, byPath, type LeftOut, type Side, type SideFile } from "./side.ts";

/** What is told of a file that a merge has left in conflict. */
const IN_CONFLICT: Omit<LeftOut, "path"> = {
  message: "in conflict: the index has several texts of it",
  remedy: "git status",
};

/** The recordings of a commit; null for HEAD before the first one. */
export async function revisionSide(title: string, commit: string | null, scope: Scope): Promise<Side> {
  const { folders, git } = scope;
  const files: SideFile[] = [];
  const leftOut: LeftOut[] = [];
  const listed = commit === null || folders === null ? [] : await filesOfCommit(git, commit, folders);
  for (const { key, mode, oid } of listed) {
    if (!scope.holds(key)) continue;
    if (mode === LINK) leftOut.push({ path: scope.pathOf(key), message: A_LINK });
    else files.push(fileInGit(scope, key, oid));
  }
  return fromGit(title, { kind: "revision", git, commit }, files, leftOut);
}

/** The recordings of git's index: what the next commit will have. */
export async function indexSide(scope: Scope): Promise<Side> {
  const { pathspecs, git } = scope;
  const files: SideFile[] = [];
  const leftOut: LeftOut[] = [];
  const listed = pathspecs === null ? [] : await filesOfIndex(git, pathspecs);
  const indexed = listed.filter(({ key }) => scope.holds(key));
  const meant = await onlyMeant(git, indexed, pathspecs ?? []);
  for (const { key, mode, oid, conflict } of indexed) {
    if (meant(key)) continue;
    if (conflict) leftOut.push({ path: scope.pathOf(key), ...IN_CONFLICT });
    else if (mode === LINK) leftOut.push({ path: scope.pathOf(key), message: A_LINK });
    else files.push(fileInGit(scope, key, oid));
  }
  return fromGit("git's index", { kind: "index", git }, files, leftOut);
}

/** A file of which git has the text. */
export const fileInGit = (scope: Scope, key: string, oid: string): SideFile => ({
  path: scope.pathOf(key),
  key,
  size: null,
  digest: oid,
});

/** Tells what `git add -N` has put into the index: it is listed as if it were empty, and no commit will have it. */
async function onlyMeant(
  git: Git,
  files: readonly Indexed[],
  pathspecs: readonly string[],
): Promise<(key: string) => boolean> {
  // No recording is empty: mostly there is nothing to ask.
  if (!files.some(({ oid }) => oid === blobDigest(Buffer.alloc(0), oid.length))) return () => false;
  const touched = await touchedFiles(git, pathspecs);
  return (key) => touched.get(key)?.letter === "A";
}

function fromGit(title: string, origin: Side["origin"] & { git: Git }, files: SideFile[], leftOut: LeftOut[]): Side {
  return {
    title,
    origin,
    files: byPath(files),
    leftOut: byPath(leftOut),
    read: (some, take) => readFromGit(origin.git, some, take),
  };
}

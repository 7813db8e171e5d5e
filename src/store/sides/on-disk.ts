import { lstatSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { find } from "../find.ts";
import { filesOfIndex, touchedFiles } from "../git/listing.ts";
import { pathFromGit } from "../git/open.ts";
import { LINK } from "../git/staged.ts";
import { fileInGit } from "./from-git.ts";
import { readFromDisk, readFromGit } from "./reading.ts";
import type { Scope } from "./scope.ts";
import { A_LINK, byPath, type LeftOut, type Side, type SideFile } from "./side.ts";

/**
 * The recordings of the working tree: all that lies there, untracked and ignored files too, for the recorder knows no
 * `.gitignore`. Git knows the text of those that are as the index has them, and they are not read. What a sparse checkout
 * leaves out is there as the index has it.
 */
export async function workTreeSide(scope: Scope): Promise<Side> {
  const { git, pathspecs } = scope;
  const [indexed, touched, { keys, leftOut }] = await Promise.all([
    pathspecs === null ? [] : filesOfIndex(git, pathspecs),
    pathspecs === null ? new Map<string, never>() : touchedFiles(git, pathspecs),
    scope.walk(),
  ]);
  const known = new Map(indexed.map((entry) => [entry.key, entry]));
  const files: SideFile[] = [];
  for (const key of keys) {
    const entry = known.get(key);
    const path = scope.pathOf(key);
    if (!entry || entry.conflict || entry.unwatched || touched.has(key))
      look(pathFromGit(git, key), path, key, files, leftOut);
    else if (entry.mode === LINK) leftOut.push({ path, message: A_LINK });
    else files.push(fileInGit(scope, key, entry.oid));
  }
  const onDisk = new Set(keys);
  const skipped = new Set<SideFile>();
  for (const { key, oid, mode, skipped: isSkipped } of indexed) {
    if (!isSkipped || mode === LINK || onDisk.has(key) || !scope.holds(key)) continue;
    const file = fileInGit(scope, key, oid);
    skipped.add(file);
    files.push(file);
  }
  return {
    title: "the working tree",
    origin: { kind: "work tree", git },
    files: byPath(files),
    leftOut: byPath(leftOut),
    read: async (some, take) => {
      const lying = some.filter((file) => !skipped.has(file));
      await readFromDisk(git.root, lying, take);
      const rest = some.filter((file) => skipped.has(file));
      if (rest.length > 0) await readFromGit(git, rest, take);
    },
  };
}

/** The recordings of a folder, whether or not a repository is around it; which files these are, is as where it is listed. */
export async function folderSide(title: string, place: string): Promise<Side> {
  const { folders, unreadable } = await find({ cwd: place }, ["."], false);
  const files: SideFile[] = [];
  const leftOut: LeftOut[] = unreadable.map(({ path, message }) => ({
    path: `${path}/`,
    message: `a folder that cannot be read: ${message}`,
  }));
  for (const { path: folder, names } of folders) {
    const below = relative(place, folder).split(sep).join("/");
    for (const name of names) {
      const path = below === "" ? name : `${below}/${name}`;
      look(join(folder, name), path, path, files, leftOut);
    }
  }
  return {
    title,
    origin: { kind: "folder", place },
    files: byPath(files),
    leftOut: byPath(leftOut),
    read: (some, take) => readFromDisk(place, some, take),
  };
}

/** Puts what lies on the disk where it belongs. */
function look(place: string, path: string, key: string, files: SideFile[], leftOut: LeftOut[]): void {
  try {
    const stat = lstatSync(place, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isFile()) files.push({ path, key, size: stat.size, digest: null });
    else if (stat.isSymbolicLink()) leftOut.push({ path, message: A_LINK });
    else leftOut.push({ path, message: stat.isDirectory() ? "a folder, not a file" : "not a regular file" });
  } catch {
    // It is there, and may not be looked at: reading it tells why.
    files.push({ path, key, size: null, digest: null });
  }
}

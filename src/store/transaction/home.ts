import { statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Ports } from "./change.ts";
import { DISK, type Disk, isGone, isTaken } from "./disk.ts";
import { replaceFile, syncFolder } from "./files.ts";

/** Where the journals of a tree lie. */
export interface Home {
  /** `recctl` in the git directory, else `.recctl`; absolute; it need not be there yet. */
  dir: string;
  /** What paths in journals are relative to, so that a tree may be moved or copied with them. */
  root: string;
  inGit: boolean;
}

export const journals = (home: Home): string => join(home.dir, "transactions");

/** The home of the git repository around `cwd` (each worktree and submodule has its own), else of `cwd` itself. */
export function homeOf({ cwd, disk = DISK }: Pick<Ports, "cwd" | "disk">): Home {
  for (let root = cwd; ; root = dirname(root)) {
    const git = gitDirectory(disk, root);
    if (git !== null) return { dir: join(git, "recctl"), root, inGit: true };
    if (dirname(root) === root) return { dir: join(cwd, ".recctl"), root: cwd, inGit: false };
  }
}

/** The git directory of a repository whose root is `folder`; null where it is none, or leads nowhere. */
function gitDirectory(disk: Disk, folder: string): string | null {
  const path = join(folder, ".git");
  if (isFolder(path)) return path;
  if (!disk.lstat(path)?.isFile()) return null;
  // Worktrees and submodules: a file that says where it is.
  const found = /^gitdir: (.+?)\r?\n?$/s.exec(disk.read(path).toString());
  const target = found ? resolve(folder, found[1] as string) : null;
  return target !== null && isFolder(target) ? target : null;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * A path that a journal under this home may not name. A `.recctl` may have come with a tree from anywhere:
 * it has a say in that tree alone. What is in a git directory its owner put there.
 */
export function outside(disk: Disk, home: Home, paths: readonly string[]): string | undefined {
  if (home.inGit) return undefined;
  const root = realOf(disk, home.root);
  const known = new Map<string, boolean>();
  return paths.find((path) => {
    const folder = dirname(path);
    const inside = known.get(folder) ?? isBelow(root, realOf(disk, folder));
    known.set(folder, inside);
    return !inside;
  });
}

const isBelow = (root: string, folder: string): boolean => {
  const way = relative(root, folder);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** Without links to folders; of a folder that is gone, what is left of it. */
function realOf(disk: Disk, folder: string): string {
  try {
    return disk.real(folder);
  } catch (error) {
    if (!isGone(error)) throw error;
    return dirname(folder) === folder ? folder : join(realOf(disk, dirname(folder)), basename(folder));
  }
}

function hide(disk: Disk, folder: string): void {
  try {
    replaceFile(disk, folder, ".gitignore", "*\n");
  } catch (error) {
    // Another process that makes the same home came in between.
    if (!isTaken(error) && !isGone(error)) throw error;
  }
}

/** Makes the home; outside a git directory, one that git does not see. */
export function makeHome(disk: Disk, home: Home): void {
  if (disk.lstat(journals(home))) return;
  disk.mkdir(home.dir);
  if (!home.inGit) hide(disk, home.dir);
  disk.mkdir(journals(home));
  for (const folder of [home.dir, dirname(home.dir)]) syncFolder(disk, folder);
}

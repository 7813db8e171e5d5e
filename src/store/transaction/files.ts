import type { BigIntStats } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../recording/digest.ts";
import { cannotLink, type Disk, isGone } from "./disk.ts";

/** Of no bytes: a name that was claimed and not filled yet. */
export const EMPTY = sha256(new Uint8Array());

/** What is at a path, links not followed. */
export type Seen =
  | { kind: "nothing" | "link" | "folder" | "special file" }
  | { kind: "file"; hash: string; stat: BigIntStats };

export function lookAt(disk: Disk, path: string): Seen {
  const stat = disk.lstat(path);
  if (!stat) return { kind: "nothing" };
  const other = otherThanFile(stat);
  return other === null ? { kind: "file", hash: sha256(disk.read(path)), stat } : { kind: other };
}

/** Why no file can be written at a path, by what stands there; null where nothing does, or a file. */
export function inTheWay(disk: Disk, path: string): string | null {
  const stat = disk.lstat(path);
  const other = stat ? otherThanFile(stat) : null;
  return other && `a ${other} stands where a file is to be written`;
}

function otherThanFile(stat: BigIntStats): "link" | "folder" | "special file" | null {
  if (stat.isSymbolicLink()) return "link";
  if (stat.isDirectory()) return "folder";
  return stat.isFile() ? null : "special file";
}

/** A name beside `path` that no list of recordings shows, short enough for every file system. */
export const temporaryBeside = (path: string, id: string, step: number): string =>
  join(dirname(path), `.recctl-${id}-${step}.tmp`);

/**
 * Writes a file that must not be there yet, and waits until the disk has it. `as`: whose mode and owner it gets;
 * `original`: the file that it is a copy of, and gets the times of, too.
 */
export function writeNew(disk: Disk, path: string, bytes: Uint8Array, as?: BigIntStats, original?: string): void {
  const fd = disk.create(path);
  try {
    disk.write(fd, bytes);
    if (as) {
      try {
        disk.chown(fd, Number(as.uid), Number(as.gid));
      } catch (error) {
        // Only root may give files away; the mode is what counts.
        if (!cannotLink(error)) throw error;
      }
      disk.chmod(fd, Number(as.mode & 0o7777n));
    }
    if (original !== undefined) keepTimes(disk, original, path);
    disk.sync(fd);
  } finally {
    disk.close(fd);
  }
}

/** A file system that keeps no times, or not for this user, keeps none of a copy either. */
function keepTimes(disk: Disk, from: string, to: string): void {
  try {
    disk.times(from, to);
  } catch (error) {
    if (!cannotLink(error)) throw error;
  }
}

/** Gives a file another name, or a copy where it can have none. `to` must be free. The disk has a copy then, a name may wait. */
export function linkOrCopy(disk: Disk, from: string, to: string): void {
  try {
    disk.link(from, to);
  } catch (error) {
    if (!cannotLink(error)) throw error;
    writeNew(disk, to, disk.read(from), disk.lstat(from) ?? undefined, from);
  }
}

/** Moves a file to a name that must be free: EEXIST where it is not, whoever took it and whenever. */
export function moveToFree(disk: Disk, from: string, to: string): void {
  try {
    disk.link(from, to);
  } catch (error) {
    if (!cannotLink(error)) throw error;
    // An empty file claims the name; renaming onto it is one step again.
    disk.close(disk.create(to));
    disk.rename(from, to);
    return;
  }
  disk.unlink(from);
}

/** Removes a file that may be gone already. */
export function discard(disk: Disk, path: string): void {
  try {
    disk.unlink(path);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Waits until the disk has a file. */
export function syncPath(disk: Disk, path: string): void {
  const fd = disk.open(path);
  try {
    disk.sync(fd);
  } finally {
    disk.close(fd);
  }
}

/** File systems that cannot do this for folders say so in several ways. */
const UNSYNCED: ReadonlySet<string | undefined> = new Set(["EINVAL", "EISDIR", "EPERM", "EACCES", "EBADF", "ENOTSUP"]);

/** Waits until the names in a folder are on the disk, where that can be had. */
export function syncFolder(disk: Disk, folder: string): void {
  try {
    syncPath(disk, folder);
  } catch (error) {
    if (!UNSYNCED.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}

/** Makes a folder that is gone, with those above it. */
export function makeFolder(disk: Disk, folder: string): void {
  if (disk.lstat(folder)) return;
  makeFolder(disk, dirname(folder));
  disk.mkdir(folder);
  syncFolder(disk, dirname(folder));
}

/** Puts a small file in place in one step, whether or not one is there. */
export function replaceFile(disk: Disk, folder: string, name: string, text: string): void {
  const fresh = join(folder, `${name}.new`);
  discard(disk, fresh);
  writeNew(disk, fresh, Buffer.from(text));
  disk.rename(fresh, join(folder, name));
  syncFolder(disk, folder);
}

import { spawnSync } from "node:child_process";
import {
  accessSync,
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { makeFolders } from "../folders.ts";

/**
 * All that a transaction does to the disk, a call at a time: tests stop it before each of them. Every
 * function throws what node:fs throws.
 */
export interface Disk {
  /** Null where nothing is. */
  lstat(path: string): BigIntStats | null;
  read(path: string): Buffer;
  /** Names; none where there is no such folder. */
  list(folder: string): string[];
  real(folder: string): string;
  /** Throws unless files may be made and removed in the folder. */
  mayChange(folder: string): void;
  mkdir(folder: string): void;
  /** A file that must not be there yet, for its owner alone until `own` says otherwise. Gives its descriptor. */
  create(path: string): number;
  /** For `sync` alone. */
  open(path: string): number;
  write(fd: number, bytes: Uint8Array): void;
  /** Behind what is there, or as a new file; the disk has it then. */
  append(path: string, bytes: Uint8Array): void;
  chown(fd: number, uid: number, gid: number): void;
  chmod(fd: number, mode: number): void;
  /** Gives a file the times of another, to the nanosecond where that can be had. */
  times(from: string, to: string): void;
  sync(fd: number): void;
  close(fd: number): void;
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  /** A folder with all that is in it. */
  removeAll(folder: string): void;
}

export const DISK: Disk = {
  lstat: (path) => {
    try {
      return lstatSync(path, { bigint: true });
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  },
  read: (path) => readFileSync(path),
  list: (folder) => {
    try {
      return readdirSync(folder);
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  },
  real: (folder) => realpathSync(folder),
  mayChange: (folder) => accessSync(folder, constants.W_OK | constants.X_OK),
  mkdir: (folder) => makeFolders(folder),
  create: (path) => openSync(path, "wx", 0o600),
  open: (path) => openSync(path, "r"),
  write: (fd, bytes) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  },
  append: (path, bytes) => {
    const fd = openSync(path, "a", 0o600);
    try {
      DISK.write(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  },
  chown: fchownSync,
  chmod: fchmodSync,
  times: sameTimes,
  sync: fsyncSync,
  close: closeSync,
  link: linkSync,
  rename: renameSync,
  unlink: unlinkSync,
  removeAll: (folder) => rmSync(folder, { recursive: true, force: true }),
};

const mtimeAt = (path: string): bigint => lstatSync(path, { bigint: true }).mtimeNs;

/** Node tells nanoseconds and sets microseconds; `touch` knows how to set what is left. */
function sameTimes(from: string, to: string): void {
  const { atimeNs, mtimeNs } = lstatSync(from, { bigint: true });
  utimesSync(to, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
  if (mtimeAt(to) !== mtimeNs) spawnSync("touch", ["-r", from, to], { stdio: "ignore" });
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** Whether what was asked for is not there. */
export const isGone = (error: unknown): boolean => ["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "");

/** Whether something stands where nothing should. */
export const isTaken = (error: unknown): boolean => codeOf(error) === "EEXIST";

const UNLINKABLE: ReadonlySet<string | undefined> = new Set([
  "EXDEV",
  "EPERM",
  "EACCES",
  "EMLINK",
  "ENOSYS",
  "ENOTSUP",
  "EOPNOTSUPP",
]);

/** Whether a hard link cannot be made here, by the kind of file system or its rules; a copy may be. */
export const cannotLink = (error: unknown): boolean => UNLINKABLE.has(codeOf(error));

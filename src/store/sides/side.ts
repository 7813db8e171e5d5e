import type { Flaw } from "../../recording/document.ts";
import type { Git } from "../git/open.ts";

/** A recording of a side, unread. */
export interface SideFile {
  /** From the side's root, with `/`: a recording has the same path on both sides. */
  path: string;
  /** From the top of the repository (in `REV:KEY` git knows it by that), or of the folder. */
  key: string;
  /** In bytes, as it lies on the disk; null where that was not asked. */
  size: number | null;
  /** What git calls its text by, the id of a blob; null where it must be read to be known. */
  digest: string | null;
}

/** What stands where a recording could, and is not compared: a link, a file in conflict, a folder that cannot be read. */
export interface LeftOut {
  /** As paths of the side; of a folder, whose files are all left out, with a slash at its end (`./` is the side's root). */
  path: string;
  message: string;
  /** What to type next, where there is something. */
  remedy?: string;
}

/**
 * What reading a recording gave: bytes that are good until `take` is done with them, or why there are none. Where Git LFS has
 * the recording, what lies in its place is the `pointer`.
 */
export type Got = { bytes: Buffer } | { flaw: Flaw; pointer?: Buffer };

/** Is given each file once; the next one is not read before it is done. */
export type Take = (file: SideFile, got: Got) => void | Promise<void>;

/** Where a side comes from. A revision without a commit is HEAD before the first one: it has no files. */
export type Origin =
  | { kind: "folder"; place: string }
  | { kind: "revision"; git: Git; commit: string | null }
  | { kind: "index"; git: Git }
  | { kind: "work tree"; git: Git };

/** One side of a comparison. */
export interface Side {
  /** As people call it: `main`, `git's index`, `the working tree`, a folder as it was typed. */
  title: string;
  origin: Origin;
  /** In the order of their paths. */
  files: readonly SideFile[];
  leftOut: readonly LeftOut[];
  /**
   * Reads some of the files, one after another and one at a time, in no particular order. What cannot be had (gone, no
   * longer readable, missing in this clone, in Git LFS) is told as a flaw.
   * @throws UserError where git fails altogether
   */
  read(files: readonly SideFile[], take: Take): Promise<void>;
}

/** In the order of their paths, which is that of code units. */
export const byPath = <F extends { path: string }>(files: readonly F[]): F[] =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

/** What is told of a link, wherever it leads. */
export const A_LINK = "a link, which is not followed";

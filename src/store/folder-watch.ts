import type { BigIntStats } from "node:fs";
import { dirname, sep } from "node:path";
import { isRacy, statAt } from "./stamp.ts";

/** How many of the folders that hold no recording are looked at in one go. */
const ROUND = 200;

const stampOf = (stat: BigIntStats | undefined): string => (stat ? `${stat.mtimeNs}.${stat.ino}` : "");

/** What was read of a tree. All paths are absolute. */
export interface FoldersRead {
  /** What the tree lies in: folders above it are nobody's business. */
  readonly root: string;
  /** Those that hold recordings. */
  readonly folders: readonly string[];
  /** All that were looked into. */
  readonly entered: readonly string[];
  /** When that began, in milliseconds since 1970. */
  readonly began: number;
}

/**
 * Sees whether files came into folders, left them, or took the place of others. Those that hold recordings, and those
 * around them, are looked at each time, the others by turns.
 */
export class FolderWatch {
  private readonly stamps = new Map<string, string>();
  private readonly always: readonly string[];
  private readonly others: readonly string[];
  private readonly began: number;
  private next = 0;

  constructor({ root, folders, entered, began }: FoldersRead) {
    const all = new Set(entered);
    const inTree = (path: string): boolean => all.has(path) || path === root || path.startsWith(root + sep);
    const always = new Set([root, ...folders]);
    for (const folder of folders) {
      for (let above = dirname(folder); inTree(above) && !always.has(above); above = dirname(above)) always.add(above);
    }
    this.always = [...always];
    this.others = entered.filter((folder) => !always.has(folder));
    this.began = began;
    for (const folder of this.always) this.isAnother(folder);
  }

  /** Whether any folder that was looked at now is another than when it was read. */
  isChanged(): boolean {
    const some = this.others.slice(this.next, this.next + ROUND);
    this.next = this.next + ROUND < this.others.length ? this.next + ROUND : 0;
    return [...this.always, ...some].some((folder) => this.isAnother(folder));
  }

  /** Does what changes a folder from here: that is no news. */
  async own<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.stamps.get(folder);
    const isKnown = known !== undefined && known === stampOf(statAt(folder));
    const result = await work();
    if (isKnown) this.stamps.set(folder, stampOf(statAt(folder)));
    return result;
  }

  /** Looked at for the first time, a folder is what was read unless it is as young as that: it is read again then. */
  private isAnother(folder: string): boolean {
    const stat = statAt(folder);
    const known = this.stamps.get(folder);
    const now = stat && known === undefined && isRacy(stat, this.began) ? "young" : stampOf(stat);
    if (known === undefined) this.stamps.set(folder, now);
    return now === "young" || (known !== undefined && known !== now);
  }
}

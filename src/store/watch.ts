import type { BigIntStats } from "node:fs";
import { dirname } from "node:path";
import { isRacy, stampOf, statAt } from "./stamp.ts";

/** How many of the folders that hold no recording are looked at in one go. */
const ROUND = 200;

/** What a file (absolute path) is now; "" for one that cannot be looked at. */
export function fileStamp(path: string): string {
  const stat = statAt(path);
  return stat ? stampOf(stat) : "";
}

const folderStamp = (stat: BigIntStats | undefined): string => (stat ? `${stat.mtimeNs}.${stat.ino}` : "");

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

  /** @param began when the folders were read, in milliseconds since 1970 */
  constructor(folders: readonly string[], entered: readonly string[], began: number) {
    const all = new Set(entered);
    const always = new Set(folders);
    for (const folder of folders) {
      for (let above = dirname(folder); all.has(above) && !always.has(above); above = dirname(above)) always.add(above);
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

  /** Looked at for the first time, a folder is what was read unless it is as young as that: it is read again then. */
  private isAnother(folder: string): boolean {
    const stat = statAt(folder);
    const known = this.stamps.get(folder);
    const now = stat && known === undefined && isRacy(stat, this.began) ? "young" : folderStamp(stat);
    if (known === undefined) this.stamps.set(folder, now);
    return now === "young" || (known !== undefined && known !== now);
  }
}

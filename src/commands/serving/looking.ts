import { sep } from "node:path";
import type { Found } from "../../store/find.ts";
import { FolderWatch } from "../../store/folder-watch.ts";
import { statAt } from "../../store/stamp.ts";

/** The whole tree is read at most so often, in milliseconds: a folder may come where none was looked at. */
const EVERY = 2_000;
/** And in no more than this part of the time. */
const SHARE = 0.2;

type Shut = Found["unreadable"][number];

/** Tells when a tree of recordings is to be read again, because something is there for which nobody looked. */
export class Looking {
  /**
   * Folders (absolute) that held recordings once, or would hold one that was looked for, and were there: what comes back with a branch
   * is seen at once.
   */
  private readonly held = new Set<string>();
  private watch: FolderWatch;
  /** Of all other folders. Tests write there: what comes there is read when there is time. */
  private around: FolderWatch;
  private due = 0;
  private soon = 0;
  private unread: readonly Shut[] = [];

  /** @param root absolute; folders above it are nobody's business */
  constructor(
    private readonly root: string,
    private readonly absolute: (path: string) => string,
    private readonly now: () => number,
  ) {
    this.watch = new FolderWatch({ root, folders: [], entered: [], began: now() });
    this.around = this.watch;
  }

  /** Takes note of what was found in a tree that was read since `began`. */
  read({ folders, entered, unreadable }: Found, began: number): void {
    const { root, held } = this;
    for (const { path } of folders) held.add(path);
    this.watch = new FolderWatch({ root, folders: [...held], entered: [], began });
    this.around = new FolderWatch({ root, folders: [], entered: entered.filter((path) => !held.has(path)), began });
    this.unread = unreadable;
    this.soon = began + (this.now() - began) / SHARE;
    this.due = Math.max(began + EVERY, this.soon);
  }

  /** A folder that held recordings and cannot be read now, or one above it. */
  shut(): Shut | null {
    const isAbove = (path: string): boolean =>
      [...this.held].some((folder) => folder === path || folder.startsWith(path + sep));
    return this.unread.find(({ path }) => isAbove(this.absolute(path))) ?? null;
  }

  /** Whether it is to be read for a recording that would lie in one of these folders (absolute). */
  isDue(folders: readonly string[]): boolean {
    const come = folders.filter((folder) => !this.held.has(folder) && statAt(folder)?.isDirectory());
    for (const folder of come) this.held.add(folder);
    if (come.length > 0 || this.now() > this.due || this.watch.isChanged()) return true;
    // That one may be read again changes nothing that is looked at here.
    return this.shut() !== null || (this.now() > this.soon && this.around.isChanged());
  }

  /** Reads it for the next request that nothing is found for. */
  hurry(): void {
    this.due = 0;
  }

  /** Does what changes a folder (absolute) from here: that is no news. */
  own<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
    return this.watch.own(folder, work);
  }
}

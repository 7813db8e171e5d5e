import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { Found } from "./find.ts";

/** The whole tree is walked at most so often, in milliseconds: a folder may come where none was looked at. */
const EVERY = 2_000;
/** And no more than this part of the time. */
const SHARE = 0.2;
/** Within one tick of the clock a folder may change without a new time. */
const TICK = 100;

/** Knows whether files came to a tree or went: by the times of folders, and by looking at all of it now and then. */
export class FolderWatch {
  private readonly times = new Map<string, string>();
  private began = Number.NEGATIVE_INFINITY;
  private took = 0;

  constructor(
    private readonly root: string,
    private readonly now: () => number,
  ) {}

  /** A look at the tree begins. */
  begin(): void {
    this.began = this.now();
  }

  /** It ended, and this was found. */
  end({ folders }: Pick<Found, "folders">): void {
    this.took = this.now() - this.began;
    this.times.clear();
    for (const { path } of folders) {
      // New folders of recordings appear in the folders above those that are known.
      for (let folder = path; !this.times.has(folder); folder = dirname(folder)) {
        this.times.set(folder, this.steady(folder));
        if (folder === this.root || dirname(folder) === folder) break;
      }
    }
    if (!this.times.has(this.root)) this.times.set(this.root, this.steady(this.root));
  }

  isChanged(): boolean {
    const since = this.now() - this.began;
    if (since > Math.max(EVERY, this.took / SHARE)) return true;
    return [...this.times].some(([folder, time]) => timeOf(folder) !== time);
  }

  /** Does what changes a folder from here: that is no news. */
  async own<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.times.get(folder);
    const still = before !== undefined && before === timeOf(folder);
    const result = await work();
    if (still) this.times.set(folder, timeOf(folder));
    return result;
  }

  /** What is as young as the look at it may change and look the same: it counts as changed. */
  private steady(folder: string): string {
    const time = timeOf(folder);
    return Number(time.split(" ")[0]) + TICK >= this.began ? "young" : time;
  }
}

function timeOf(folder: string): string {
  try {
    const { mtimeMs, ino } = statSync(folder);
    return `${mtimeMs} ${ino}`;
  } catch {
    return "gone";
  }
}

import type { Entry } from "../../listing/entry.ts";
import { FolderWatch } from "../../store/folder-watch.ts";
import { absolute } from "../../store/paths.ts";
import { fileStamp } from "../../store/stamp.ts";
import { indexFor, type Selection, select } from "../selection.ts";
import { refilter } from "./filtering.ts";
import { type KeptIndex, keptIndex, shareTexts } from "./keeping.ts";
import { tell, type World } from "./world.ts";

/** How often the tree is looked at, in milliseconds, and how many times as long as reading it took is waited at least. */
const EVERY = 1000;
const SHARE = 10;
/** From so many files that were read anew on, their heads are gone through for what is equal. */
const MANY = 500;

/** Why the tree is read: it is opened, people want it, something changed underneath, or recctl itself changed it. */
type Why = "opened" | "asked" | "changed" | "done";

/** Reads the tree, and sees when it changes underneath. */
export class Scanning {
  private readonly index: KeptIndex;
  private watch: FolderWatch | null = null;
  /** What the files were that were opened, by path. */
  private readonly opened = new Map<string, string>();
  private last: Selection | null = null;
  private isBusy = false;
  private isEnded = false;
  private isWanted: Why | null = null;
  private timer: NodeJS.Timeout | undefined;

  /** @param fail is told why the tree cannot be read when it is opened */
  constructor(
    private readonly world: World,
    private readonly fail: (error: unknown) => void,
  ) {
    this.index = keptIndex(indexFor(world.context, world.options.index));
  }

  /** Reads the tree; where that is under way, once more afterwards. */
  scan(why: Why): void {
    if (this.isEnded) return;
    if (this.isBusy) {
      this.isWanted = why;
      return;
    }
    this.isBusy = true;
    clearTimeout(this.timer);
    const { io } = this.world.context;
    const began = io.clock();
    this.world.doing(async () => {
      try {
        await this.read(why);
      } catch (error) {
        if (why !== "opened") throw error;
        this.fail(error);
      } finally {
        this.isBusy = false;
        const again = this.isWanted;
        this.isWanted = null;
        if (again) this.scan(again);
        else this.wait(Math.max(EVERY, SHARE * (io.clock() - began)));
      }
    });
  }

  /** Remembers what a file is that is about to be read. */
  opening(path: string): void {
    this.opened.delete(path);
    this.opened.set(path, fileStamp(absolute(this.world.context, path)));
  }

  /** Nothing is looked at any more while `work` changes files. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
      this.scan("done");
    }
  }

  end(): void {
    clearTimeout(this.timer);
    this.isEnded = true;
  }

  private wait(ms: number): void {
    if (this.isEnded) return;
    this.timer = setTimeout(() => this.look(), ms);
    // Nobody waits for it.
    this.timer.unref();
  }

  /** One look at what may have changed. */
  private look(): void {
    const rewritten = this.rewritten();
    if (rewritten.length > 0) this.world.dispatch({ type: "changed", paths: rewritten });
    if (rewritten.length > 0 || this.watch?.isChanged()) this.scan("changed");
    else this.wait(EVERY);
  }

  /** The paths of bodies that are kept and whose files are not what they were; where nothing is any more, the folder tells. */
  private rewritten(): string[] {
    const { bodies } = this.world.state();
    const changed: string[] = [];
    for (const [path, stamp] of this.opened) {
      if (!bodies.has(path)) this.opened.delete(path);
      else {
        const now = fileStamp(absolute(this.world.context, path));
        if (now === stamp) continue;
        this.opened.set(path, now);
        changed.push(path);
      }
    }
    return changed;
  }

  private async read(why: Why): Promise<void> {
    const { args, options, context, dispatch } = this.world;
    const began = context.io.now();
    const found = await select(args, options, context, this.index);
    this.watch = new FolderWatch({ ...found, root: context.cwd, began });
    if (found.counts.read > MANY) await shareTexts(found.entries, context.io.breathe);
    const { last } = this;
    this.last = found;
    const places = this.index.rewritten();
    const old = last && pathsOf(last);
    const isOther = (path: string): boolean => (old?.has(path) ?? true) && places.has(absolute(context, path));
    const rewritten = places.size === 0 ? [] : rewrittenIn(found.entries, isOther);
    if (last && rewritten.length === 0 && isSame(last, found)) {
      if (why === "asked") tell(this.world, "plain", "nothing has changed");
      return;
    }
    if (last && rewritten.length > 0) dispatch({ type: "changed", paths: rewritten });
    dispatch({ type: "scanned", tree: { entries: found.entries, broken: found.broken, isRead: true } });
    refilter(this.world);
  }
}

const pathsOf = ({ entries }: Selection): Set<string> => new Set(entries.map(({ path }) => path));

const rewrittenIn = (entries: readonly Entry[], isRewritten: (path: string) => boolean): string[] =>
  entries.flatMap(({ path }) => (isRewritten(path) ? [path] : []));

/** Whether the same recordings and the same broken files are there. What of a recording is told otherwise is another matter. */
function isSame(before: Selection, now: Selection): boolean {
  const old = pathsOf(before);
  if (old.size !== now.entries.length || !now.entries.every(({ path }) => old.has(path))) return false;
  return JSON.stringify(before.broken) === JSON.stringify(now.broken);
}

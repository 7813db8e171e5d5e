import { dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import { sha256 } from "../../recording/digest.ts";
import { shown } from "../paths.ts";
import type { Ports } from "./change.ts";
import { DISK, type Disk, isTaken } from "./disk.ts";
import { orFailure } from "./fail.ts";
import {
  discard,
  inTheWay,
  linkOrCopy,
  lookAt,
  moveToFree,
  type Seen,
  syncFolder,
  syncPath,
  temporaryBeside,
  writeNew,
} from "./files.ts";
import { type Home, homeOf, journals, outside } from "./home.ts";
import { appendDeed, type Deed, mark, nextId, originalOf, readTransactions, writeJournal } from "./journal.ts";
import { Busy, locked } from "./lock.ts";
import { prune, recoverAll } from "./recover.ts";
import { keepRoom } from "./room.ts";

/** How long a change of another process is waited for, and how often it is looked at, in milliseconds. */
const PATIENCE = 10_000;
const PAUSE = 20;

/** A transaction that has begun. */
interface Begun {
  readonly id: string;
  readonly folder: string;
  /** By path. */
  readonly deeds: Map<string, { number: number; deed: Deed }>;
}

/** What became of a file; `there`: another one is, which was not to be replaced, and is as it was. */
export type Put = "new" | "replaced" | "same" | "there";

/**
 * A change that goes on as long as its process: files are written one at a time, each in one step, and all of them together are one
 * transaction, which `undo` takes back whole, whenever and however the process ended. Before a file is written, its original is kept
 * and the journal says what will be done; so every moment is one at which it may be killed. The lock is held for one file only:
 * others may change the tree in between, and what they wrote is never taken for something else.
 */
export class Ongoing {
  private begun: Begun | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private readonly disk: Disk;
  private readonly all: string[] = [];

  constructor(
    private readonly command: string,
    private readonly ports: Ports,
  ) {
    this.disk = ports.disk ?? DISK;
  }

  /** The ids of the changes that it came to, oldest first: mostly one, none where every file was there as it was written. */
  get changes(): readonly string[] {
    return this.all;
  }

  /** Writes a file whole; its folder must be there. @throws UserError where it cannot be written, and then it is as it was */
  write(path: string, bytes: Buffer, mayReplace = true): Promise<Put> {
    const next = this.last.then(() =>
      orFailure("it was not written", this.ports, () => this.patiently(path, bytes, mayReplace)),
    );
    this.last = next.catch(() => undefined);
    return next;
  }

  private async patiently(path: string, bytes: Buffer, mayReplace: boolean): Promise<Put> {
    const { disk, ports } = this;
    const home = homeOf(ports);
    for (let waited = 0; ; waited += PAUSE) {
      try {
        return await locked(home, disk, ports, async () => this.put(home, path, bytes, mayReplace));
      } catch (error) {
        const isPassing = error instanceof Busy || isTaken(error);
        if (!isPassing || waited >= PATIENCE || !ports.sleep) throw error;
      }
      await ports.sleep(PAUSE);
    }
  }

  private put(home: Home, path: string, bytes: Buffer, mayReplace: boolean): Put {
    const { disk, ports } = this;
    recoverAll(home, disk, ports);
    const other = inTheWay(disk, path);
    if (other !== null) throw new UserError(other, { place: shown(ports, path) });
    const seen = lookAt(disk, path);
    const after = sha256(bytes);
    if (seen.kind === "file" && seen.hash === after) return "same";
    if (seen.kind === "file" && !mayReplace) return "there";
    const begun = this.goOn(home, path, seen);
    if (!this.all.includes(begun.id)) this.all.push(begun.id);
    const known = begun.deeds.get(path);
    const number = known?.number ?? begun.deeds.size;
    const deed = known ? next(known.deed, after) : first(path, seen, after);
    if (!known && seen.kind === "file") this.keepOriginal(path, originalOf(begun.folder, number), seen.hash);
    this.note(home, begun.folder, number, deed);
    begun.deeds.set(path, { number, deed });
    this.land(path, bytes, seen, temporaryBeside(path, begun.id, number));
    return seen.kind === "file" ? "replaced" : "new";
  }

  private note(home: Home, folder: string, number: number, deed: Deed): void {
    try {
      appendDeed(this.disk, home, folder, number, deed);
    } catch (error) {
      // Half a line may stand there, behind which nothing can be written.
      this.begun = null;
      throw error;
    }
  }

  private keepOriginal(path: string, place: string, hash: string): void {
    const { disk, ports } = this;
    discard(disk, place);
    linkOrCopy(disk, path, place);
    const kept = lookAt(disk, place);
    if (kept.kind !== "file" || kept.hash !== hash) {
      throw new UserError("the file changed at the very moment", { place: shown(ports, path) });
    }
    syncPath(disk, place);
    syncFolder(disk, dirname(place));
  }

  private land(path: string, bytes: Buffer, seen: Seen, fresh: string): void {
    const { disk } = this;
    discard(disk, fresh);
    try {
      // A new file is for whoever its folder is for.
      const folder = disk.lstat(dirname(path));
      const like = seen.kind === "file" ? seen.stat : folder && Object.assign(folder, { mode: folder.mode & 0o666n });
      writeNew(disk, fresh, bytes, like ?? undefined);
      if (seen.kind === "file") disk.rename(fresh, path);
      else moveToFree(disk, fresh, path);
    } catch (error) {
      discard(disk, fresh);
      throw error;
    }
    syncFolder(disk, dirname(path));
  }

  /** The transaction that this file belongs to: another where it was undone, or somebody changed the file since. */
  private goOn(home: Home, path: string, seen: Seen): Begun {
    const { disk, begun } = this;
    const isOpen = begun && disk.lstat(join(begun.folder, "done")) && !disk.lstat(join(begun.folder, "undoing"));
    const known = begun?.deeds.get(path)?.deed;
    const isOwn = !known || seen.kind !== "file" || [known.before, known.after, known.was].includes(seen.hash);
    if (isOpen && isOwn) return begun;
    this.begun = this.begin(home, path);
    return this.begun;
  }

  private begin(home: Home, path: string): Begun {
    const { disk, ports, command } = this;
    if (outside(disk, home, [path]) !== undefined) {
      throw new UserError("outside of the tree, where no git repository is", {
        place: shown(ports, path),
        remedy: "recctl -C DIR, with the folder that holds all",
      });
    }
    this.sweep(home);
    keepRoom(disk, home);
    const time = ports.now();
    const id = nextId(disk, home, time);
    const folder = join(journals(home), id);
    disk.mkdir(folder);
    // It is done at any moment: before the journal is there, nothing is.
    mark(disk, folder, "kept");
    mark(disk, folder, "done");
    writeJournal(disk, home, folder, { id, command, time, deeds: [], ongoing: ports.pid });
    prune(home, disk);
    return { id, folder, deeds: new Map() };
  }

  /** Removes what processes that were killed in the middle of a file left beside it. */
  private sweep(home: Home): void {
    const { disk, ports } = this;
    for (const { id, ongoing, deeds } of readTransactions(disk, home)) {
      if (ongoing === undefined || (ongoing !== ports.pid && ports.isAlive(ongoing))) continue;
      for (const [number, { path }] of deeds.entries()) discard(disk, temporaryBeside(path, id, number));
    }
  }
}

const first = (path: string, seen: Seen, after: string): Deed =>
  seen.kind === "file"
    ? { type: "rewrite", path, lands: path, before: seen.hash, after }
    : { type: "add", path, lands: path, before: null, after };

/** Written again: killed before that, the file is what it was after the time before. */
const next = (deed: Deed, after: string): Deed => ({ ...deed, after, ...(deed.after !== null && { was: deed.after }) });

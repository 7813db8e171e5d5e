import { type BigIntStats, statSync } from "node:fs";
import type { Flaw } from "../recording/document.ts";
import { type Opened, openRecordings } from "./open.ts";
import { absolute, type Base } from "./paths.ts";
import { isRacy, stampOf } from "./stamp.ts";

/** How many bytes of recordings are kept, as their files have them: as values they take some times that. */
const MOST_BYTES = 24_000_000;

interface Kept {
  readonly stamp: string;
  readonly opened: Opened | Flaw;
  readonly bytes: number;
}

/** Recordings by path, whole, as their files are now: what was read is kept while its file stays the same, the last used longest. */
export class OpenedFiles {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;
  private readonly read: (path: string) => Opened | Flaw;

  constructor(
    private readonly base: Base,
    private readonly now: () => number,
  ) {
    this.read = openRecordings(base);
  }

  /** Null where no file is. */
  open(path: string): Opened | Flaw | null {
    const stat = this.look(path);
    const known = this.kept.get(path);
    if (!stat) {
      this.drop(path);
      return null;
    }
    if (stat instanceof Error) return this.read(path);
    const stamp = stampOf(stat);
    if (known?.stamp === stamp) {
      this.kept.delete(path);
      this.kept.set(path, known);
      return known.opened;
    }
    this.drop(path);
    const opened = this.read(path);
    // What may change within the same tick of the clock is read again next time.
    if (!isRacy(stat, this.now())) this.keep(path, { stamp, opened, bytes: Number(stat.size) });
    return opened;
  }

  /** Undefined where nothing is; an error where it cannot be looked at, which reading tells. */
  private look(path: string): BigIntStats | undefined | Error {
    try {
      return statSync(absolute(this.base, path), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      // A folder on the way may be a file by now.
      return (error as NodeJS.ErrnoException).code === "ENOTDIR" ? undefined : (error as Error);
    }
  }

  drop(path: string): void {
    this.bytes -= this.kept.get(path)?.bytes ?? 0;
    this.kept.delete(path);
  }

  private keep(path: string, one: Kept): void {
    if (one.bytes > MOST_BYTES) return;
    this.kept.set(path, one);
    this.bytes += one.bytes;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= MOST_BYTES) break;
      this.drop(oldest);
    }
  }
}

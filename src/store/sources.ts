import { type BigIntStats, statSync } from "node:fs";
import type { Base } from "./paths.ts";
import { FileReader, ReadError } from "./read.ts";
import { loadRemembered, saveRemembered } from "./remembered.ts";
import { isRacy, stampOf } from "./stamp.ts";

/** No test file is larger: what is, tells nothing. */
const MOST = 10 * 1024 * 1024;

/** What is at a path (absolute): a file of this stamp, nothing, or what cannot be read as one. */
export type Looked = { stat: BigIntStats } | "absent" | "unreadable";

/** Looks, and reads nothing. */
export function lookAtSource(path: string): Looked {
  try {
    const stat = statSync(path, { bigint: true });
    return stat.isFile() ? { stat } : "unreadable";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? "absent" : "unreadable";
  }
}

/** The bytes of a source, and its stamp when they were read; null where they cannot be had. */
export function readSource(path: string): { bytes: Buffer; stamp: string } | null {
  try {
    const { bytes, stat } = new FileReader().read(path, MOST);
    return { bytes, stamp: stampOf(stat) };
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

/** What was made of sources, by their absolute paths, so that the next run need not read those that stand as they were. */
export class SourceMemory<V> {
  private readonly before: ReadonlyMap<string, { stamp: string; value: V }>;
  private readonly beganBefore: number;
  private readonly kept = new Map<string, { stamp: string; value: V }>();
  private changed = false;

  /** @param key all that depends on but the files @param began when this run began to read, in milliseconds since 1970 */
  constructor(
    private readonly dir: string | null,
    private readonly base: Base,
    private readonly key: string,
    private readonly began: number,
  ) {
    const stored = loadRemembered<V>(dir, base, "sources", key);
    this.before = stored?.files ?? new Map();
    this.beganBefore = stored?.began ?? 0;
  }

  /** What was made of the file at a path, if it stands as it was. */
  known(path: string, stat: BigIntStats): V | undefined {
    const known = this.before.get(path);
    if (!known || known.stamp !== stampOf(stat) || isRacy(stat, this.beganBefore)) return undefined;
    this.kept.set(path, known);
    return known.value;
  }

  add(path: string, stamp: string, value: V): void {
    this.kept.set(path, { stamp, value });
    this.changed = true;
  }

  /** Keeps what was asked for in this run, and nothing else. */
  save(): void {
    if (!this.changed && this.kept.size === this.before.size) return;
    const began = this.changed ? this.began : this.beganBefore;
    saveRemembered(this.dir, this.base, "sources", this.key, { began, files: this.kept });
  }
}

import { type BigIntStats, statSync } from "node:fs";

/** What lies there now, as stamps need it; undefined for what cannot be looked at. */
export function statAt(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What a file was when it was read: size, mtime, ctime and inode. Any write changes one of them, but for {@link isRacy}. */
export const stampOf = (stat: BigIntStats): string => `${stat.size}.${stat.mtimeNs}.${stat.ctimeNs}.${stat.ino}`;

/** What a file (absolute path) is now; "" for one that cannot be looked at. */
export function fileStamp(path: string): string {
  const stat = statAt(path);
  return stat ? stampOf(stat) : "";
}

/** The size, in bytes, that a stamp tells. */
export const sizeOf = (stamp: string): number => Number(stamp.slice(0, stamp.indexOf(".")));

/** A clock that ticks in whole seconds (some network and memory-card file systems), in milliseconds. */
const COARSE = 2000;
/** Linux gives files the time of the last kernel tick, at most 10 ms ago; ten times that is kept off. */
const FINE = 100;

/**
 * Whether a file may have changed within one tick of the clock without changing its stamp: it is not
 * older than the moment at which the index began to read. That is git's rule for racy entries.
 * @param began milliseconds since 1970
 */
export function isRacy(stat: BigIntStats, began: number): boolean {
  const newest = stat.mtimeNs > stat.ctimeNs ? stat.mtimeNs : stat.ctimeNs;
  const slack = stat.mtimeNs % 1_000_000_000n === 0n ? COARSE : FINE;
  return Number(newest / 1_000_000n) + slack >= began;
}

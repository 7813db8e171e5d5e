import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import type { Ports } from "./change.ts";
import { cannotLink, type Disk, isGone, isTaken } from "./disk.ts";
import { discard, linkOrCopy, writeNew } from "./files.ts";
import { type Home, makeHome } from "./home.ts";

/** What this process holds. A lock with its pid that is not among them is of a dead process that had the same one. */
const held = new Set<string>();

/** Another process changes files. */
export class Busy extends UserError {}

/** How often a lock that was left behind is broken before that is called a bug. */
const TRIES = 20;

/**
 * Does `work` while no other process changes files under this home.
 * @throws UserError where another does
 */
export async function locked<Result>(
  home: Home,
  disk: Disk,
  ports: Ports,
  work: () => Promise<Result>,
): Promise<Result> {
  makeHome(disk, home);
  const token = `${ports.pid}-${randomUUID()}`;
  held.add(token);
  try {
    acquire(home, disk, ports, token);
    return await work();
  } finally {
    release(home, disk, token);
    held.delete(token);
  }
}

const lockOf = (home: Home): string => join(home.dir, "lock");

function acquire(home: Home, disk: Disk, ports: Ports, token: string): void {
  const lock = lockOf(home);
  for (let tries = 0; tries < TRIES; tries++) {
    if (take(home, disk, token)) return;
    const found = tokenIn(disk, lock);
    if (found === null) continue;
    const pid = Number(/^([1-9]\d*)-/.exec(found)?.[1] ?? 0);
    if (isHeld(found, pid, ports)) {
      throw new Busy(`another recctl is changing files here (process ${pid})`, {
        place: lock,
        remedy: [
          `ps -p ${pid}`,
          `rm ${forShell(lock)}`,
          "(rm only where that process is no recctl: the lock is a leftover then)",
        ],
      });
    }
    breakLock(home, disk, token, found);
  }
  throw new UserError("the lock cannot be had", { place: lock, remedy: "the same command again" });
}

const isHeld = (token: string, pid: number, ports: Ports): boolean =>
  pid > 0 && (pid === ports.pid ? held.has(token) : ports.isAlive(pid));

/** Takes the lock if nobody has it: it appears with its owner in it, never empty. */
function take(home: Home, disk: Disk, token: string): boolean {
  const own = join(home.dir, `lock-${token}`);
  try {
    writeNew(disk, own, Buffer.from(token));
    try {
      disk.link(own, lockOf(home));
    } catch (error) {
      if (!cannotLink(error)) throw error;
      writeNew(disk, lockOf(home), Buffer.from(token));
    }
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    discard(disk, own);
  }
}

/** The token in a lock, "" where it cannot be read; null where there is none. */
function tokenIn(disk: Disk, path: string): string | null {
  try {
    return disk.read(path).toString();
  } catch (error) {
    return isGone(error) ? null : "";
  }
}

/** Takes away the lock that `stale` is in. Another process may have done so and have its own there: that one is put back. */
function breakLock(home: Home, disk: Disk, token: string, stale: string): void {
  const aside = join(home.dir, `lock-${token}.stale`);
  try {
    disk.rename(lockOf(home), aside);
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  try {
    if (tokenIn(disk, aside) !== stale) linkOrCopy(disk, aside, lockOf(home));
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    discard(disk, aside);
  }
}

/** A lock that cannot be released is found to be stale by the next process. */
function release(home: Home, disk: Disk, token: string): void {
  try {
    if (tokenIn(disk, lockOf(home)) === token) disk.unlink(lockOf(home));
  } catch {
    // Told by nothing but the next run, which takes it away.
  }
}

/** Removes what processes that were killed while they took the lock left behind. */
export function sweepLocks(home: Home, disk: Disk, ports: Ports): void {
  for (const name of disk.list(home.dir)) {
    const token = /^lock-((\d+)-[0-9a-f-]+)(?:\.stale)?$/.exec(name);
    if (token && !isHeld(token[1] as string, Number(token[2]), ports)) discard(disk, join(home.dir, name));
  }
}

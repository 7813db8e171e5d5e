import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { countText } from "../../text/bytes.ts";
import type { Ports, Recovery } from "./change.ts";
import { DISK, type Disk } from "./disk.ts";
import { failure, orFailure } from "./fail.ts";
import { discard, syncFolder } from "./files.ts";
import { type Home, homeOf, journals } from "./home.ts";
import {
  type Mark,
  MORE,
  mark,
  originalOf,
  readTransaction,
  stateOf,
  type Transaction,
  transactionFolders,
} from "./journal.ts";
import { Busy, locked, sweepLocks } from "./lock.ts";
import { rollBack } from "./rollback.ts";

const NOT_YET = "a change that was cut short could not be taken back yet";

/** How long, in milliseconds, who only looks waits for another process to end its change or its recovery, and how often it looks. */
const PATIENCE = 2000;
const PAUSE = 25;

/** How many transactions are kept to be undone. */
const KEPT = 10;

/**
 * Takes back what was cut short, if anything was. `applyChange` and `undoLast` do so by themselves;
 * a command that plans from files calls it first, so that it sees them whole.
 * @throws UserError where another process changes files, or the disk does not allow it
 */
export async function recover(ports: Ports): Promise<Recovery[]> {
  const disk = ports.disk ?? DISK;
  return orFailure(NOT_YET, ports, async () => {
    const home = homeOf(ports);
    for (let waited = 0; ; waited += PAUSE) {
      // Nothing is left half done: nothing is locked either, and who only looks runs beside others.
      if (!isUnderWay(disk, home)) return [];
      try {
        return await locked(home, disk, ports, async () => recoverAll(home, disk, ports));
      } catch (error) {
        if (!(error instanceof Busy) || waited >= PATIENCE || !ports.sleep) throw error;
      }
      await ports.sleep(PAUSE);
    }
  });
}

/** Waits a while for a change that is being made here, and changes nothing; false: it did not end, or was cut short. */
export async function untilEnded(ports: Ports): Promise<boolean> {
  const disk = ports.disk ?? DISK;
  const home = homeOf(ports);
  for (let waited = 0; isUnderWay(disk, home); waited += PAUSE) {
    if (waited >= PATIENCE || !ports.sleep) return false;
    await ports.sleep(PAUSE);
  }
  return true;
}

/**
 * Reads files, and makes sure that no change came in between: what is told of half of one would be wrong.
 * @throws UserError where one did
 */
export async function undisturbed<Result>(ports: Ports, work: () => Promise<Result>): Promise<Result> {
  const before = changesSeen(ports);
  const isStill = (): boolean => before !== null && changesSeen(ports) === before;
  try {
    const result = await work();
    if (isStill()) return result;
  } catch (error) {
    if (!(error instanceof UserError) || isStill()) throw error;
  }
  throw new UserError("another recctl changed files meanwhile; nothing was concluded", {
    remedy: "the same command again",
  });
}

/** Which changes there are, and how they stand; null where one is under way. */
function changesSeen(ports: Ports): string | null {
  const disk = ports.disk ?? DISK;
  const home = homeOf(ports);
  if (isUnderWay(disk, home)) return null;
  const folders = transactionFolders(disk, home);
  // One that goes on grows with every file.
  const grown = (folder: string): string => String(disk.lstat(join(folder, MORE))?.size ?? 0);
  return folders
    .map((folder) => `${folder} ${disk.lstat(join(folder, "undone")) !== null} ${grown(folder)}`)
    .join("\n");
}

/** Whether a change, or its undoing, was begun and has not come to its end, as marks alone tell. */
const isUnderWay = (disk: Disk, home: Home): boolean =>
  transactionFolders(disk, home).some(
    (folder) => stateOf({ marks: new Set(disk.list(folder) as Mark[]) }) === "unfinished",
  );

/** {@link recover}, for one who has the lock. */
export function recoverAll(home: Home, disk: Disk, ports: Ports): Recovery[] {
  try {
    sweepLocks(home, disk, ports);
    for (const name of disk.list(journals(home))) {
      if (name.endsWith(GOING)) disk.removeAll(join(journals(home), name));
    }
    const recovered: Recovery[] = [];
    for (const folder of transactionFolders(disk, home)) {
      const transaction = readTransaction(disk, home, folder);
      if (!transaction) removeTransaction(disk, home, folder);
      else if (stateOf(transaction) === "unfinished") recovered.push(takeBack(transaction, home, disk));
    }
    return recovered;
  } catch (error) {
    throw failure(error, NOT_YET, ports, [`${ports.recctl} undo`]);
  }
}

/** Takes a transaction back and remembers that. May be cut short and called again. */
export function takeBack(transaction: Transaction, home: Home, disk: Disk): Recovery {
  const { id, command, time, folder, marks } = transaction;
  const { restored, left } = marks.has("kept") ? rollBack(transaction, disk) : { restored: 0, left: [] };
  const stuck = left.some(({ kept }) => kept !== null);
  const undoing = marks.has("undoing");
  if (stuck) mark(disk, folder, "stuck");
  if (stuck || undoing) mark(disk, folder, "undone");
  else removeTransaction(disk, home, folder);
  if (undoing && !stuck) for (const number of transaction.deeds.keys()) discard(disk, originalOf(folder, number));
  return { id, command, time, undoing, restored, left };
}

/** The end of the name of a transaction's folder while it is removed. */
const GOING = ".going";

/** Removes a transaction in one step, as others see it. */
function removeTransaction(disk: Disk, home: Home, folder: string): void {
  disk.rename(folder, folder + GOING);
  syncFolder(disk, journals(home));
  disk.removeAll(folder + GOING);
}

/** Removes what is too old to be undone; originals that have no other place stay. */
export function prune(home: Home, disk: Disk): void {
  for (const folder of transactionFolders(disk, home).slice(0, -KEPT)) {
    if (disk.lstat(join(folder, "stuck"))) continue;
    removeTransaction(disk, home, folder);
  }
}

/** What a recovery did, for people. Paths are left to the caller. */
export function recoveryText({ command, undoing, restored, left }: Recovery): string {
  const what = undoing
    ? `the undoing of ${command} was cut short; it is finished now`
    : `${command} was cut short and is taken back`;
  const kept = left.length > 0 ? `, ${countText(left.length, "file")} left as found` : "";
  return `${what} (${countText(restored, "file")} put back${kept})`;
}

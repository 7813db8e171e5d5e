import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Disk } from "./disk.ts";
import { discard, writeNew } from "./files.ts";
import type { Home } from "./home.ts";

/** As much as taking back writes where files can have two names: a lock, and marks. Random, so that no file system makes less of it. */
const ROOM = 32_768;

const roomOf = (home: Home): string => join(home.dir, "room");

/** Whether a disk has no room for more. */
export const isFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException | null)?.code ?? "");

/** Keeps room for undoing what is about to fill the disk. Where there is none already, there is none to keep. */
export function keepRoom(disk: Disk, home: Home): void {
  const place = roomOf(home);
  if (disk.lstat(place)) return;
  const fresh = `${place}.new`;
  discard(disk, fresh);
  try {
    writeNew(disk, fresh, randomBytes(ROOM));
    disk.rename(fresh, place);
  } catch (error) {
    discard(disk, fresh);
    if (!isFull(error)) throw error;
  }
}

/** Does `work`, which may be done again; where the disk is full, once more in the room that was kept. */
export async function inRoom<Result>(disk: Disk, home: Home, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isFull(error) || disk.lstat(roomOf(home)) === null) throw error;
    disk.unlink(roomOf(home));
    return work();
  }
}

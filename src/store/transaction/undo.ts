import { basename } from "node:path";
import { UserError } from "../../errors.ts";
import { type Counts, countSteps, type Left, type Ports, type Recovery } from "./change.ts";
import { Folders, type Objection, objection, refusal } from "./check.ts";
import { DISK, type Disk } from "./disk.ts";
import { failure, orFailure } from "./fail.ts";
import { EMPTY, lookAt } from "./files.ts";
import { type Home, homeOf, journals } from "./home.ts";
import { mark, originalOf, readTransactions, type State, stateOf, type Transaction } from "./journal.ts";
import { locked } from "./lock.ts";
import { recoverAll, takeBack } from "./recover.ts";
import { inRoom, isFull } from "./room.ts";

/** A transaction in a list. */
export interface Listed extends Counts {
  id: string;
  command: string;
  /** Milliseconds since 1970. */
  time: number;
  state: State;
}

/** What was taken back. */
export interface Undone extends Listed {
  /** What it was before: an unfinished one was cut short, or its undoing was. */
  state: "done" | "unfinished";
  left: readonly Left[];
  /** Files (absolute) that had been removed, and are back but for those that are left. */
  returned: readonly string[];
  /** Others that were cut short and had to be taken back first. */
  recovered: readonly Recovery[];
}

const listed = (transaction: Transaction): Listed => {
  const { id, command, time, deeds } = transaction;
  return { id, command, time, state: stateOf(transaction), ...countSteps(deeds) };
};

/** The transactions that are known here, newest first. Changes nothing. @throws UserError for a damaged journal */
export function listTransactions(ports: Ports): Listed[] {
  try {
    return readTransactions(ports.disk ?? DISK, homeOf(ports))
      .map(listed)
      .reverse();
  } catch (error) {
    throw failure(error, "the list of changes cannot be read", ports);
  }
}

/**
 * Takes back the transaction with that id; without one, what was cut short, else the last that was done.
 * @throws UserError where there is none, or where a file is not what the transaction left: nothing is changed then
 */
export async function undoLast(ports: Ports, id?: string): Promise<Undone> {
  const disk = ports.disk ?? DISK;
  return orFailure("nothing was undone", ports, async () => {
    const home = homeOf(ports);
    if (disk.list(journals(home)).length === 0) throw none(ports, id);
    const undone = async (): Promise<Undone> => {
      const before = readTransactions(disk, home);
      const recovered = recoverAll(home, disk, ports);
      const cutShort = recovered.findLast((one) => id === undefined || one.id === id);
      const named = before.findLast((one) => one.id === (cutShort?.id ?? id));
      if (cutShort && named) {
        const others = recovered.filter((one) => one !== cutShort);
        const returned = removedBy(named);
        return { ...listed(named), state: "unfinished", left: cutShort.left, returned, recovered: others };
      }
      const found = named ?? (id === undefined ? before.findLast((one) => stateOf(one) === "done") : undefined);
      if (!found) throw none(ports, id);
      if (stateOf(found) !== "done") {
        throw new UserError(`${found.id} (${found.command}) is undone already`, { remedy: list(ports) });
      }
      await check(found, disk, ports);
      const left = await revert(found, home, disk, ports);
      return { ...listed(found), state: "done", left, returned: removedBy(found), recovered };
    };
    try {
      return await inRoom(disk, home, () => locked(home, disk, ports, undone));
    } catch (error) {
      if (!isFull(error)) throw error;
      throw failure(error, "nothing was undone", ports, [
        "make room on that disk: some kilobytes will do",
        undo(ports),
      ]);
    }
  });
}

const removedBy = ({ deeds }: Transaction): string[] =>
  deeds.filter(({ lands }) => lands === null).map(({ path }) => path);

const list = ({ recctl }: Ports): string => `${recctl} undo --list`;

const none = (ports: Ports, id: string | undefined): UserError =>
  new UserError(id === undefined ? "nothing to undo here" : `no change is called ${id}`, {
    place: ports.cwd,
    remedy: list(ports),
  });

const undo = ({ recctl }: Ports): string => `${recctl} undo`;

async function revert(found: Transaction, home: Home, disk: Disk, ports: Ports): Promise<readonly Left[]> {
  try {
    return await inRoom(disk, home, () => {
      mark(disk, found.folder, "undoing");
      return takeBack({ ...found, marks: new Set([...found.marks, "undoing"]) }, home, disk).left;
    });
  } catch (error) {
    throw failure(error, "the undoing was cut short; once that is mended, undo finishes it", ports, [undo(ports)]);
  }
}

/** @throws UserError with every file that is not as the transaction left it */
async function check({ deeds, folder, ongoing }: Transaction, disk: Disk, ports: Ports): Promise<void> {
  const found: Objection[] = [];
  const folders = new Folders(disk);
  const landed = new Set(deeds.map(({ lands }) => lands));
  for (const [number, { path, lands, before, after, was }] of deeds.entries()) {
    await ports.breathe();
    const why = (at: string, text: string | null): void => {
      if (text !== null) found.push({ path: at, why: text });
    };
    if (lands !== null && after !== null) {
      const seen = lookAt(disk, lands);
      // A change that goes on may have been cut short before its last deed: the file is as it was then, or its name was claimed.
      const isBefore =
        seen.kind === "nothing" ? before === null : seen.kind === "file" && [before ?? EMPTY, was].includes(seen.hash);
      if (ongoing === undefined || !isBefore) why(lands, objection(seen, after, "gone"));
      if (lands !== path) why(lands, folders.objection(lands));
    }
    why(path, folders.objectionToReturn(path));
    if (!landed.has(path) && disk.lstat(path)) {
      why(
        path,
        lands === null ? "stands where a removed file must return" : `stands where ${basename(lands)} must return`,
      );
    }
    if (before === null) continue;
    why(
      path,
      objection(lookAt(disk, originalOf(folder, number)), before, "its original is lost") && "its original is lost",
    );
  }
  if (found.length === 0) return;
  throw refusal("files changed since; nothing was undone", found, ports, [list(ports)]);
}

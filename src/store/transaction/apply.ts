import { dirname, join } from "node:path";
import { Interrupted, UserError } from "../../errors.ts";
import { shown } from "../paths.ts";
import { type Applied, type Change, countSteps, type Ports, type Recovery, type Step } from "./change.ts";
import { checkSteps, refusal } from "./check.ts";
import { DISK, type Disk } from "./disk.ts";
import { failure, isDiskError, orFailure } from "./fail.ts";
import { discard, syncFolder, syncPath } from "./files.ts";
import { type Home, homeOf, journals, outside } from "./home.ts";
import { deedOf, mark, nextId, originalOf, pathsOf, readTransaction, writeJournal } from "./journal.ts";
import { locked } from "./lock.ts";
import { ordered } from "./order.ts";
import { again, type Kept, keepOriginal, put } from "./put.ts";
import { prune, recoverAll, recoveryText, takeBack } from "./recover.ts";

/**
 * Does all steps of a change, or none. What an earlier process left half done is taken back first.
 * @throws UserError where the tree is not what the plan saw, another process changes files, or the disk
 * refuses: everything is as before then. Interrupted likewise.
 */
export async function applyChange(change: Change, ports: Ports): Promise<Applied> {
  const disk = ports.disk ?? DISK;
  const steps = ordered(change.steps);
  if ("fact" in steps) {
    const place = shown(ports, steps.path);
    throw new UserError(`${steps.fact}; nothing was changed`, { place, remedy: `${ports.recctl} ls` });
  }
  if (steps.length === 0) return { id: null, ...countSteps(steps), recovered: [] };
  return orFailure("nothing was changed", ports, () => {
    const home = homeOf(ports);
    return locked(home, disk, ports, async () => {
      const recovered = recoverAll(home, disk, ports);
      await check(steps, recovered, disk, ports);
      const id = await transact({ ...change, steps }, home, disk, ports);
      return { id, ...countSteps(steps), recovered };
    });
  });
}

async function check(steps: readonly Step[], recovered: readonly Recovery[], disk: Disk, ports: Ports): Promise<void> {
  const objections = await checkSteps(steps, disk, ports);
  if (objections.length === 0) return;
  const changed = objections.every(({ why }) => why === "changed" || why === "gone");
  const fact = changed ? "files changed since the plan was made" : "files cannot be changed";
  throw refusal(`${fact}; nothing was changed`, objections, ports, [...again(ports), ...recovered.map(recoveryText)]);
}

/** The transaction itself. Gives its id. */
async function transact({ command, steps }: Change, home: Home, disk: Disk, ports: Ports): Promise<string> {
  const deeds = steps.map(deedOf);
  const beyond = outside(disk, home, pathsOf(deeds));
  if (beyond !== undefined) {
    throw new UserError("outside of the tree, where no git repository is; nothing was changed", {
      place: shown(ports, beyond),
      remedy: "recctl -C DIR, with the folder that holds all",
    });
  }
  const time = ports.now();
  const id = nextId(disk, home, time);
  const folder = join(journals(home), id);
  try {
    disk.mkdir(folder);
    writeJournal(disk, home, folder, { id, command, time, deeds });
    const kept: Kept[] = [];
    for (const [number, step] of steps.entries()) {
      await ports.breathe();
      kept.push(keepOriginal(step, originalOf(folder, number), disk, ports));
    }
    // All at once: the first makes the disk write every name, one at a time would each wait for that.
    for (const number of steps.keys()) syncPath(disk, originalOf(folder, number));
    mark(disk, folder, "kept");
    for (const [number, step] of steps.entries()) {
      await ports.breathe();
      put(step, kept[number] as Kept, id, number, disk, ports);
    }
    for (const touched of foldersOf(steps)) syncFolder(disk, touched);
    mark(disk, folder, "done");
  } catch (error) {
    throw goBack(error, home, folder, disk, ports);
  }
  try {
    prune(home, disk);
  } catch (error) {
    // Old journals that stay do no harm; the next change tries again.
    if (!isDiskError(error)) throw error;
  }
  return id;
}

const foldersOf = (steps: readonly Step[]): Set<string> =>
  new Set(steps.flatMap((step) => [dirname(step.path), ...(step.type === "rename" ? [dirname(step.to)] : [])]));

/** Takes back what was done until `error`; the error for people, which tells where that failed too. */
function goBack(error: unknown, home: Home, folder: string, disk: Disk, ports: Ports): unknown {
  try {
    // The mark may be there, with the disk not sure of it.
    discard(disk, join(folder, "done"));
    const transaction = readTransaction(disk, home, folder);
    if (!transaction) {
      disk.removeAll(folder);
      return failure(error, "nothing was changed", ports);
    }
    const told = error instanceof UserError ? error.place : undefined;
    const left = takeBack(transaction, home, disk).left.filter(({ path }) => shown(ports, path) !== told);
    if (left.length === 0 || error instanceof Interrupted)
      return failure(error, "all that was done is taken back", ports);
    const kept = left.map((one) => ({
      ...one,
      why: one.kept ? `${one.why}; its original is ${shown(ports, one.kept)}` : one.why,
    }));
    const fact = error instanceof Error ? error.message : String(error);
    return refusal(`${fact}: taken back, but for what others changed meanwhile`, kept, ports, [`${ports.recctl} ls`]);
  } catch (second) {
    return failure(second, "a change was begun and could not be taken back yet", ports, [`${ports.recctl} undo`]);
  }
}

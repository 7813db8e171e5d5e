import type { BigIntStats } from "node:fs";
import { UserError } from "../../errors.ts";
import { shown } from "../paths.ts";
import type { Ports, Step } from "./change.ts";
import { type Disk, isTaken } from "./disk.ts";
import { linkOrCopy, lookAt, moveToFree, temporaryBeside, writeNew } from "./files.ts";

/** What a file was when its original was kept. */
export type Kept = BigIntStats;

/**
 * Keeps the original of a step's file at `place`, by the same bytes under a second name where that can be.
 * @throws UserError where it is not what the plan saw
 */
export function keepOriginal(step: Step, place: string, disk: Disk, ports: Ports): Kept {
  linkOrCopy(disk, step.path, place);
  const stat = disk.lstat(step.path);
  const kept = lookAt(disk, place);
  if (!stat || kept.kind !== "file" || kept.hash !== step.before) throw changed(step.path, ports);
  return stat;
}

/** Does a step. `kept` as {@link keepOriginal} gave it; `id` and `number` name its temporary file. */
export function put(step: Step, kept: Kept, id: string, number: number, disk: Disk, ports: Ports): void {
  const unchanged = (): void => {
    const now = disk.lstat(step.path);
    if (!now || now.ino !== kept.ino || now.size !== kept.size || now.mtimeNs !== kept.mtimeNs) {
      throw changed(step.path, ports);
    }
  };
  if (step.type === "remove") {
    unchanged();
    disk.unlink(step.path);
    return;
  }
  const target = step.type === "rename" ? step.to : step.path;
  const fresh = temporaryBeside(target, id, number);
  if (step.after !== null) writeNew(disk, fresh, step.after, kept);
  unchanged();
  if (step.type === "rewrite") {
    disk.rename(fresh, step.path);
    return;
  }
  try {
    moveToFree(disk, step.after === null ? step.path : fresh, step.to);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new UserError("a file appeared where another is to go; nothing was changed", {
      place: shown(ports, step.to),
      remedy: again(ports),
    });
  }
  if (step.after !== null) disk.unlink(step.path);
}

const changed = (path: string, ports: Ports): UserError =>
  new UserError("a file changed since the plan was made; nothing was changed", {
    place: shown(ports, path),
    remedy: again(ports),
  });

/** What to do when the tree is not what the plan saw. */
export const again = ({ recctl }: Pick<Ports, "recctl">): string[] => ["the same command again", `${recctl} ls`];

import { join } from "node:path";
import { UserError } from "../../errors.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../../recording/json/write.ts";
import type { Place, Wanted, Written } from "../../server/serve/types.ts";
import { shown } from "../../store/paths.ts";
import { makeSafeFolder, whyNotSafeFolder } from "../../store/safe-folder.ts";
import type { Ports } from "../../store/transaction/change.ts";
import { DISK } from "../../store/transaction/disk.ts";
import { inTheWay } from "../../store/transaction/files.ts";
import { Ongoing } from "../../store/transaction/ongoing.ts";

/** Writes recordings. */
export interface Writer {
  /** Why nothing could be written to a folder, or at a place, as far as looking tells; null where nothing speaks against it. */
  whyNot(place: Wanted): string | null;
  /** Where `mayReplace` is false, what is there stays. */
  write(place: Place, root: JsonObject, mayReplace: boolean): Promise<Written>;
  /** What `undo` takes to take it back, oldest first; nothing where all was there as it was written. */
  changes(): readonly string[];
}

/** Writes recordings below `root` (absolute), all of one run of `verb` in one transaction: `recctl undo` takes them back. */
export function writerFor(root: string, verb: string, ports: Ports): Writer {
  const ongoing = new Ongoing(verb, ports);
  return {
    whyNot({ folder, name }) {
      try {
        const refused = whyNotSafeFolder(root, folder);
        if (refused !== null || name === null) return refused;
        const place = join(root, folder, name);
        const other = inTheWay(ports.disk ?? DISK, place);
        return other && `${shown(ports, place)}: ${other}`;
      } catch (error) {
        return refusedBy(error);
      }
    },
    async write({ folder, name }, document, mayReplace) {
      try {
        const refused = makeSafeFolder(root, folder);
        if (refused !== null) return { refused };
        const place = join(root, folder, name);
        const bytes = Buffer.from(`${writeJson(document, PYTHON_INDENTED)}\n`);
        const was = await ongoing.write(place, bytes, mayReplace);
        return was === "there" ? { there: shown(ports, place) } : { path: shown(ports, place), was };
      } catch (error) {
        return { refused: refusedBy(error) };
      }
    },
    changes: () => ongoing.changes,
  };
}

/** What the disk has against it. @throws whatever else it is */
function refusedBy(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (!(error instanceof UserError) && code === undefined) throw error;
  const where = error instanceof UserError && error.place !== undefined ? `${error.place}: ` : "";
  return where + (error as Error).message;
}

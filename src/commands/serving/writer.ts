import { join } from "node:path";
import { UserError } from "../../errors.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../../recording/json/write.ts";
import type { Place, Written } from "../../server/serve/types.ts";
import { shown } from "../../store/paths.ts";
import { makeSafeFolder } from "../../store/safe-folder.ts";
import type { Ports } from "../../store/transaction/change.ts";
import { Ongoing } from "../../store/transaction/ongoing.ts";

/** Writes recordings. */
export interface Writer {
  write(place: Place, root: JsonObject): Promise<Written>;
}

/** Writes recordings below `root` (absolute), all of one run of `verb` in one transaction: `recctl undo` takes them back. */
export function writerFor(root: string, verb: string, ports: Ports): Writer {
  const ongoing = new Ongoing(verb, ports);
  return {
    async write({ folder, name }, document) {
      try {
        const refused = makeSafeFolder(root, folder);
        if (refused !== null) return { refused };
        const place = join(root, folder, name);
        const was = await ongoing.write(place, Buffer.from(`${writeJson(document, PYTHON_INDENTED)}\n`));
        return { path: shown(ports, place), was };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (!(error instanceof UserError) && code === undefined) throw error;
        const where = error instanceof UserError && error.place !== undefined ? `${error.place}: ` : "";
        return { refused: where + (error as Error).message };
      }
    },
  };
}

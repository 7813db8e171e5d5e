import { unlinkSync, writeFileSync } from "node:fs";
import { UserError } from "../errors.ts";
import { diskFact } from "./disk-errors.ts";
import { absolute, type Base } from "./paths.ts";

/** What hinders a file that is not there yet, and no other. */
const FACTS: Readonly<Record<string, string>> = {
  EEXIST: "something is there already",
  ENOENT: "its folder is not there",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
};

/** Writes a file where none is. @throws UserError where it cannot be written; nothing is left of it then */
export function writeFresh(base: Base, path: string, content: string): void {
  const place = absolute(base, path);
  try {
    writeFileSync(place, content, { flag: "wx" });
  } catch (error) {
    const said = error as NodeJS.ErrnoException;
    // What could be opened was made here.
    if (said.syscall === "write") discard(place);
    throw new UserError(FACTS[said.code ?? ""] ?? diskFact(said).fact, { place: path });
  }
}

function discard(place: string): void {
  try {
    unlinkSync(place);
  } catch {
    // The disk that did not take it does not let go of it either.
  }
}

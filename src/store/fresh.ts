import { unlinkSync, writeFileSync } from "node:fs";
import { UserError } from "../errors.ts";
import { absolute, type Base } from "./paths.ts";

/** What the disk says, for people. */
const FACTS: Record<string, string> = {
  EEXIST: "something is there already",
  ENOENT: "its folder is not there",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the disk",
  ENAMETOOLONG: "the name is too long",
};

/** Writes a file where none is. @throws UserError where it cannot be written; nothing is left of it then */
export function writeFresh(base: Base, path: string, content: string): void {
  const place = absolute(base, path);
  try {
    writeFileSync(place, content, { flag: "wx" });
  } catch (error) {
    const { code = "", message, syscall } = error as NodeJS.ErrnoException;
    // What could be opened was made here.
    if (syscall === "write") discard(place);
    throw new UserError(FACTS[code] ?? message.replace(/, [a-z]+(?: '.*)?$/s, ""), { place: path });
  }
}

function discard(place: string): void {
  try {
    unlinkSync(place);
  } catch {
    // The disk that did not take it does not let go of it either.
  }
}

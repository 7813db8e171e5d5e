import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { UserError } from "../errors.ts";
import { absolute, type Base } from "./paths.ts";

/** Writes a file whole, in one step: who reads it sees the old one or the new one. @throws UserError where it cannot be written */
export function replaceFile(base: Base, path: string, text: string): void {
  const place = absolute(base, path);
  const fresh = `${place}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    const fd = openSync(fresh, "wx", 0o644);
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(fresh, place);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new UserError(`cannot be written: ${(error as Error).message.replace(/, \w+ '.*$/s, "")}`, { place: path });
  }
}

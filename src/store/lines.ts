import { closeSync, openSync, writeSync } from "node:fs";
import { UserError } from "../errors.ts";
import { absolute, type Base } from "./paths.ts";

/** A file that lines are appended to, each in one write, so that whoever reads it sees whole lines. */
export interface Lines {
  add(line: string): void;
  close(): void;
}

/** @throws UserError where it cannot be written */
export function appendLines(base: Base, path: string): Lines {
  const wrong = (error: unknown): UserError =>
    new UserError(`cannot be written: ${(error as Error).message.replace(/, \w+(?: '.*)?$/s, "")}`, { place: path });
  let fd: number;
  try {
    fd = openSync(absolute(base, path), "a", 0o644);
  } catch (error) {
    throw wrong(error);
  }
  return {
    add(line) {
      const bytes = Buffer.from(`${line}\n`);
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      } catch (error) {
        throw wrong(error);
      }
    },
    close: () => closeSync(fd),
  };
}

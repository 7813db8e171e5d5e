import { closeSync, fstatSync, openSync, readSync, type Stats, statSync, writeSync } from "node:fs";
import { UserError } from "../errors.ts";
import { absolute, type Base } from "./paths.ts";

/** A file that lines are appended to, each in one write, so that whoever reads it sees whole lines. */
export interface Lines {
  add(line: string): void;
  close(): void;
}

const failed = (what: string, error: unknown, path: string): UserError =>
  new UserError(`cannot be ${what}: ${(error as Error).message.replace(/, \w+(?: '.*)?$/s, "")}`, { place: path });

/** @throws UserError where it cannot be written */
export function appendLines(base: Base, path: string): Lines {
  const wrong = (error: unknown): UserError => failed("written", error, path);
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

/** What lines cannot be appended to: to open a pipe that nobody reads waits for ever. */
const KINDS: readonly (readonly [is: (stat: Stats) => boolean, kind: string])[] = [
  [(stat) => stat.isDirectory(), "a folder"],
  [(stat) => stat.isFIFO(), "a named pipe"],
  [(stat) => stat.isSocket(), "a socket"],
  [(stat) => stat.isBlockDevice(), "a disk"],
];

/** Streams that this process was started with. */
const OWN = /^\/dev\/(?:stdout|stderr|fd\/\d+)$/;

/** Of the end of a file so much is looked at: a line is shorter. */
const END = 4_000_000;

/**
 * The lines at the end of a file: the first one whole, and the last one where it ends with a newline, and then an empty one; none of
 * what is not there, or is no file. `kind`: what is there to which nothing can be appended; null: it can be.
 * @throws UserError where it cannot be read
 */
export function lastOf(base: Base, path: string): { kind: string | null; lines: string[] } {
  const place = absolute(base, path);
  try {
    const stat = statSync(place, { throwIfNoEntry: false });
    const kind = stat && !OWN.test(place) ? KINDS.find(([is]) => is(stat))?.[1] : undefined;
    if (!stat?.isFile() || kind !== undefined) return { kind: kind ?? null, lines: [] };
    return { kind: null, lines: endOf(place).split("\n") };
  } catch (error) {
    throw failed("read", error, path);
  }
}

function endOf(place: string): string {
  const fd = openSync(place, "r");
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, END));
    const read = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString("utf8", 0, read);
    return (size > END && text.slice(text.indexOf("\n") + 1)) || text;
  } finally {
    closeSync(fd);
  }
}

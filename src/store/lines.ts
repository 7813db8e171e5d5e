import {
  type BigIntStats,
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { UserError } from "../errors.ts";
import { absolute, type Base } from "./paths.ts";
import { statAt } from "./stamp.ts";

/** A file that lines are appended to, each in one write, so that whoever reads it sees whole lines. */
export interface Lines {
  /** @throws UserError where it is not written, or not whole */
  add(line: string): void;
  /** What became of what was written: `cut`: the file is shorter than it was; `elsewhere`: another one, or none, has its name; null: it is there. */
  gone(): "cut" | "elsewhere" | null;
  /** Takes the newline at the end away, which needs no room on a disk that is full; false where none is there. */
  unend(): boolean;
  close(): void;
}

const failed = (what: string, error: unknown, path: string): UserError =>
  new UserError(`cannot be ${what}: ${(error as Error).message.replace(/, \w+(?: '.*)?$/s, "")}`, { place: path });

/** @throws UserError where it cannot be written */
export function appendLines(base: Base, path: string): Lines {
  const wrong = (error: unknown): UserError => failed("written", error, path);
  const place = absolute(base, path);
  let fd: number;
  let isFile: boolean;
  /** What it has at least: others may append, too. */
  let size: number;
  try {
    // Streams and devices are only ever written to.
    fd = openSync(place, statSync(place, { throwIfNoEntry: false })?.isFile() === false ? "a" : "a+", 0o644);
    const stat = fstatSync(fd);
    isFile = stat.isFile();
    size = stat.size;
  } catch (error) {
    throw wrong(error);
  }
  return {
    add(line) {
      const bytes = Buffer.from(`${line}\n`);
      try {
        for (let done = 0; done < bytes.length; ) {
          const more = writeSync(fd, bytes, done);
          done += more;
          size += more;
        }
      } catch (error) {
        throw wrong(error);
      }
    },
    gone() {
      if (!isFile) return null;
      const own = fstatSync(fd, { bigint: true });
      if (!isSame(own, statAt(place))) return "elsewhere";
      const isCut = own.size < size;
      size = Number(own.size);
      return isCut ? "cut" : null;
    },
    unend() {
      if (!isFile) return false;
      try {
        const end = fstatSync(fd).size;
        const last = Buffer.alloc(1);
        if (end === 0 || readSync(fd, last, 0, 1, end - 1) === 0 || last.toString() !== "\n") return false;
        ftruncateSync(fd, end - 1);
        size = end - 1;
        return true;
      } catch {
        // A disk that fails altogether, which was told.
        return false;
      }
    },
    close: () => closeSync(fd),
  };
}

const isSame = (own: BigIntStats, there: BigIntStats | undefined): boolean =>
  there !== undefined && own.ino === there.ino && own.dev === there.dev;

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

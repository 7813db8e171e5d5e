import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { decode } from "../recording/decode.ts";
import { type Flaw, readDocument } from "../recording/document.ts";
import { type Head, headOf } from "../recording/head.ts";
import { JsonError } from "../recording/json/error.ts";
import { JsonReader } from "../recording/json/parse.ts";
import { skim } from "../recording/skim.ts";
import { isNoUtf8, NO_UTF8 } from "./paths.ts";

/** Files beyond this are told as too large: V8's longest string is not much longer. */
const MAX_BYTES = 500 * 1024 * 1024;

/**
 * Files beyond this are not built into documents to be listed: one with millions of tiny values takes
 * fifty times its size. None is known that is in another text form than the recorder's and as large.
 */
const MAX_SLOW_BYTES = 50 * 1024 * 1024;

/** Most files fit into one buffer of this size. */
const LEAST_BUFFER = 1 << 18;

/** A flaw of a file that could not be read: it says nothing about the file's bytes. */
export class ReadError extends Error {
  readonly remedy: string | undefined;
  constructor(message: string, remedy?: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** The bytes of a file and what it was when they were read. */
export interface Bytes {
  bytes: Buffer;
  stat: BigIntStats;
}

/** Reads files one after another into one buffer: each result is good until the next read. */
export class FileReader {
  private buffer = Buffer.alloc(0);

  /** @throws ReadError where the file cannot be had, or is larger than `most`. */
  read(path: string, most = MAX_BYTES): Bytes {
    let fd: number;
    try {
      // Without O_NONBLOCK a named pipe would hang the run.
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (error) {
      throw readError(error as NodeJS.ErrnoException, path);
    }
    try {
      const stat = fstatSync(fd, { bigint: true });
      if (stat.isDirectory()) throw new ReadError("a folder, not a file");
      if (!stat.isFile()) throw new ReadError("not a regular file");
      if (stat.size > most) throw new ReadError(`too large: ${stat.size} bytes, the limit is ${most}`);
      return { bytes: this.fill(fd, Number(stat.size)), stat };
    } catch (error) {
      throw error instanceof ReadError ? error : readError(error as NodeJS.ErrnoException, path);
    } finally {
      closeSync(fd);
    }
  }

  private fill(fd: number, size: number): Buffer {
    if (size > this.buffer.length) this.buffer = Buffer.allocUnsafeSlow(Math.max(LEAST_BUFFER, size + (size >> 1)));
    let length = 0;
    while (length < size) {
      const more = readSync(fd, this.buffer, length, size - length, null);
      if (more === 0) break;
      length += more;
    }
    return this.buffer.subarray(0, length);
  }
}

function readError(error: NodeJS.ErrnoException, path: string): ReadError {
  if (error.code === "ENOENT" && isNoUtf8(path)) return new ReadError(NO_UTF8);
  if (error.code === "ENOENT") return new ReadError("a link to nowhere, or gone while it was read");
  if (error.code === "EACCES" || error.code === "EPERM") return new ReadError("permission denied");
  if (error.code === "ELOOP") return new ReadError("a link that leads to itself");
  return new ReadError(error.message.replace(/, (?:open|read|fstat).*$/s, ""));
}

/** The head of a recording, or why it is none. */
export function readHead(bytes: Buffer): Head | Flaw {
  const quick = skim(bytes);
  if (quick) return quick;
  if (bytes.length > MAX_SLOW_BYTES) return readLarge(bytes);
  const document = readDocument(bytes);
  return "message" in document ? document : headOf(document.root);
}

/** What is wrong with a large file in another text form than the recorder's: that it is large, if nothing else is. */
function readLarge(bytes: Buffer): Flaw {
  try {
    const reader = new JsonReader(decode(bytes));
    reader.skip();
    reader.end();
    return { line: 1, column: 1, message: `too large for a file that no recorder wrote: ${bytes.length} bytes` };
  } catch (error) {
    if (error instanceof JsonError) return { line: error.line, column: error.column, message: error.message };
    throw error;
  }
}

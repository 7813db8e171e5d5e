import { isAscii } from "node:buffer";
import { decode } from "./decode.ts";
import { whyNotRecording } from "./head.ts";
import { JsonError } from "./json/error.ts";
import { locate } from "./json/locate.ts";
import { readJson } from "./json/parse.ts";
import type { JsonObject, JsonValue } from "./json/value.ts";

/** Why a file is no recording, and where in it that shows. Line and column count from 1. */
export interface Flaw {
  line: number;
  column: number;
  message: string;
  /** A command that helps, where there is one. */
  remedy?: string;
}

/** The one ASCII character above space that Python escapes. */
const DEL = 0x7f;

const LFS = "version https://git-lfs.github.com/spec/";

/** Whether a file stands in for one that Git LFS keeps elsewhere. */
export const isLfsPointer = (bytes: Buffer): boolean => bytes.subarray(0, LFS.length).toString("latin1") === LFS;

/** A file read as JSON. */
export interface Parsed {
  text: string;
  root: JsonValue;
  /** Whether the text is what a recorder writes: `json.dump(indent=2)` and a newline. */
  plain: boolean;
}

/**
 * The JSON document of a file and its text, or why it has none. `shared`: what is the same in several elements of an
 * array may be the very same value there (see Template), so nobody may change the document; it is read, and can be
 * checked, several times as fast.
 */
export function parseDocument(bytes: Buffer, shared = false): Parsed | Flaw {
  try {
    if (bytes.length === 0) return { line: 1, column: 1, message: "empty file" };
    const text = decode(bytes);
    if (text.startsWith(LFS)) {
      return { line: 1, column: 1, message: "a Git LFS pointer, not the recording itself", remedy: "git lfs pull" };
    }
    const ascii = isAscii(bytes);
    const { value, plain } = readJson(text, ascii && shared ? bytes : undefined);
    return { text, root: value, plain: plain && ascii && !bytes.includes(DEL) };
  } catch (error) {
    if (error instanceof JsonError) return { line: error.line, column: error.column, message: error.message };
    throw error;
  }
}

/** The document of a recording and its text, or why it is none; `shared` as for {@link parseDocument}. */
export function readDocument(bytes: Buffer, shared = false): { text: string; root: JsonObject } | Flaw {
  const parsed = parseDocument(bytes, shared);
  if ("message" in parsed) return parsed;
  const why = whyNotRecording(parsed.root);
  if (why) return { ...locate(parsed.text, why.path), message: why.message };
  return { text: parsed.text, root: parsed.root as JsonObject };
}

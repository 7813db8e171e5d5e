import { crc32 } from "node:zlib";
import type { Flaw } from "../recording/document.ts";
import type { Head } from "../recording/head.ts";
import type { Kind } from "../recording/kinds.ts";

/** What the index remembers of one file. */
export interface Remembered {
  stamp: string;
  head: Head | Flaw;
}

/** The index of one folder of recordings: its files by path below that folder. */
export interface Shard {
  /** When the reading of its newest entries began, in milliseconds since 1970. */
  began: number;
  files: Map<string, Remembered>;
}

/** Raised with every change of what is stored, so that an older or newer recctl's index is not misread. */
const VERSION = 1;
/** How every shard begins. */
export const MAGIC = "recctl-index";

type Row = [string, string, ...(number | string | null)[]];

/**
 * A shard as text: a line with a checksum, then one JSON document in which each distinct string of
 * the heads stands once.
 */
export function encodeShard(folder: string, shard: Shard): string {
  const strings: string[] = [];
  const known = new Map<string, number>();
  const share = (text: string | null): number => {
    if (text === null) return -1;
    let at = known.get(text);
    if (at === undefined) {
      at = strings.length;
      strings.push(text);
      known.set(text, at);
    }
    return at;
  };
  const rows: Row[] = [];
  for (const [name, { stamp, head }] of shard.files) {
    if ("message" in head) rows.push([name, stamp, head.line, head.column, head.message, head.remedy ?? null]);
    else {
      const { testId, kind, method, url, endpoint, model, tool, type, streaming, chunks, failed } = head;
      const texts = [testId, kind, method, url, endpoint, model, tool, type].map(share);
      rows.push([name, stamp, ...texts, (streaming ? 1 : 0) + (failed ? 2 : 0), chunks ?? -1]);
    }
  }
  const text = JSON.stringify({ folder, began: shard.began, strings, rows });
  return `${MAGIC} ${VERSION} ${crc32(text).toString(16)}\n${text}`;
}

/** Reads a shard; null where the text is no shard of this folder and version, whole and unharmed. */
export function decodeShard(folder: string, content: string): Shard | null {
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  if (content.slice(0, end) !== `${MAGIC} ${VERSION} ${crc32(text).toString(16)}`) return null;
  const stored = JSON.parse(text) as { folder: string; began: number; strings: string[]; rows: Row[] };
  if (stored.folder !== folder) return null;
  const files = new Map<string, Remembered>();
  for (const row of stored.rows) {
    const [name, stamp, ...rest] = row;
    files.set(name, {
      stamp,
      head: rest.length === 4 ? flawFrom(rest) : headFromRow(rest as number[], stored.strings),
    });
  }
  return { began: stored.began, files };
}

function flawFrom(row: readonly (number | string | null)[]): Flaw {
  const [line, column, message, remedy] = row as [number, number, string, string | null];
  return { line, column, message, ...(remedy === null ? {} : { remedy }) };
}

function headFromRow(row: readonly number[], strings: readonly string[]): Head {
  const text = (at: number): string | null => strings[row[at] as number] ?? null;
  const marks = row[8] as number;
  const chunks = row[9] as number;
  return {
    testId: text(0),
    kind: text(1) as Kind,
    method: text(2),
    url: text(3),
    endpoint: text(4),
    model: text(5),
    tool: text(6),
    type: text(7),
    streaming: (marks & 1) !== 0,
    chunks: chunks < 0 ? null : chunks,
    failed: (marks & 2) !== 0,
  };
}

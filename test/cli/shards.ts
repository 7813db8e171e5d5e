import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** An index file as it lies on disk: what the tests know of its form. */
export interface Stored {
  folder: string;
  began: number;
  strings: string[];
  rows: [name: string, stamp: string, ...rest: unknown[]][];
}

/** The index files in a cache directory; a leftover or a broken one fails the test. */
export function shardPaths(cache: string): string[] {
  return readdirSync(cache)
    .sort()
    .map((name) => {
      if (!/^[0-9a-f]{8}\.index$/.test(name)) throw new Error(`no index file: ${name}`);
      return join(cache, name);
    });
}

export function readShard(path: string): Stored {
  const content = readFileSync(path, "utf8");
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  if (content.slice(0, end) !== `recctl-index 1 ${crc32(text).toString(16)}`) throw new Error("a wrong checksum");
  return JSON.parse(text);
}

export function writeShard(path: string, stored: Stored): void {
  const text = JSON.stringify(stored);
  writeFileSync(path, `recctl-index 1 ${crc32(text).toString(16)}\n${text}`);
}

/** Makes what the index knows old enough to be trusted: from then on only a file's stamp tells that it changed. */
export function settle(cache: string): void {
  for (const path of shardPaths(cache)) writeShard(path, { ...readShard(path), began: Date.now() + 3_600_000 });
}

/** Tells apart the versions of each index file: a run that only reads leaves them alone. */
export const versions = (cache: string): string[] =>
  shardPaths(cache).map((path) => {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return `${path} ${ino} ${mtimeNs} ${size}`;
  });

/** What the index writes down of a file, to see whether it changed. */
export function stamp(path: string): string {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  return `${size}.${mtimeNs}.${ctimeNs}.${ino}`;
}

import { type BigIntStats, statSync } from "node:fs";
import { relative, sep } from "node:path";
import type { Broken, Entry } from "../listing/entry.ts";
import type { Head } from "../recording/head.ts";
import { readName } from "../recording/name.ts";
import type { Folder } from "./find.ts";
import type { Index } from "./index.ts";
import { FileReader, type Flaw, ReadError, readHead } from "./read.ts";
import type { Remembered } from "./shard.ts";
import { isRacy, stampOf } from "./stamp.ts";

/** What a scan needs from outside. */
export interface ScanPorts {
  index: Index;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called between files: it may show progress, and lets a signal through. Resolves at once mostly. */
  pause: (done: number, total: number) => Promise<void> | undefined;
}

/** How much of a scan the index spared. */
export interface ScanCounts {
  files: number;
  read: number;
  /** Shards that could not be kept: the next run reads again. */
  unsaved: number;
}

export interface Scan {
  files: (Entry | Broken)[];
  counts: ScanCounts;
}

/** Reads the heads of all files in `folders`, from the index where it still holds. */
export async function scan(folders: readonly Folder[], ports: ScanPorts): Promise<Scan> {
  const out: Scan = { files: [], counts: { files: 0, read: 0, unsaved: 0 } };
  const total = folders.reduce((sum, folder) => sum + folder.names.length, 0);
  const reader = new FileReader();
  for (const [root, members] of byShard(folders)) {
    const began = ports.now();
    const known = ports.index.load(root);
    const files = known?.files ?? new Map<string, Remembered>();
    let changed = false;
    let seen = 0;
    for (const folder of members) {
      const prefix = prefixBelow(root, folder);
      for (const name of folder.names) {
        const wait = ports.pause(out.counts.files++, total);
        if (wait) await wait;
        const path = folder.path.endsWith(sep) ? folder.path + name : folder.path + sep + name;
        const old = files.get(prefix + name);
        seen++;
        const stat = old && statOf(path);
        if (old && stat && stampOf(stat) === old.stamp && !isRacy(stat, known?.began ?? 0)) {
          out.files.push(listed(folder, name, old.head, stat.size));
          continue;
        }
        out.counts.read++;
        changed = true;
        const now = readOne(reader, path);
        if ("unread" in now) {
          files.delete(prefix + name);
          out.files.push(listed(folder, name, now.unread, 0n));
        } else {
          files.set(prefix + name, now.remembered);
          out.files.push(listed(folder, name, now.remembered.head, now.bytes));
        }
      }
    }
    if (files.size > seen) changed = forgetGone(files, root, members) || changed;
    if (changed && !ports.index.save(root, { began, files })) out.counts.unsaved++;
  }
  return out;
}

/** What is there now; what cannot be looked at is read, which tells why. */
function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

type ReadOutcome = { remembered: Remembered; bytes: bigint } | { unread: Flaw };

function readOne(reader: FileReader, path: string): ReadOutcome {
  try {
    const { bytes, stat } = reader.read(path);
    return { remembered: { stamp: stampOf(stat), head: readHead(bytes) }, bytes: stat.size };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { message, remedy } = error;
    return { unread: { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) } };
  }
}

function listed(folder: Folder, name: string, head: Head | Flaw, bytes: bigint): Entry | Broken {
  const path = folder.shown === "" ? name : `${folder.shown}/${name}`;
  if ("message" in head) return { path, ...head };
  return { path, id: readName(name).id, bytes: Number(bytes), head };
}

/** Drops what the index knows of files that are gone from wholly listed folders; tells whether there were any. */
function forgetGone(files: Map<string, Remembered>, root: string, members: readonly Folder[]): boolean {
  const before = files.size;
  const whole = new Map(
    members.filter((folder) => folder.whole).map((folder) => [prefixBelow(root, folder), new Set(folder.names)]),
  );
  for (const key of files.keys()) {
    const cut = key.lastIndexOf("/") + 1;
    const names = whole.get(key.slice(0, cut));
    if (names && !names.has(key.slice(cut))) files.delete(key);
  }
  return files.size < before;
}

function prefixBelow(root: string, folder: Folder): string {
  const below = relative(root, folder.path).split(sep).join("/");
  return below === "" ? "" : `${below}/`;
}

/** Folders by the outermost folder called `recordings` above them, which is what an index file covers. */
function byShard(folders: readonly Folder[]): Map<string, Folder[]> {
  const shards = new Map<string, Folder[]>();
  for (const folder of folders) {
    const parts = folder.path.split(sep);
    const depth = parts.indexOf("recordings");
    const root = depth < 0 ? folder.path : parts.slice(0, depth + 1).join(sep);
    const members = shards.get(root);
    if (members) members.push(folder);
    else shards.set(root, [folder]);
  }
  return shards;
}

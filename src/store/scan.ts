import { relative, sep } from "node:path";
import type { Broken, Entry } from "../listing/entry.ts";
import { readName } from "../recording/name.ts";
import type { Folder } from "./find.ts";
import type { Index } from "./index.ts";
import { type ReadOutcome, readAll } from "./readall.ts";
import type { Remembered } from "./shard.ts";
import { isRacy, sizeOf, stampOf, statAt } from "./stamp.ts";

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

/** A file that was found, and what the index knows of it where that still holds. */
interface Slot {
  folder: Folder;
  name: string;
  shard: OpenShard;
  /** The file's key in its shard. */
  key: string;
  known: Remembered | undefined;
}

/** A shard while its files are looked at. */
interface OpenShard {
  root: string;
  members: readonly Folder[];
  /** When looking at its files began, in milliseconds since 1970. */
  began: number;
  files: Map<string, Remembered>;
  changed: boolean;
}

/** Reads the heads of all files in `folders`, from the index where it still holds. */
export async function scan(folders: readonly Folder[], ports: ScanPorts): Promise<Scan> {
  const total = folders.reduce((sum, folder) => sum + folder.names.length, 0);
  const shards: OpenShard[] = [];
  const slots: Slot[] = [];
  for (const [root, members] of byShard(folders)) {
    const began = ports.now();
    const stored = ports.index.load(root);
    const shard: OpenShard = { root, members, began, files: stored?.files ?? new Map(), changed: false };
    shards.push(shard);
    for (const folder of members) {
      const prefix = prefixBelow(root, folder);
      for (const name of folder.names) {
        // A look at a file takes some microseconds: signals can wait for a few.
        const wait = slots.length % 64 === 0 ? ports.pause(0, total) : undefined;
        if (wait) await wait;
        const key = prefix + name;
        const known = stillTrue(shard.files.get(key), pathOf(folder, name), stored?.began ?? 0);
        slots.push({ folder, name, shard, key, known });
      }
    }
  }
  const unknown = slots.filter((slot) => !slot.known);
  const outcomes = await readAll(
    unknown.map(({ folder, name }) => pathOf(folder, name)),
    (done) => ports.pause(total - unknown.length + done, total),
  );
  let next = 0;
  const files = slots.map((slot) => listed(slot, slot.known ?? learnt(slot, outcomes[next++] as ReadOutcome)));
  return { files, counts: { files: total, read: unknown.length, unsaved: keep(shards, slots, ports.index) } };
}

const pathOf = (folder: Folder, name: string): string =>
  folder.path.endsWith(sep) ? folder.path + name : folder.path + sep + name;

/** What the index knows of a file, if the file is still what it was. */
function stillTrue(known: Remembered | undefined, path: string, began: number): Remembered | undefined {
  // What cannot be looked at is read, which tells why.
  const stat = known && statAt(path);
  return stat && stampOf(stat) === known.stamp && !isRacy(stat, began) ? known : undefined;
}

/** Puts what was read of a file into its shard. */
function learnt({ shard, key }: Slot, outcome: ReadOutcome): ReadOutcome {
  if ("unread" in outcome) {
    // What cannot be read today may be readable tomorrow: it is not remembered.
    shard.changed = shard.files.delete(key) || shard.changed;
  } else {
    shard.files.set(key, outcome);
    shard.changed = true;
  }
  return outcome;
}

/** Saves the shards that changed; tells how many could not be saved. */
function keep(shards: readonly OpenShard[], slots: readonly Slot[], index: Index): number {
  const seen = new Map<OpenShard, number>();
  for (const { shard } of slots) seen.set(shard, (seen.get(shard) ?? 0) + 1);
  let unsaved = 0;
  for (const shard of shards) {
    const { root, members, began, files } = shard;
    const gone = files.size > (seen.get(shard) ?? 0) && forgetGone(files, root, members);
    if ((shard.changed || gone) && !index.save(root, { began, files })) unsaved++;
  }
  return unsaved;
}

function listed({ folder, name }: Slot, outcome: ReadOutcome): Entry | Broken {
  const path = folder.shown === "" ? name : `${folder.shown}/${name}`;
  if ("unread" in outcome) return { path, ...outcome.unread };
  const { head, stamp } = outcome;
  if ("message" in head) return { path, ...head };
  return { path, id: readName(name).id, bytes: sizeOf(stamp), head };
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

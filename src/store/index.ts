import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { discard, keep } from "./cache.ts";
import { decodeShard, encodeShard, MAGIC, type Shard } from "./shard.ts";

/**
 * What recctl remembers of the files that it has read, so that it need not read them again. It lies in
 * the cache directory, one file (a shard) for each folder of recordings, and never in the tree: an
 * index that is committed gives every branch a merge conflict. Whatever is wrong with it costs time,
 * never an answer.
 */
export interface Index {
  load(folder: string): Shard | null;
  /** Replaces a shard in one step. A racing process or a full disk loses the new one, no more; tells whether it was kept. */
  save(folder: string, shard: Shard): boolean;
}

/** For `--no-index`. */
export const NO_INDEX: Index = { load: () => null, save: () => false };

const shardName = (folder: string): string => `${crc32(folder).toString(16).padStart(8, "0")}.index`;

/** An index in `dir`, which need not be there yet; none where `dir` is null. */
export function openIndex(dir: string | null): Index {
  if (dir === null) return NO_INDEX;
  return {
    load(folder) {
      try {
        return decodeShard(folder, readFileSync(join(dir, shardName(folder)), "utf8"));
      } catch {
        return null;
      }
    },
    save: (folder, shard) => keep(join(dir, shardName(folder)), encodeShard(folder, shard)),
  };
}

/** An hour: a shard that is still being written after that has lost its writer. */
const ABANDONED = 3_600_000;

/** How large the index is, and what was swept out of it. */
export interface IndexState {
  dir: string;
  shards: number;
  bytes: number;
  /** Shards that were removed: their folder is gone, or they cannot be read. */
  swept: number;
}

/** What recctl calls its files; the folder may be shared with others, whose files are none of its business. */
const SHARD = /^[0-9a-f]{8}\.index$/;
const UNFINISHED = /^[0-9a-f]{8}\.index\.[0-9a-z]+\.new$/;

/** Tells what there is, and with `remove` removes the shards that are of no use any more. `now` in milliseconds since 1970. */
export function sweepIndex(dir: string, now: number, remove: boolean): IndexState {
  const state: IndexState = { dir, shards: 0, bytes: 0, swept: 0 };
  for (const name of listed(dir)) {
    const path = join(dir, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    const useless = UNFINISHED.test(name) ? now - stat.mtimeMs > ABANDONED : SHARD.test(name) && isDead(path);
    if (useless && remove) {
      discard(path);
      state.swept++;
    } else if (SHARD.test(name)) {
      state.shards++;
      state.bytes += stat.size;
    }
  }
  return state;
}

function listed(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Whether a file is a shard that is of no use: it was made by recctl, and is damaged, or its folder is gone. */
function isDead(path: string): boolean {
  try {
    const content = readFileSync(path, "utf8");
    if (!content.startsWith(`${MAGIC} `)) return false;
    const folder = /^\{"folder":("(?:[^"\\]|\\.)*")/.exec(content.slice(content.indexOf("\n") + 1));
    if (!folder) return true;
    const name = JSON.parse(folder[1] as string) as string;
    return decodeShard(name, content) === null || !statSync(name, { throwIfNoEntry: false })?.isDirectory();
  } catch {
    return true;
  }
}

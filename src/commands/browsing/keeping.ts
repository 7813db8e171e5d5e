import type { Entry } from "../../listing/entry.ts";
import type { Head } from "../../recording/head.ts";
import type { Index } from "../../store/index.ts";
import type { Shard } from "../../store/shard.ts";

/** Of so many files that are new or others the index on disk is told at once; fewer are read again by whoever comes next. */
const MANY = 50;

/** An index that is read from disk once. */
export interface KeptIndex extends Index {
  /** Files (absolute paths) that are others than when they were read before, each told once. */
  rewritten(): Set<string>;
}

export function keptIndex(index: Index): KeptIndex {
  const shards = new Map<string, Shard>();
  const seen = new Set<string>();
  let rewritten = new Set<string>();
  return {
    load(folder) {
      const shard = shards.get(folder) ?? index.load(folder);
      if (!shard) return null;
      shards.set(folder, shard);
      // Whoever reads the tree changes what it was given.
      return { ...shard, files: new Map(shard.files) };
    },
    save(folder, shard) {
      const before = shards.get(folder);
      shards.set(folder, shard);
      let fresh = 0;
      for (const [key, one] of shard.files) {
        const old = before?.files.get(key);
        if (old?.stamp === one.stamp) continue;
        fresh++;
        if (old) rewritten.add(`${folder}/${key}`);
      }
      const isFirst = !seen.has(folder);
      seen.add(folder);
      return isFirst || fresh >= MANY ? index.save(folder, shard) : true;
    },
    rewritten() {
      const told = rewritten;
      rewritten = new Set();
      return told;
    },
  };
}

const TEXTS = ["testId", "kind", "method", "url", "endpoint", "model", "tool", "type"] as const;

/** Lets what is equal in heads be one string: thousands of them have few. */
export async function shareTexts(entries: readonly Entry[], breathe: () => Promise<void> | undefined): Promise<void> {
  const known = new Map<string, string>();
  const shared = (text: string): string => {
    const one = known.get(text) ?? text;
    known.set(text, one);
    return one;
  };
  for (const [at, { head }] of entries.entries()) {
    const wait = at % 256 === 0 ? breathe() : undefined;
    if (wait) await wait;
    const own = head as { -readonly [Name in keyof Head]: Head[Name] };
    for (const name of TEXTS) {
      const text = own[name];
      if (text !== null) (own[name] as string) = shared(text);
    }
  }
}

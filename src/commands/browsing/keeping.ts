import type { Entry } from "../../listing/entry.ts";
import type { Head } from "../../recording/head.ts";
import type { Index } from "../../store/index.ts";
import type { Shard } from "../../store/shard.ts";

/** An index that is read once, and written the first time alone: what changes underneath is read again by whoever comes next. */
export function keptIndex(index: Index): Index {
  const shards = new Map<string, Shard>();
  return {
    load(folder) {
      const shard = shards.get(folder) ?? index.load(folder);
      if (shard) shards.set(folder, shard);
      return shard;
    },
    save(folder, shard) {
      const isFirst = !shards.has(folder);
      shards.set(folder, shard);
      return isFirst ? index.save(folder, shard) : true;
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

import type { Entry } from "./entry.ts";
import { dialectName } from "./filter.ts";

/** What recordings can be counted by: `--group`. */
export const GROUPS = {
  test: (entry) => entry.head.testId,
  dir: (entry) => (entry.path.includes("/") ? entry.path.slice(0, entry.path.lastIndexOf("/")) : "."),
  model: (entry) => entry.head.model || null,
  endpoint: (entry) => entry.head.endpoint,
  dialect: dialectName,
} as const satisfies Record<string, (entry: Entry) => string | null>;
export type GroupBy = keyof typeof GROUPS;

/** Recordings that have something in common. */
export interface Group {
  /** What they have in common; null where they have none of it. */
  key: string | null;
  recordings: number;
  bytes: number;
  streaming: number;
  failed: number;
}

/** Counts by what `by` names, the largest group first. */
export function grouped(entries: readonly Entry[], by: GroupBy): Group[] {
  const groups = new Map<string | null, Group>();
  for (const entry of entries) {
    const key = GROUPS[by](entry);
    let group = groups.get(key);
    if (!group) {
      group = { key, recordings: 0, bytes: 0, streaming: 0, failed: 0 };
      groups.set(key, group);
    }
    group.recordings++;
    group.bytes += entry.bytes;
    if (entry.head.streaming) group.streaming++;
    if (entry.head.failed) group.failed++;
  }
  return [...groups.values()].sort((a, b) => b.recordings - a.recordings || b.bytes - a.bytes);
}

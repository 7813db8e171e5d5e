import type { Body, State } from "./state.ts";

/** How many bodies are kept, and how many bytes of files they may come from: in memory they take several times as much. */
const MOST = 12;
const MOST_BYTES = 4_000_000;

/** The bodies with one more, the oldest left out where they become too many. */
export function keptBodies({ bodies }: State, body: Body): ReadonlyMap<string, Body> {
  const kept = new Map(bodies);
  kept.delete(body.path);
  kept.set(body.path, body);
  let bytes = [...kept.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  for (const [path, one] of kept) {
    if (kept.size <= 1 || (kept.size <= MOST && bytes <= MOST_BYTES)) break;
    kept.delete(path);
    bytes -= sizeOf(one);
  }
  return kept;
}

const sizeOf = (body: Body): number => ("bytes" in body ? body.bytes : 0);

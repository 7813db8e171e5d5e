import { shownPath } from "./requests.ts";
import type { Body, Peek, State } from "./state.ts";

/** How many bodies are kept, and how many bytes of files they may come from: in memory they take several times as much. */
const MOST = 12;
const MOST_BYTES = 4_000_000;

/** The bodies with one more; where they become too many the oldest are left out, but never what is shown. */
export function keptBodies(state: State, body: Body): ReadonlyMap<string, Body> {
  const kept = new Map(state.bodies);
  kept.delete(body.path);
  kept.set(body.path, body);
  const shown = shownPath(state);
  let bytes = [...kept.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  for (const [path, one] of kept) {
    if (kept.size <= 1 || (kept.size <= MOST && bytes <= MOST_BYTES)) break;
    if (path === shown) continue;
    kept.delete(path);
    bytes -= sizeOf(one);
  }
  return kept;
}

const sizeOf = (body: Body): number => ("bytes" in body ? body.bytes : 0);

/** More than the requests of the largest test that is listed in order, and a screen of others. */
const MOST_PEEKS = 5_000;

/** What lists tell of recordings, with more of it; the oldest is left out where it becomes too much. */
export function keptPeeks({ peeks }: State, more: ReadonlyMap<string, Peek>): ReadonlyMap<string, Peek> {
  if (more.size === 0) return peeks;
  const kept = new Map(peeks);
  for (const [path, peek] of more) {
    kept.delete(path);
    kept.set(path, peek);
  }
  for (const path of kept.keys()) {
    if (kept.size <= MOST_PEEKS) break;
    kept.delete(path);
  }
  return kept;
}

/** A state that has forgotten what was read of these files. */
export function forgetting(state: State, paths: ReadonlySet<string>): State {
  const { bodies, peeks } = state;
  return { ...state, bodies: without(bodies, paths), peeks: without(peeks, paths) };
}

/** A map without some keys; the very same where it has none of them. */
function without<Value>(map: ReadonlyMap<string, Value>, keys: ReadonlySet<string>): ReadonlyMap<string, Value> {
  const gone = [...keys].filter((key) => map.has(key));
  if (gone.length === 0) return map;
  const left = new Map(map);
  for (const key of gone) left.delete(key);
  return left;
}

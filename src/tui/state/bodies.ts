import { shownPath } from "./requests.ts";
import type { Body, Peek, State } from "./state.ts";

/** How many bodies are kept, and how many bytes of files they may come from: in memory they take several times as much. */
const MOST = 12;
const MOST_BYTES = 4_000_000;
/** The same for files from so many bytes on: they take long to read, so that one is gone back to at once. */
const BIG = 1_000_000;
const MOST_BIG = 2;
const MOST_BIG_BYTES = 40_000_000;

/** The bodies with one more; where they become too many the oldest are left out, but never what is shown. */
export function keptBodies(state: State, body: Body): ReadonlyMap<string, Body> {
  const kept = new Map(state.bodies);
  kept.delete(body.path);
  kept.set(body.path, body);
  const shown = shownPath(state);
  const leave = (isOf: (one: Body) => boolean, most: number, mostBytes: number): void => {
    const own = [...kept.values()].filter(isOf);
    let bytes = own.reduce((sum, one) => sum + sizeOf(one), 0);
    let count = own.length;
    for (const one of own) {
      if (count <= 1 || (count <= most && bytes <= mostBytes)) break;
      if (one.path === shown) continue;
      kept.delete(one.path);
      bytes -= sizeOf(one);
      count--;
    }
  };
  leave((one) => sizeOf(one) < BIG, MOST, MOST_BYTES);
  leave((one) => sizeOf(one) >= BIG, MOST_BIG, MOST_BIG_BYTES);
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

import { ascent } from "./ascent.ts";

/** Elements that could be anything: neither equal to one that there is once on either side, nor between the same ones. */
export interface Gap {
  old: number[];
  now: number[];
}

/** What elements are known by: equal ones have the same. */
export type Keys = readonly (string | number)[];
/** What a pair is worth, from 0 to 1; 0: it is none. */
export type Worth = (i: number, j: number) => number;

/** Pairs elements whose key there is once on either side; or, of keys that repeat, the first with the first, and so on. */
export function pairEqual(old: Keys, now: Keys, partners: number[], repeated: boolean): void {
  const [places, others] = [placesOf(old.keys(), old), placesOf(now.keys(), now)];
  for (const [key, at] of others) {
    const from = places.get(key) ?? [];
    if (!repeated && (at.length > 1 || from.length > 1)) continue;
    for (let nth = 0; nth < Math.min(at.length, from.length); nth++) partners[at[nth] as number] = from[nth] as number;
  }
}

/** Where each key stands, of those at some indexes. */
export function placesOf(indexes: Iterable<number>, keys: Keys): Map<string | number, number[]> {
  const places = new Map<string | number, number[]>();
  for (const at of indexes) {
    const key = keys[at] as string | number;
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  }
  return places;
}

/** What has no partner, between pairs that keep their order. */
export function gapsOf(oldLength: number, partners: readonly number[]): Gap[] {
  const taken = new Set(partners);
  const gaps: Gap[] = [];
  let [i, j] = [0, 0];
  for (const end of [...ascent(partners), partners.length]) {
    const oldEnd = end < partners.length ? (partners[end] as number) : oldLength;
    const gap: Gap = { old: [], now: [] };
    for (; i < oldEnd; i++) if (!taken.has(i)) gap.old.push(i);
    for (; j < end; j++) if (partners[j] === -1) gap.now.push(j);
    if (gap.old.length > 0 && gap.now.length > 0) gaps.push(gap);
  }
  return gaps;
}

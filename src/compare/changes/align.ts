import type { JsonValue } from "../../recording/json/value.ts";
import { ascent } from "./ascent.ts";
import type { Budget } from "./budget.ts";
import { toolName, worth } from "./element.ts";
import { heaviest } from "./heaviest.ts";
import { Sketches } from "./likeness.ts";
import { Prints } from "./print.ts";

/** What is known of the values that are compared, and what comparing may still cost. */
export class Work {
  readonly prints = new Prints();
  readonly sketches = new Sketches();
  constructor(readonly budget: Budget) {}
}

/** Elements that could be anything: neither equal to one that there is once on either side, nor between the same ones. */
interface Gap {
  old: number[];
  now: number[];
}

/** Likeness from which elements out of order are taken for one that moved and changed. */
const MOVED = 0.6;

/**
 * The element of `old` that each element of `now` was, or -1 for one that is new. Tools are the same by name, all
 * else by what it says: first what is equal, then what is most alike between equal ones, then what is left, in any order.
 * @param inTools whether the array lies under the key `tools`
 */
export function align(old: readonly JsonValue[], now: readonly JsonValue[], inTools: boolean, work: Work): number[] {
  const names = [old, now].map((all) => all.map((element) => toolName(element, inTools)));
  const named = names.every((all) => all.every((name) => name !== undefined));
  const [oldKeys, nowKeys] = (named ? names : [old, now].map((all) => all.map((one) => work.prints.of(one)))) as Keys[];
  const partners = new Array<number>(now.length).fill(-1);
  const value = (i: number, j: number): number => {
    const like = worth(old[i] as JsonValue, now[j] as JsonValue, named, () =>
      work.sketches.likeness(old[i] as JsonValue, now[j] as JsonValue),
    );
    return oldKeys?.[i] === nowKeys?.[j] ? 1 : like * 0.99;
  };
  pairEqual(oldKeys as Keys, nowKeys as Keys, partners, named);
  for (const gap of gapsOf(old.length, partners)) pairGap(gap, oldKeys as Keys, nowKeys as Keys, partners, value, work);
  pairLeft(oldKeys as Keys, nowKeys as Keys, partners, value, work.budget);
  return partners;
}

type Keys = readonly (string | number)[];
type Worth = (i: number, j: number) => number;

/** Pairs elements whose key there is once on either side; or, of keys that repeat, the first with the first, and so on. */
function pairEqual(old: Keys, now: Keys, partners: number[], repeated: boolean): void {
  const [places, others] = [placesOf(old.keys(), old), placesOf(now.keys(), now)];
  for (const [key, at] of others) {
    const from = places.get(key) ?? [];
    if (!repeated && (at.length > 1 || from.length > 1)) continue;
    for (let nth = 0; nth < Math.min(at.length, from.length); nth++) partners[at[nth] as number] = from[nth] as number;
  }
}

function placesOf(indexes: Iterable<number>, keys: Keys): Map<string | number, number[]> {
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
function gapsOf(oldLength: number, partners: readonly number[], from = 0, to = oldLength): Gap[] {
  const taken = new Set(partners);
  const gaps: Gap[] = [];
  let [i, j] = [from, 0];
  for (const end of [...ascent(partners), partners.length]) {
    const oldEnd = end < partners.length ? (partners[end] as number) : to;
    const gap: Gap = { old: [], now: [] };
    for (; i < oldEnd; i++) if (!taken.has(i)) gap.old.push(i);
    for (; j < end; j++) if (partners[j] === -1) gap.now.push(j);
    if (gap.old.length > 0 && gap.now.length > 0) gaps.push(gap);
  }
  return gaps;
}

function pairGap(gap: Gap, old: Keys, now: Keys, partners: number[], value: Worth, { budget }: Work): void {
  const cost = ({ old, now }: Gap): number => old.length * now.length;
  let gaps = [gap];
  if (cost(gap) > budget.pairs) {
    // Too many to look at each with each: equal ones first, in their order.
    const inner = gap.now.map(() => -1);
    pairEqual(
      gap.old.map((at) => old[at] as number),
      gap.now.map((at) => now[at] as number),
      inner,
      true,
    );
    const kept = new Set(ascent(inner));
    for (let nth = 0; nth < inner.length; nth++) if (!kept.has(nth)) inner[nth] = -1;
    for (const nth of kept) partners[gap.now[nth] as number] = gap.old[inner[nth] as number] as number;
    gaps = gapsOf(gap.old.length, inner).map((found) => ({
      old: found.old.map((nth) => gap.old[nth] as number),
      now: found.now.map((nth) => gap.now[nth] as number),
    }));
  }
  for (const one of gaps) {
    const pairs = cost(one) > budget.pairs ? byPlace(one, value) : heaviest(one.old, one.now, value);
    if (cost(one) <= budget.pairs) budget.pairs -= cost(one);
    for (const [i, j] of pairs) partners[j] = i;
  }
}

function byPlace({ old, now }: Gap, value: Worth): [number, number][] {
  const pairs = old.slice(0, now.length).map((i, nth): [number, number] => [i, now[nth] as number]);
  return pairs.filter(([i, j]) => value(i, j) > 0);
}

/** Pairs what is left in any order: equal elements, then those that are much alike. */
function pairLeft(old: Keys, now: Keys, partners: number[], value: Worth, budget: Budget): void {
  const left = (): Gap => {
    const taken = new Set(partners);
    return {
      old: [...old.keys()].filter((i) => !taken.has(i)),
      now: [...now.keys()].filter((j) => partners[j] === -1),
    };
  };
  const first = left();
  const places = placesOf(first.old, old);
  for (const j of first.now) partners[j] = places.get(now[j] as number)?.shift() ?? -1;
  const rest = left();
  if (rest.old.length * rest.now.length > budget.pairs) return;
  budget.pairs -= rest.old.length * rest.now.length;
  const alike: { i: number; j: number; like: number }[] = [];
  for (const i of rest.old) {
    for (const j of rest.now) {
      const like = value(i, j);
      if (like >= MOVED) alike.push({ i, j, like });
    }
  }
  const taken = new Set<number>();
  for (const { i, j } of alike.sort((a, b) => b.like - a.like)) {
    if (taken.has(i) || partners[j] !== -1) continue;
    taken.add(i);
    partners[j] = i;
  }
}

import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { ascent } from "./ascent.ts";
import type { Budget } from "./budget.ts";
import { toolName, worth } from "./element.ts";
import { heaviest } from "./heaviest.ts";
import { Sketches } from "./likeness.ts";
import { type Gap, gapsOf, type Keys, pairEqual, placesOf, type Worth } from "./pairs.ts";
import { Prints } from "./print.ts";

/** What is known of the values that are compared, and what comparing may still cost. */
export class Work {
  readonly prints = new Prints();
  readonly sketches = new Sketches();
  constructor(readonly budget: Budget) {}
}

/** Likeness from which elements out of order are taken for one that moved and changed. */
const MOVED = 0.6;

/** Two arrays, by what their elements are known by, and the partners found so far. */
interface Sides {
  old: Keys;
  now: Keys;
  partners: number[];
  value: Worth;
  budget: Budget;
}

/**
 * The element of `old` that each element of `now` was, or -1 for one that is new. Tools are the same by name, all
 * else by what it says: first what is equal, then what is most alike between equal ones, then what is left, in any order.
 * @param inTools whether the array lies under the key `tools`
 */
export function align(old: readonly JsonValue[], now: readonly JsonValue[], inTools: boolean, work: Work): number[] {
  const names = [old, now].map((all) => all.map((element) => toolName(element, inTools)));
  const named = names.every((all) => all.every((name) => name !== undefined));
  const keys = named ? (names as Keys[]) : [old, now].map((all) => all.map((one) => work.prints.of(one)));
  const [oldKeys, nowKeys] = keys as [Keys, Keys];
  const partners = new Array<number>(now.length).fill(-1);
  const value: Worth = (i, j) => {
    const [a, b] = [old[i] as JsonValue, now[j] as JsonValue];
    return oldKeys[i] === nowKeys[j] ? 1 : 0.99 * worth(a, b, named, () => work.sketches.likeness(a, b));
  };
  const sides: Sides = { old: oldKeys, now: nowKeys, partners, value, budget: work.budget };
  // What repeats is the same from the start: conversations grow at their end.
  for (let at = 0; at < now.length && at < old.length && oldKeys[at] === nowKeys[at]; at++) partners[at] = at;
  pairEqual(oldKeys, nowKeys, partners, named);
  for (const gap of gapsOf(old.length, partners)) pairGap(gap, sides);
  const says = now.map(
    (element) => typeof element === "string" || Array.isArray(element) || element instanceof JsonObject,
  );
  pairMoved(sides, says);
  pairAlike(sides, says);
  return partners;
}

const cost = ({ old, now }: Gap): number => old.length * now.length;

/** Pairs what is between two pairs: the likest, in order, where the gap is small enough for that. */
function pairGap(gap: Gap, sides: Sides): void {
  for (const { old, now } of cost(gap) > sides.budget.pairs ? smaller(gap, sides) : [gap]) {
    const affordable = cost({ old, now }) <= sides.budget.pairs;
    if (affordable) sides.budget.pairs -= cost({ old, now });
    const pairs = affordable ? heaviest(old, now, sides.value) : byPlace({ old, now }, sides.value);
    for (const [i, j] of pairs) sides.partners[j] = i;
  }
}

/** The gaps that are left of one when equal elements of it are paired, in their order. */
function smaller(gap: Gap, { old, now, partners }: Sides): Gap[] {
  const keysOf = (all: readonly number[], keys: Keys): Keys => all.map((at) => keys[at] as number);
  const inner = gap.now.map(() => -1);
  pairEqual(keysOf(gap.old, old), keysOf(gap.now, now), inner, true);
  const kept = new Set(ascent(inner));
  const inOrder = inner.map((from, nth) => (kept.has(nth) ? from : -1));
  for (const nth of kept) partners[gap.now[nth] as number] = gap.old[inner[nth] as number] as number;
  return gapsOf(gap.old.length, inOrder).map((found) => ({
    old: found.old.map((nth) => gap.old[nth] as number),
    now: found.now.map((nth) => gap.now[nth] as number),
  }));
}

function byPlace({ old, now }: Gap, value: Worth): [number, number][] {
  const pairs = old.slice(0, now.length).map((i, nth): [number, number] => [i, now[nth] as number]);
  return pairs.filter(([i, j]) => value(i, j) > 0);
}

/** What has no partner yet. */
function left({ old, now, partners }: Sides): Gap {
  const taken = new Set(partners);
  return {
    old: [...old.keys()].filter((i) => !taken.has(i)),
    now: [...now.keys()].filter((j) => partners[j] === -1),
  };
}

/** Pairs equal elements in any order, of those that say something: a number moves nowhere. */
function pairMoved(sides: Sides, says: readonly boolean[]): void {
  const gap = left(sides);
  const places = placesOf(gap.old, sides.old);
  for (const j of gap.now.filter((at) => says[at]))
    sides.partners[j] = places.get(sides.now[j] as number)?.shift() ?? -1;
}

/** Pairs elements that are much alike in any order, the likest first. */
function pairAlike(sides: Sides, says: readonly boolean[]): void {
  const gap = left(sides);
  if (cost(gap) > sides.budget.pairs) return;
  sides.budget.pairs -= cost(gap);
  const alike: { i: number; j: number; like: number }[] = [];
  for (const i of gap.old) {
    for (const j of gap.now) {
      const like = says[j] ? sides.value(i, j) : 0;
      if (like >= MOVED) alike.push({ i, j, like });
    }
  }
  const taken = new Set<number>();
  for (const { i, j } of alike.sort((a, b) => b.like - a.like)) {
    if (taken.has(i) || sides.partners[j] !== -1) continue;
    taken.add(i);
    sides.partners[j] = i;
  }
}

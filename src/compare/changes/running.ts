import { pathText } from "../../recording/json/locate.ts";
import type { Change, Place, Volatile } from "../change.ts";
import type { Budget } from "./budget.ts";

/** A text that took the place of another. */
type Exchange = Change & { old: string; now: string };

/** What is referred to elsewhere, in texts too. */
const REFERRED: ReadonlySet<Volatile | null> = new Set<Volatile>(["call id", "uuid", "id"]);
/** A shorter id might stand in a text by chance. */
const SHORTEST = 8;

/**
 * Changes in which each that runs through a conversation is one: a text that was exchanged for the same other one at several
 * places, and an id within other texts that changed in nothing else.
 */
export function merged(changes: readonly Change[], budget: Budget): Change[] {
  const first = new Map<string, Map<string, Exchange>>();
  const once: Change[] = [];
  for (const change of changes) {
    if (!isExchange(change)) {
      once.push(change);
      continue;
    }
    const others = first.get(change.old) ?? new Map<string, Exchange>();
    first.set(change.old, others);
    const known = others.get(change.now);
    if (known) {
      into(known, change);
      continue;
    }
    const copy = { ...change, also: [...change.also] };
    others.set(change.now, copy);
    once.push(copy);
  }
  return withinTexts(once, budget);
}

const isExchange = (change: Change): change is Exchange =>
  change.op === "replace" && typeof change.old === "string" && typeof change.now === "string";

function into(known: Change, change: Change): void {
  known.also = [...known.also, { from: change.from, to: change.to }, ...change.also];
  known.volatile ??= change.volatile;
  // Told as unseen only where names see none of them.
  known.evened &&= change.evened;
}

function withinTexts(changes: readonly Change[], budget: Budget): Change[] {
  const ids = changes
    .filter(isExchange)
    .filter(({ old, volatile }) => REFERRED.has(volatile) && old.length >= SHORTEST && !/\s/.test(old));
  return changes.filter((change) => {
    if (ids.length === 0 || !isExchange(change) || ids.includes(change)) return true;
    budget.searched -= change.old.length * ids.length;
    if (budget.searched < 0) return true;
    const named = ids.filter(({ old }) => change.old.includes(old));
    if (named.length === 0) return true;
    if (named.reduce((text, { old, now }) => exchanged(text, old, now), change.old) !== change.now) return true;
    for (const id of named) into(id, { ...change, volatile: null });
    return false;
  });
}

/** A text at a place where `old` was exchanged for `now`: all of it, or what of it was `old`. */
export const exchanged = (text: string, old: string, now: string): string =>
  text === old ? now : text.split(old).join(now);

/** A place as people write it: where it is asked now, else where it was recorded. */
export const placeText = ({ from, to }: Place): string => pathText(to ?? from ?? []);

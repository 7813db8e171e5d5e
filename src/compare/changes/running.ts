import type { Change, Volatile } from "../change.ts";
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

const isReferred = ({ old, volatile }: Exchange): boolean =>
  REFERRED.has(volatile) && old.length >= SHORTEST && !/\s/.test(old);

/** Whether an id stands in a text, and not as part of a longer one. */
function holds(text: string, id: string): boolean {
  const at = text.indexOf(id);
  return at >= 0 && !/^[\w-]$/.test(text.charAt(at + id.length));
}

function withinTexts(changes: readonly Change[], budget: Budget): Change[] {
  const ids = new Set(changes.filter(isExchange).filter(isReferred));
  if (ids.size === 0) return [...changes];
  return changes.filter((change) => {
    if (!isExchange(change) || ids.has(change)) return true;
    budget.searched -= change.old.length * ids.size;
    if (budget.searched < 0) return true;
    const named = [...ids].filter(({ old }) => holds(change.old, old));
    const result = named.reduce((text, { old, now }) => exchanged(text, old, now), change.old);
    if (named.length === 0 || result !== change.now) return true;
    for (const id of named) into(id, { ...change, volatile: null });
    return false;
  });
}

/** A text at a place where `old` was exchanged for `now`: all of it, or what of it was `old`. */
export const exchanged = (text: string, old: string, now: string): string =>
  text === old ? now : text.split(old).join(now);

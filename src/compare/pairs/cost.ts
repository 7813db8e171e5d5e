import type { Marks } from "./marks.ts";
import type { Subject } from "./subject.ts";
import { alike, isAnswer, isContinued, turnsCost } from "./turns.ts";

/** No predecessor, whatever else is there. */
export const NEVER = Number.POSITIVE_INFINITY;

const MODEL = 0.4;
const HOST = 0.1;
/** The last turn is what is asked at this place of the conversation; where it differs, that weighs once more. */
const LAST = 0.5;
/** All turns are there, in another order. */
const MOVED = 0.3;
const TOOLS = { each: 0.2, most: 0.8 };
const PARAMETERS = { each: 0.15, most: 0.8 };

/** What a change of a request with one turn may come to: of one whose file is gone from NEW, and of one that still lies there and may be in use. */
const MOST = { gone: 1.9, lies: 1.4 };
/** And how much more for each further turn. */
const EACH_TURN = 0.6;
/** A last turn that is less alike than this was said at another place. */
const SAME_PLACE = 0.5;

/**
 * How much changed from a recorded request to one that is asked now, as a share of what may change at most: from 0 to 1, or
 * {@link NEVER}.
 */
export function costOf(old: Subject, now: Subject, lies: boolean): number {
  if (old.asked === now.asked) return old.host === now.host ? 0 : 0.001;
  const limit = (lies ? MOST.lies : MOST.gone) + EACH_TURN * Math.max(0, now.turns.length - 1);
  const cost =
    conversation(old, now) +
    marksCost(old.tools, now.tools, TOOLS) +
    marksCost(old.parameters, now.parameters, PARAMETERS) +
    (old.model === now.model ? 0 : MODEL) +
    (old.host === now.host ? 0 : HOST);
  return cost > limit ? NEVER : cost / limit;
}

function conversation(old: Subject, now: Subject): number {
  const [last, lastNow] = [old.turns.at(-1), now.turns.at(-1)];
  const like = last && lastNow ? alike(last, lastNow) : last === lastNow ? 1 : 0;
  const isMoved = old.place !== now.place;
  if (isMoved && like < SAME_PLACE) return NEVER;
  // A conversation that goes on. That a turn more is put behind what was asked is a change; behind an answer it is not.
  const [short] = old.turns.length < now.turns.length ? [old] : [now];
  if ((isMoved || isAnswer(short.turns.at(-1))) && isContinued(old.turns, now.turns)) return NEVER;
  if (old.said.any === now.said.any && old.said.inOrder !== now.said.inOrder) return MOVED;
  return turnsCost(old.turns, now.turns) + LAST * (1 - like);
}

/** What is called otherwise and is else the same is one change, not two. */
function marksCost(old: Marks, now: Marks, { each, most }: { each: number; most: number }): number {
  if (old === now || old.hash === now.hash) return 0;
  let changes = 0;
  const gone = new Map<string, number>();
  for (const [name, hash] of old.of) {
    const other = now.of.get(name);
    if (other === undefined) gone.set(hash, (gone.get(hash) ?? 0) + 1);
    if (other !== hash) changes++;
  }
  for (const [name, hash] of now.of) {
    if (old.of.has(name)) continue;
    const called = gone.get(hash) ?? 0;
    if (called > 0) gone.set(hash, called - 1);
    else changes++;
  }
  return Math.min(most, changes * each);
}

import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import type { Change } from "../change.ts";
import { align, Work } from "./align.ts";
import { ascent } from "./ascent.ts";
import { Budget } from "./budget.ts";
import { type Evens, evensOf } from "./evened.ts";
import { merged } from "./running.ts";
import { same, sameButLast } from "./same.ts";
import { volatileOf } from "./volatile.ts";
import { wordsBetween } from "./words.ts";

/** Numbers that changed in one array, from which on it is told as one change: nobody reads a vector. */
const MANY_NUMBERS = 32;

/** What is wanted of a comparison. */
export interface ChangesOptions {
  /** What names do not see; without it, both values are taken for requests, or else for bodies. */
  evens?: Evens;
  /** false: words are not wanted, which saves most of the time. */
  words?: boolean;
}

/**
 * What changed from `old` to `now`, in the order of `now`; `applied` makes `now` of it again, exactly. Paths begin at
 * the values given. Elements of arrays are aligned by what they are, not by index; numbers differ where their texts do.
 */
export function changesOf(old: JsonValue, now: JsonValue, options: ChangesOptions = {}): Change[] {
  const walk = new Walk(options.evens ?? evensOf(old, now), new Budget(), options.words ?? true);
  walk.values(old, now, [], []);
  return merged(walk.changes, walk.budget);
}

/** Whether the keys of an object changed their order, and nothing else: `old` and `now` are its keys. Names do not see it. */
export const isKeyOrder = ({ op, evened }: Change): boolean => op === "move" && evened;

class Walk {
  readonly changes: Change[] = [];
  private readonly work: Work;

  constructor(
    private readonly evens: Evens,
    readonly budget: Budget,
    private readonly words: boolean,
  ) {
    this.work = new Work(budget);
  }

  values(old: JsonValue, now: JsonValue, from: JsonPath, to: JsonPath): void {
    if (old instanceof JsonObject && now instanceof JsonObject && this.objects(old, now, from, to)) return;
    if (Array.isArray(old) && Array.isArray(now)) {
      this.arrays(old, now, from, to);
    } else if (!same(old, now)) {
      this.replace(old, now, from, to);
    }
  }

  private replace(old: JsonValue, now: JsonValue, from: JsonPath, to: JsonPath): void {
    const texts = typeof old === "string" && typeof now === "string";
    this.changes.push({
      ...change("replace", from, to, old, now),
      volatile: volatileOf(old, now, to, this.budget),
      evened: this.evens(old, now, from),
      words: texts && this.words ? wordsBetween(old, now, this.budget) : null,
    });
  }

  /** false: keys repeat in a way that no path can tell. */
  private objects(old: JsonObject, now: JsonObject, from: JsonPath, to: JsonPath): boolean {
    const [before, after] = [lasts(old), lasts(now)];
    const repeats = before.size < old.keys.length || after.size < now.keys.length;
    if (repeats && !sameButLast(old, now)) return false;
    for (const [key, value] of before) {
      if (after.has(key)) continue;
      const evened = this.evens(new JsonObject([key], [value]), new JsonObject(), from);
      this.changes.push({ ...change("remove", [...from, key], null, value, undefined), evened });
    }
    for (const [key, value] of after) {
      const was = before.get(key);
      if (was !== undefined) {
        this.values(was, value, [...from, key], [...to, key]);
        continue;
      }
      const evened = this.evens(new JsonObject(), new JsonObject([key], [value]), from);
      this.changes.push({ ...change("add", null, [...to, key], undefined, value), evened });
    }
    if (!repeats) this.order([...before.keys()], [...after.keys()], from, to);
    return true;
  }

  /** What is added stands last, so far; if the keys then are not in the order of `now`, that is a change too. */
  private order(old: string[], now: string[], from: JsonPath, to: JsonPath): void {
    const [before, after] = [new Set(old), new Set(now)];
    const grown = [...old.filter((key) => after.has(key)), ...now.filter((key) => !before.has(key))];
    if (grown.every((key, at) => key === now[at])) return;
    this.changes.push({ ...change("move", from, to, grown, now), evened: true });
  }

  private arrays(old: JsonValue[], now: JsonValue[], from: JsonPath, to: JsonPath): void {
    const partners = align(old, now, to.at(-1) === "tools", this.work);
    const before = this.changes.length;
    const kept = new Set(ascent(partners));
    const taken = new Set(partners);
    let next = 0;
    const removeUpTo = (end: number): void => {
      for (; next < end; next++) {
        if (!taken.has(next)) this.changes.push(change("remove", [...from, next], null, old[next], undefined));
      }
    };
    for (const [j, value] of now.entries()) {
      const i = partners[j] as number;
      if (i < 0) {
        this.changes.push(change("add", null, [...to, j], undefined, value));
        continue;
      }
      const [here, there] = [
        [...from, i],
        [...to, j],
      ];
      if (kept.has(j)) removeUpTo(i);
      else this.changes.push(change("move", here, there, old[i], value));
      this.values(old[i] as JsonValue, value, here, there);
    }
    removeUpTo(old.length);
    if (this.changes.length - before > MANY_NUMBERS && [...old, ...now].every((one) => one instanceof JsonNumber)) {
      this.changes.length = before;
      this.replace(old, now, from, to);
    }
  }
}

function change(
  op: Change["op"],
  from: JsonPath | null,
  to: JsonPath | null,
  old: JsonValue | undefined,
  now: JsonValue | undefined,
): Change {
  return { op, from, to, old, now, volatile: null, evened: false, words: null, also: [] };
}

const lasts = (object: JsonObject): Map<string, JsonValue> => new Map(object.entries());

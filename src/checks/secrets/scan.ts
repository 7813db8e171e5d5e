import type { Group, Pattern } from "./pattern.ts";
import { PATTERNS } from "./patterns.ts";
import { conspicuous, namingKey, patternsFor, SHORTEST } from "./screen.ts";

/** A secret in a text: which pattern found it, and where it stands. */
export interface Secret {
  pattern: string;
  group: Group;
  start: number;
  end: number;
}

const NONE: readonly Secret[] = [];

interface Hit extends Secret {
  /** Its pattern's place in the table, behind all others where it knows a secret by its neighbours. */
  rank: number;
}

/**
 * The secrets in one text, in their order, none upon another. `key` is the JSON key that it stands under, which may be
 * what tells; `allow` are texts that are no secrets here, `*` for anything in them.
 */
export function secretsIn(text: string, key?: string, allow: readonly string[] = []): readonly Secret[] {
  if (text.length < SHORTEST) return NONE;
  const naming = key === undefined ? undefined : namingKey(key);
  const hits = conspicuous(text) ? written(text) : [];
  if (naming !== undefined) hits.push(...named(text, naming));
  if (hits.length === 0) return NONE;
  return chosen(hits).filter(({ start, end }) => !isAllowed(text.slice(start, end), allow));
}

/** What a value is for the key above it. */
function named(text: string, key: string): Hit[] {
  return PATTERNS.flatMap((pattern, at) => {
    const found = pattern.keys?.test(key) ? pattern.value?.exec(text) : null;
    return found ? hit(pattern, at, found) : [];
  });
}

/** What a text says by itself. */
function written(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const at of patternsFor(text)) {
    const pattern = PATTERNS[at] as Pattern;
    // Not matchAll, which makes a RegExp for each text.
    pattern.regexp.lastIndex = 0;
    let found = pattern.regexp.exec(text);
    while (found) {
      hits.push(...hit(pattern, at, found));
      found = pattern.regexp.exec(text);
    }
  }
  return hits;
}

function hit(pattern: Pattern, at: number, found: RegExpExecArray): Hit[] {
  const whole = found[0];
  const secret = found.slice(1).find((group) => group !== undefined) ?? whole;
  if (pattern.harmless?.(secret)) return [];
  const end = found.index + whole.length;
  const rank = pattern.weak ? at + PATTERNS.length : at;
  return [{ pattern: pattern.id, group: pattern.group, start: end - secret.length, end, rank }];
}

/** Of hits that lie upon each other the one that knows its secret best: not weak, then longest, then first in the table. */
function chosen(hits: Hit[]): Secret[] {
  const heap: Hit[] = [];
  const kept: Hit[] = [];
  let end = 0;
  const settle = (): void => {
    const best: Hit[] = [];
    for (const one of heap.splice(0).sort(byKnowledge)) {
      if (best.every((other) => one.end <= other.start || one.start >= other.end)) best.push(one);
    }
    for (const one of best.sort((a, b) => a.start - b.start)) kept.push(one);
  };
  for (const one of hits.sort((a, b) => a.start - b.start)) {
    if (one.start >= end) settle();
    heap.push(one);
    end = Math.max(end, one.end);
  }
  settle();
  return kept.map(({ pattern, group, start, end }) => ({ pattern, group, start, end }));
}

function byKnowledge(a: Hit, b: Hit): number {
  const weak = (one: Hit): number => Number(one.rank >= PATTERNS.length);
  return weak(a) - weak(b) || b.end - b.start - (a.end - a.start) || a.rank - b.rank;
}

/** Whether one of `allow` is this text, with `*` for anything. The earliest place for each part needs no backtracking. */
export function isAllowed(secret: string, allow: readonly string[]): boolean {
  return allow.some((pattern) => {
    const [first = "", ...rest] = pattern.split("*");
    const last = rest.pop();
    if (last === undefined) return secret === pattern;
    if (!secret.startsWith(first) || !secret.endsWith(last)) return false;
    const end = secret.length - last.length;
    let from = first.length;
    for (const part of rest) {
      const found = secret.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return from <= end;
  });
}

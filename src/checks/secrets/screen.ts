import { PATTERNS } from "./patterns.ts";

/** `a@b.co`: nothing shorter is a secret, under whichever key. */
export const SHORTEST = 6;

/** The shortest run of characters, without a blank, that a secret with neither a sign below nor a key above it makes. */
const RUN = 15;

/** A text long enough to be JSON within JSON, where a name and a short value stand in quotes. */
const QUOTED = 24;

/** What a character is to a text that may hold a secret. */
const IN_RUN = 1;
const SLASH = 2;
const AT = 3;
const QUOTE = 4;

const SORTS = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:+~=%") {
  SORTS[char.charCodeAt(0)] = IN_RUN;
}
for (const [char, sort] of [
  ["/", SLASH],
  ["\\", SLASH],
  ["@", AT],
  ['"', QUOTE],
] as const) {
  SORTS[char.charCodeAt(0)] = sort;
}

/**
 * Whether patterns should read a text: it has a run of characters, or a sign. Recordings hold millions of strings, nearly
 * all of them a word or two: this dismisses them at a nanosecond or two for each character.
 */
export function conspicuous(text: string): boolean {
  const { length } = text;
  let run = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const sort = code < 128 ? SORTS[code] : 0;
    if (sort === IN_RUN) {
      if (++run === RUN) return true;
    } else if (sort === SLASH) {
      // A home may be a short path: "/home/x/", "/Users/x/", "\\Users\\x\\".
      const next = text.charCodeAt(at + 1);
      if (++run === RUN || next === 104 || next === 85) return true;
    } else {
      run = 0;
      if (sort === AT || (sort === QUOTE && length >= QUOTED)) return true;
    }
  }
  return false;
}

/** A literal, and the patterns that ask for it. */
interface Literal {
  text: string;
  patterns: number[];
}

/** Literals by the hash of their first three characters, shorter ones, and which hashes there are. */
const BY_HASH = new Map<number, Literal[]>();
const SHORT: Literal[] = [];
const HASHES = new Uint8Array(1 << 15);
const hash = (before: number, code: number): number => ((before << 5) ^ code) & 0x7fff;
PATTERNS.forEach(({ literals }, at) => {
  for (const text of literals) {
    const start = [0, 1, 2].reduce((before, place) => hash(before, text.charCodeAt(place)), 0);
    const list = text.length < 3 ? SHORT : (BY_HASH.get(start) ?? []);
    const known = list.find((literal) => literal.text === text);
    if (known) known.patterns.push(at);
    else list.push({ text, patterns: [at] });
    if (list === SHORT) continue;
    BY_HASH.set(start, list);
    HASHES[start] = 1;
  }
});

const NONE: readonly number[] = [];

/**
 * The patterns of which a text has a literal, as places in the table. One pass for all: a RegExp of a hundred alternatives takes ten times as long.
 */
export function patternsFor(text: string): readonly number[] {
  let found: Set<number> | undefined;
  const take = ({ patterns }: Literal): void => {
    found ??= new Set();
    for (const pattern of patterns) found.add(pattern);
  };
  for (const literal of SHORT) {
    if (text.includes(literal.text)) take(literal);
  }
  const { length } = text;
  let rolling = 0;
  for (let at = 0; at < length; at++) {
    rolling = hash(rolling, text.charCodeAt(at));
    if (HASHES[rolling] === 1) {
      for (const literal of BY_HASH.get(rolling) as Literal[]) {
        if (text.startsWith(literal.text, at - 2)) take(literal);
      }
    }
  }
  return found === undefined ? NONE : [...(found as Set<number>)];
}

const NAMING = new RegExp(PATTERNS.flatMap(({ keys }) => (keys ? [`(?:${keys.source})`] : [])).join("|"));

/** The two letters that the keys end with that a pattern knows: most keys of a recording end otherwise. */
const ENDINGS = new Uint8Array(1 << 10);
for (const end of "ey en et on id ie ct".split(" ")) ENDINGS[ending(end, 2)] = 1;

function ending(key: string, length: number): number {
  return ((key.charCodeAt(length - 2) & 31) << 5) | (key.charCodeAt(length - 1) & 31);
}

/** A JSON key as the patterns know it, in lower case, where it tells what its value is; else undefined. */
export function namingKey(key: string): string | undefined {
  const { length } = key;
  if (length < 5 || length > 100 || ENDINGS[ending(key, length)] === 0) return undefined;
  const lower = key.toLowerCase();
  return NAMING.test(lower) ? lower : undefined;
}

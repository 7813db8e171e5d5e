/** How many words a sketch keeps at most: of a text with fewer all, so that two which differ in one number are told apart. */
const MOST = 32;

/** As many are held before those that are not kept are dropped. */
const HELD = 1024;

const WORD = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;

/** What is kept of a text to tell how much of it another has: of its different words the least hashes, in order. */
export type Sketch = Uint32Array;

/** The sketch of a text, or of several taken together. */
export function sketchOf(...texts: readonly string[]): Sketch {
  let hashes = new Set<number>();
  let limit = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    for (const [word] of text.matchAll(WORD)) {
      const hash = hashOf(word);
      if (hash >= limit) continue;
      hashes.add(hash);
      if (hashes.size < HELD) continue;
      const least = leastOf(hashes);
      hashes = new Set(least);
      limit = least[MOST - 1] as number;
    }
  }
  return leastOf(hashes);
}

const leastOf = (hashes: ReadonlySet<number>): Sketch => Uint32Array.from(hashes).sort().slice(0, MOST);

/** FNV-1a, mixed once more: its low bits alone are poor. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** How much of their words two texts share, from 0 to 1, and about how much where they are long; two without any share all. */
export function likeness(a: Sketch, b: Sketch): number {
  let either = 0;
  let both = 0;
  // Of the words of either the least tell about all.
  for (let i = 0, j = 0; either < MOST && (i < a.length || j < b.length); either++) {
    const [one, other] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    if (one === other) both++;
    if (one <= other) i++;
    if (other <= one) j++;
  }
  return either === 0 ? 1 : both / either;
}

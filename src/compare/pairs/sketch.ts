/** How many words a sketch keeps at most. */
const PLACES = 32;

const WORD = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;

/**
 * What is kept of a text to tell how much of it another has: of its different words, dealt into places by their
 * hashes, the least of each place. 0 where a place is empty.
 */
export type Sketch = Uint16Array;

/** The sketch of a text, or of several taken together. */
export function sketchOf(...texts: readonly string[]): Sketch {
  const sketch = new Uint16Array(PLACES);
  for (const text of texts) for (const [word] of text.matchAll(WORD)) add(sketch, hashOf(word));
  return sketch;
}

function add(sketch: Sketch, hash: number): void {
  const place = hash % PLACES;
  const rank = ((hash >>> 8) & 0xffff) + 1;
  const known = sketch[place] as number;
  if (known === 0 || rank < known) sketch[place] = Math.min(rank, 0xffff);
}

/** FNV-1a, mixed once more: its low bits alone are poor. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** About how much of their words two texts share, from 0 to 1; two without any share all. */
export function likeness(a: Sketch, b: Sketch): number {
  let either = 0;
  let both = 0;
  for (let place = 0; place < PLACES; place++) {
    const one = a[place] as number;
    const other = b[place] as number;
    if (one === 0 && other === 0) continue;
    either++;
    if (one === other) both++;
  }
  return either === 0 ? 1 : both / either;
}

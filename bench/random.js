/** A source of numbers that gives the same ones for the same seed (mulberry32): data must not change between runs. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  /** From 0 up to, not with, 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    next,
    /** A whole number from 0 up to, not with, `limit`. */
    below,
    /** One of a list. */
    pick: (list) => list[below(list.length)],
    /** Log-normal with this mean: most are smaller, a few are many times larger. */
    skewed(mean, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return mean * Math.exp(sigma * normal - (sigma * sigma) / 2);
    },
  };
}

/** How fast a replay goes. All unset: as fast as it can be read. */
export interface Pace {
  /** Milliseconds until the first chunk that brings content. */
  ttft?: number;
  /** Chunks with content a second, from then on. */
  tps?: number;
  /** How far each pause may stray, as a part of it: 0 to 1. */
  jitter?: number;
  /** Chooses the pauses that jitter gives; the same seed gives the same ones. */
  seed?: number;
}

/** When each frame is sent, in whole milliseconds from the start. A frame without content goes with the one before it. */
export function paceOf(frames: readonly { content: boolean }[], pace: Pace): number[] {
  const random = generator(pace.seed ?? 0);
  const pause = pace.tps === undefined ? 0 : 1000 / pace.tps;
  let time = 0;
  let started = false;
  return frames.map(({ content }) => {
    if (content) {
      time += stray(started ? pause : (pace.ttft ?? 0), pace.jitter ?? 0, random);
      started = true;
    }
    return Math.round(time);
  });
}

const stray = (pause: number, jitter: number, random: () => number): number =>
  pause * (1 + jitter * (2 * random() - 1));

/** Numbers from 0 up to 1, the same for the same seed on every machine (mulberry32, public domain). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

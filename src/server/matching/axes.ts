import type { JsonObject } from "../../recording/json/value.ts";

/** One way to read a part of what was sent. */
export interface Reading {
  readonly apply: (body: JsonObject) => JsonObject;
  /** What was taken to be so, in a few words; none for a body as it was sent. */
  readonly note?: string;
}

/** All ways to read one part, the likeliest first. None of them touches what another axis reads. */
export type Axis = readonly Reading[];

/** A request as recordings may store it. */
export interface Candidate {
  /** The keyword arguments, the payload, or the arguments of a tool. */
  readonly body: JsonObject;
  /** What was read otherwise than it was sent. */
  readonly notes: readonly string[];
}

export const AS_SENT: Reading = { apply: (body) => body };

/** More than this many are not tried: each costs a hash of the whole body. */
const MOST = 128;

/**
 * What a body may have been, in a fixed order: what is read as it was sent comes first, then what differs from that in
 * one thing, in two, and so on; of as many, what is read by the first axis first.
 */
export function candidates(body: JsonObject, axes: readonly Axis[]): Candidate[] {
  const out: Candidate[] = [];
  const furthest = axes.reduce((sum, axis) => sum + axis.length - 1, 0);
  for (let distance = 0; distance <= furthest; distance++) {
    for (const picked of combinations(axes, distance)) {
      if (out.length === MOST) return out;
      const notes = picked.flatMap(({ note }) => (note === undefined ? [] : [note]));
      out.push({ body: picked.reduce((made, { apply }) => apply(made), body), notes });
    }
  }
  return out;
}

/** A reading of each axis, whose places add up to `distance`. */
function* combinations([axis, ...rest]: readonly Axis[], distance: number): Generator<Reading[]> {
  if (axis === undefined) {
    if (distance === 0) yield [];
    return;
  }
  for (let place = Math.min(distance, axis.length - 1); place >= 0; place--) {
    for (const others of combinations(rest, distance - place)) yield [axis[place] as Reading, ...others];
  }
}

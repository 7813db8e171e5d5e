/**
 * What comparing two values may cost, counted rather than timed: the same two values give the same changes on every
 * machine. What has run out is done without: elements are paired by place, words are not told.
 */
export class Budget {
  /** Pairs of array elements that may be looked at for their likeness. */
  pairs = 1_000_000;
  /** Steps that may be taken to find the words that changed. */
  steps = 2_000_000;
  /** Characters that may be cut into words. */
  characters = 6_000_000;
  /** Places in texts at which something may be looked for that changes with every run. */
  looks = 5000;
  /** Characters in which an id may be searched for. */
  searched = 50_000_000;
}

/**
 * The pairs of elements, in order on both sides, that are together worth most: Needleman and Wunsch's alignment.
 * It looks at every pair.
 * @param value what a pair is worth; 0: it is none
 */
export function heaviest(
  old: readonly number[],
  now: readonly number[],
  value: (i: number, j: number) => number,
): [number, number][] {
  const width = now.length + 1;
  // 1: a pair; 2: what is old has no partner; 3: what is new has none.
  const steps = new Uint8Array((old.length + 1) * width);
  let above = new Float64Array(width);
  for (let row = 1; row <= old.length; row++) {
    const here = new Float64Array(width);
    for (let column = 1; column < width; column++) {
      const worth = value(old[row - 1] as number, now[column - 1] as number);
      const paired = worth > 0 ? (above[column - 1] as number) + worth : -1;
      const [up, left] = [above[column] as number, here[column - 1] as number];
      const best = Math.max(paired, up, left);
      here[column] = best;
      steps[row * width + column] = best === paired ? 1 : best === up ? 2 : 3;
    }
    above = here;
  }
  const pairs: [number, number][] = [];
  for (let [row, column] = [old.length, now.length]; row > 0 && column > 0; ) {
    const step = steps[row * width + column];
    if (step === 1) pairs.push([old[row - 1] as number, now[column - 1] as number]);
    if (step !== 3) row--;
    if (step !== 2) column--;
  }
  return pairs.reverse();
}

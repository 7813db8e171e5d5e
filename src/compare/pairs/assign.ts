/** What it costs to leave a row without a column. */
export const ALONE = 1;

/**
 * For each row the column it goes with, or -1 for none, so that no column is taken twice and the sum of all costs, with
 * {@link ALONE} for each row without a column, is as small as can be. `cost` may be infinite. Shortest augmenting paths
 * (Jonker and Volgenant): rows squared times columns.
 */
export function assign(rows: number, columns: number, cost: (row: number, column: number) => number): number[] {
  // Behind the columns stands one for each row to be alone in.
  const width = columns + rows;
  const costs = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) costs[row * columns + column] = Math.min(1e6, cost(row, column));
  }
  const priceOf = { row: new Float64Array(rows), column: new Float64Array(width) };
  const takenBy = new Int32Array(width).fill(-1);
  const least = new Float64Array(width);
  const cameFrom = new Int32Array(width);
  const done = new Uint8Array(width);
  for (let start = 0; start < rows; start++) {
    least.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    let row = start;
    let at = -1;
    for (;;) {
      let next = -1;
      let step = Number.POSITIVE_INFINITY;
      for (let column = 0; column < width; column++) {
        if (done[column] === 1) continue;
        const own = column < columns ? (costs[row * columns + column] as number) : ALONE;
        const reduced = own - (priceOf.row[row] as number) - (priceOf.column[column] as number);
        if (reduced < (least[column] as number)) {
          least[column] = reduced;
          cameFrom[column] = at;
        }
        if ((least[column] as number) < step) {
          step = least[column] as number;
          next = column;
        }
      }
      raise(step, start);
      done[next] = 1;
      at = next;
      row = takenBy[next] as number;
      if (row < 0) break;
    }
    for (let column = at; column >= 0; ) {
      const before = cameFrom[column] as number;
      takenBy[column] = before < 0 ? start : (takenBy[before] as number);
      column = before;
    }
  }
  const found = new Array<number>(rows).fill(-1);
  for (let column = 0; column < columns; column++) {
    const row = takenBy[column] as number;
    if (row >= 0 && (costs[row * columns + column] as number) <= ALONE) found[row] = column;
  }
  return found;

  function raise(step: number, start: number): void {
    priceOf.row[start] = (priceOf.row[start] as number) + step;
    for (let column = 0; column < width; column++) {
      if (done[column] === 1) {
        const row = takenBy[column] as number;
        priceOf.row[row] = (priceOf.row[row] as number) + step;
        priceOf.column[column] = (priceOf.column[column] as number) - step;
      } else least[column] = (least[column] as number) - step;
    }
  }
}

/** The first row of a window of `rows` rows that holds `cursor` and moves as little as it must; no row is wasted at the end. */
export function topFor(top: number, cursor: number, count: number, rows: number): number {
  const least = cursor - rows + 1;
  return clamp(Math.max(least, Math.min(top, cursor)), 0, Math.max(0, count - rows));
}

export const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

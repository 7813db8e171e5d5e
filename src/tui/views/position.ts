/**
 * Where a window of `rows` lines stands among `count`, as pagers tell it: at the top, how much has been seen, at the end; "" where
 * all of it is seen. A share is told only of what was scrolled: at the top nobody knows what it is a share of.
 */
export function positionOf(count: number, rows: number, top: number): string {
  if (count <= rows) return "";
  if (top === 0) return "top";
  return top + rows >= count ? "end" : `${Math.floor(((top + rows) / count) * 100)}%`;
}

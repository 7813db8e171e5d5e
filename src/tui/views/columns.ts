/** A column of a list. */
export interface Column {
  /** Columns of the screen that it wants; the one that stretches wants at least so many. */
  readonly width: number;
  /** It gives up its place in this order, lowest first, where a pane is narrow. Unset: never. */
  readonly drop?: number;
}

/** Which columns fit beside each other, a space apart: those that give up their place go one by one. */
export function columnsThatFit<Name extends string>(
  wanted: Readonly<Record<Name, Column>>,
  columns: number,
): ReadonlySet<Name> {
  const kept = new Set((Object.keys(wanted) as Name[]).filter((name) => wanted[name].width > 0));
  const taken = (): number => [...kept].reduce((sum, name) => sum + wanted[name].width + 1, -1);
  const order = [...kept]
    .filter((name) => wanted[name].drop !== undefined)
    .sort((a, b) => (wanted[a].drop as number) - (wanted[b].drop as number));
  for (const name of order) {
    if (taken() <= columns) break;
    kept.delete(name);
  }
  return kept;
}

/**
 * The tests that may have gone on behind the end of a log that does not show that it is whole: the last one; where tests ran side by
 * side, as many of the last as ever did so at once.
 * @param named the test of each line that has one, in their order
 */
export function unfinishedIn(named: readonly string[]): ReadonlySet<string> {
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [at, id] of named.entries()) {
    if (!first.has(id)) first.set(id, at);
    last.set(id, at);
  }
  const starts = new Set(first.values());
  const ends = new Set(last.values());
  let running = 0;
  let most = 0;
  for (const at of named.keys()) {
    if (starts.has(at)) running++;
    most = Math.max(most, running);
    if (ends.has(at)) running--;
  }
  const byEnd = [...last].sort(([, a], [, b]) => b - a).map(([id]) => id);
  return new Set(byEnd.slice(0, most));
}

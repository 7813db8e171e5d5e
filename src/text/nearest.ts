/** The few of `words` that are most like `word`, nearest first; none that is not like it at all. */
export function nearest(word: string, words: Iterable<string>, most = 3): string[] {
  const scored: { candidate: string; score: number }[] = [];
  const grams = gramsOf(word);
  for (const candidate of new Set(words)) {
    const score = likeness(word, grams, candidate);
    if (score > 0.3) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => b.score - a.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** From 0 to 1: the share of pairs of characters that both have, and how far they begin alike. */
function likeness(word: string, grams: ReadonlySet<string>, candidate: string): number {
  const other = gramsOf(candidate);
  let common = 0;
  for (const gram of grams) if (other.has(gram)) common++;
  const dice = (2 * common) / (grams.size + other.size || 1);
  let same = 0;
  while (same < word.length && word[same] === candidate[same]) same++;
  return Math.max(dice, same >= 2 ? same / word.length : 0);
}

function gramsOf(word: string): Set<string> {
  const grams = new Set<string>();
  for (let at = 0; at + 2 <= word.length; at++) grams.add(word.slice(at, at + 2).toLowerCase());
  return grams;
}

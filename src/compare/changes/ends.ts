/** How much two texts have in common where they begin and where they end, cut between words. */
export function commonEnds(a: string, b: string): { before: number; behind: number } {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a.charCodeAt(before) === b.charCodeAt(before)) before++;
  before = betweenWords(before, (at) => [at, at], a, b);
  let behind = 0;
  while (behind < most - before && a.charCodeAt(a.length - 1 - behind) === b.charCodeAt(b.length - 1 - behind)) {
    behind++;
  }
  behind = betweenWords(behind, (at) => [a.length - at, b.length - at], a, b);
  return { before, behind };
}

/** How far back a cut is moved to lie between words: what has no spaces is cut anywhere but in a sign of two units. */
const FAR = 64;

function betweenWords(from: number, cuts: (at: number) => [number, number], a: string, b: string): number {
  const parts = (at: number, test: (text: string, cut: number) => boolean): boolean => {
    const [left, right] = cuts(at);
    return test(a, left) || test(b, right);
  };
  for (let at = from; at >= Math.max(0, from - FAR); at--) if (!parts(at, partsWord)) return at;
  return parts(from, partsSign) ? from - 1 : from;
}

const partsWord = (text: string, cut: number): boolean => {
  if (cut <= 0 || cut >= text.length) return false;
  const [before, behind] = [text.charCodeAt(cut - 1), text.charCodeAt(cut)];
  if (isWord(before) && isWord(behind)) return true;
  // A decimal is one word.
  if (before === POINT) return isDigit(behind) && isDigit(text.charCodeAt(cut - 2));
  return behind === POINT && isDigit(before) && isDigit(text.charCodeAt(cut + 1));
};

const partsSign = (text: string, cut: number): boolean =>
  cut > 0 && (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(cut) & 0xfc00) === 0xdc00;

const POINT = 46;
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isWord = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95 || unit > 127;

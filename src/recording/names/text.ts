import { fixedText } from "../json/number.ts";

// What Python's regular expressions mean, said in JavaScript's: \d is any Unicode decimal digit; \s has
// U+001C to U+001F and U+0085, and not U+FEFF.
const D = "\\p{Nd}";
const S = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const UUID = [8, 4, 4, 4, 12].map((length) => `[a-f0-9]{${length}}`).join("-");

const LONG_DECIMAL = new RegExp(`-?${D}+\\.${D}{4,}`, "gu");

/** What file search writes into a text, in the order in which the recorder blanks it (2026-04-09). */
const FILE_SEARCH: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`score:${S}*[-+]?${D}*\\.?${D}+(?:[eE][-+]?${D}+)?`, "gu"), "score: __NORMALIZED__"],
  [new RegExp(`,?${S}*attributes:${S}*\\{[^}]*\\}`, "gu"), ""],
  [new RegExp(`document_id:${S}*${UUID}`, "gu"), "document_id: __NORMALIZED__"],
  [new RegExp(`<\\|${UUID}\\|>`, "gu"), "<|__NORMALIZED__|>"],
];

/** A text with its long decimals rounded to five places, as schemes have it, or to others. */
export function evenDecimals(text: string, places = 5): string {
  if (!MAYBE_LONG.test(text)) return text;
  return text.replace(LONG_DECIMAL, (found) => fixedText(Number(asciiDigits(found)), places));
}

/** Every text with a long decimal has this; it is found many times faster, for it begins with a character and knows ASCII alone. */
const MAYBE_LONG = /\.(?:\d{4}|\d{0,3}[^\x00-\x7f])/;

/** A text without what changes from one file search to the next. */
export function blankFileSearch(text: string): string {
  if (!/score:|attributes:|document_id:|<\|/.test(text)) return text;
  return FILE_SEARCH.reduce((blanked, [pattern, blank]) => blanked.replace(pattern, blank), text);
}

/** A text without scores and attributes: what recorders blanked before they blanked ids, too. */
export const blankScores = (text: string): string =>
  FILE_SEARCH.slice(0, 2).reduce((blanked, [pattern, blank]) => blanked.replace(pattern, blank), text);

function asciiDigits(text: string): string {
  return /^[-.0-9]*$/.test(text) ? text : text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Decimal digits come in runs of ten code points, from zero on. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

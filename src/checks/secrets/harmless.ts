/** What people write where a secret would stand. */
const STAND_INS = /example|placeholder|redacted|change_?me|replace_?me|insert|your_?(?:api|key|token)|deadbeef/i;

/** Short ones, which chance writes too: as a word of their own, or before another such word. */
const WORDS =
  /(?:^|[-_.])(?:test|tests|testing|fake|mock|your|my|demo|dummy|sample|none|null|foo|bar)(?=[-_.\d]|$|api|key|token|secret)/i;

/** Rows from the keyboard and the alphabet, and one character many times. */
const ROWS = /12345678|87654321|abcdefgh|(.)\1{4}/i;

/** How few different characters a made-up value has, and no random one of 16. */
const FEW = 6;

/** A stand-in for a secret rather than a secret. */
export const placeholder = (value: string): boolean =>
  STAND_INS.test(value) || WORDS.test(value) || ROWS.test(value) || new Set(value).size < FEW;

/** Words and numbers with signs between them, as in names of files, models and variables. */
const NAME = /^(?:[A-Za-z]{0,24}\d{0,4}[-_./:+~=])*[A-Za-z]{0,24}\d{0,4}$/;

/** The same where every word is in one case, or has one capital: random letters are not, even without a digit. */
const WORDS_ALONE =
  /^(?:(?:[a-z]{0,24}|[A-Z]{0,24}|[A-Z][a-z]{0,24})\d{0,4}[-_./:+~=])*(?:[a-z]{0,24}|[A-Z]{0,24}|[A-Z][a-z]{0,24})\d{0,4}$/;

/** For short prefixes that words have too. */
export const wordy = (value: string): boolean => placeholder(value) || WORDS_ALONE.test(value.slice(0, 512));

/** For values that nothing but their place makes a secret: all that does not look random is harmless. */
export const unlikely = (value: string): boolean =>
  placeholder(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value) || NAME.test(value.slice(0, 512));

/** The JSON that base64 or base64url text holds, or null. */
export function decoded(text: string): string | null {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
}

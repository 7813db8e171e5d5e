const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2}))/g;

/** A TOML text with its characters by number as themselves. */
const unescaped = (text: string): string =>
  text.includes("\\")
    ? text.replace(ESCAPE, (whole, ...digits: (string | undefined)[]) => {
        const code = Number.parseInt(digits.slice(0, 3).join(""), 16);
        return code > 0x10ffff ? whole : String.fromCodePoint(code);
      })
    : text;

/**
 * Whether a TOML text may have a table for recctl: however that is spelled, the word is in it. It is cheap, and most
 * projects do without a reader of TOML.
 */
export const mentions = (text: string): boolean => unescaped(text).includes("recctl");

/**
 * Text from recordings is data: before a terminal sees it, what could move the cursor, change the
 * clipboard, hide or reorder text is written out (`\u001b`, `\u202e`). Newline and tab stay; a joiner
 * stays where it joins emoji, a non-joiner between letters of the scripts that need it.
 */
export function forTerminal(text: string): string {
  return SUSPECT.test(text) ? text.replace(HIDDEN, written) : text;
}

/** The same, on one line: newlines and tabs are written out too. */
export const forTerminalLine = (text: string): string => forTerminal(text).replace(/[\n\t]/g, written);

const SUSPECT = /[^\n\t -~]/;
const HIDDEN = new RegExp(
  [
    "[\\p{Cc}--[\\n\\t]]",
    "[\\p{Bidi_Control}\\u2028\\u2029\\u180e\\u200b\\u2060-\\u2065\\ufeff\\ufff9-\\ufffb\\u00ad\\u034f\\u115f\\u1160\\u3164\\uffa0]",
    "(?<![\\p{Extended_Pictographic}\\ufe0f\\u{1f3fb}-\\u{1f3ff}])\\u200d|\\u200d(?!\\p{Extended_Pictographic})",
    "(?<![\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}])\\u200c|\\u200c(?![\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}])",
    "[\\u{e0000}-\\u{e0fff}]",
    "\\p{Cs}",
  ].join("|"),
  "gv",
);

function written(hidden: string): string {
  if (hidden === "\n") return "\\n";
  if (hidden === "\t") return "\\t";
  if (hidden === "\r") return "\\r";
  const code = hidden.codePointAt(0) as number;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A field of a tab-separated line: nothing in it is lost, nothing in it ends the field or the line. */
export const forField = (text: string): string =>
  /[\t\n\r\\]/.test(text)
    ? text.replace(/[\t\n\r\\]/g, (one) => ({ "\t": "\\t", "\n": "\\n", "\r": "\\r" })[one] ?? "\\\\")
    : text;

/** A word for a POSIX shell, quoted where it needs it: commands that recctl suggests are pasted. */
export const forShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * Text from recordings is data: before a terminal sees it, what could move the cursor, change the
 * clipboard, hide or reorder text is written out (`\u001b`, `\u202e`). Newline and tab stay; a joiner
 * stays where it joins emoji, a non-joiner between letters of the scripts that need it. So is what would make one
 * character without end: marks behind the thirtieth on it (no language has more: UAX #15), joiners behind the tenth.
 */
export function forTerminal(text: string): string {
  return SUSPECT.test(text) ? text.replace(HIDDEN, written) : text;
}

/** {@link forTerminal} for a text that comes in pieces: what a joiner joins may lie in two of them. */
export class TerminalFlow {
  /** What stands before the next piece, where its end is shown as it is: as much as may decide on what follows. */
  private before = "";
  /** A joiner at the end: what follows decides on it. */
  private held = "";

  add(piece: string): string {
    const text = this.held + piece;
    this.held = /[\u200c\u200d]$/.exec(text)?.[0] ?? "";
    return this.shown(text.slice(0, text.length - this.held.length));
  }

  end(): string {
    return this.shown(this.held);
  }

  private shown(text: string): string {
    if (text === "") return "";
    const out = forTerminal(this.before + text).slice(forTerminal(this.before).length);
    const [last] = /.$/su.exec(text) as RegExpExecArray;
    this.before = forTerminal(last) === last ? (this.before + text).slice(-DECIDING) : "";
    return out;
  }
}

/** Units before a character that may decide whether it is written out: those of ten emoji that are joined, or of thirty marks. */
const DECIDING = 64;

/** JSON for a terminal: the same characters, escaped as JSON does it, so that it stays JSON. */
export const forTerminalJson = (json: string): string =>
  SUSPECT.test(json) ? json.replace(HIDDEN, (hidden) => hidden.split("").map(jsonEscape).join("")) : json;

const jsonEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** As {@link forTerminal}, on one line: newlines and tabs are written out too. */
export const forTerminalLine = (text: string): string => forTerminal(text).replace(/[\n\t]/g, written);

/** A name that is seen: one that is empty is told to be, and one of blanks alone is quoted. */
export const seenName = (name: string): string => (name === "" ? "(empty)" : name.trim() === "" ? `"${name}"` : name);

const SUSPECT = /[^\n\t -~]/;
const HIDDEN = new RegExp(
  [
    "[\\p{Cc}--[\\n\\t]]",
    // Format characters, but for the Arabic and Syriac signs among them, which are seen.
    "[\\p{Cf}--[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u200c\\u200d]]",
    "[\\u180b-\\u180d\\u180f\\ufe00-\\ufe0d]|(?<!\\p{Emoji})[\\ufe0e\\ufe0f]",
    "[\\p{Bidi_Control}\\u2028\\u2029\\u180e\\u200b\\u2060-\\u2065\\ufeff\\ufff9-\\ufffb\\u00ad\\u034f\\u115f\\u1160\\u3164\\uffa0]",
    "(?<![\\p{Extended_Pictographic}\\ufe0f\\u{1f3fb}-\\u{1f3ff}])\\u200d|\\u200d(?!\\p{Extended_Pictographic})",
    "(?<![\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}])\\u200c|\\u200c(?![\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}])",
    "[\\u{e0000}-\\u{e0fff}]",
    "(?<=\\p{M}{30})\\p{M}+",
    // Looking back is slow: it comes behind what is looked for.
    "\\u200d(?<=(?:\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?\\u200d){11})",
    "\\p{Cs}",
  ].join("|"),
  "gv",
);

const written = (hidden: string): string =>
  hidden.length === 1 ? writtenOne(hidden) : Array.from(hidden, writtenOne).join("");

function writtenOne(hidden: string): string {
  if (hidden === "\n") return "\\n";
  if (hidden === "\t") return "\\t";
  if (hidden === "\r") return "\\r";
  const code = hidden.codePointAt(0) as number;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** What ends a field or a line, and what would be taken for its written form. */
export const NEEDS_ESCAPE = /[\t\n\r\\]/;

/** A field of a tab-separated line: nothing in it is lost, nothing in it ends the field or the line. */
export const forField = (text: string): string =>
  NEEDS_ESCAPE.test(text)
    ? text.replace(/[\t\n\r\\]/g, (one) => ({ "\t": "\\t", "\n": "\\n", "\r": "\\r" })[one] ?? "\\\\")
    : text;

/**
 * A word for a shell, quoted where it needs it: commands that recctl suggests are pasted. What a terminal would not show
 * as it is stands as bytes in a quotation of bash and zsh; elsewhere any POSIX shell reads it.
 */
export function forShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (forTerminalLine(word) === word) return `'${word.replaceAll("'", `'\\''`)}'`;
  return `$'${word
    .replace(/[\\']/g, "\\$&")
    .replace(/[\n\t]/g, written)
    .replace(HIDDEN, bytesWritten)}'`;
}

const bytesWritten = (hidden: string): string =>
  hidden === "\r"
    ? "\\r"
    : Array.from(Buffer.from(hidden), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");

/** A text that is no Python, by the offset where that shows. Thrown here, and a value from `parse.ts` on. */
export class NotPython extends Error {
  constructor(
    readonly at: number,
    why: string,
  ) {
    super(why);
  }
}

/** CPython refuses f-strings nested deeper than this (MAXFSTRINGLEVEL). */
const DEEPEST = 150;

/** Every prefix that a string can have (Python's lexical analysis, 2.4.1, with `t` of 3.14). */
export const STRING_PREFIX = /^(?:[rubft]|b?r|rb|[ft]r|r[ft])$/i;

/** The offset after the string whose opening quote is at `at`; in f- and t-strings the expressions are stepped through. */
export function endOfString(text: string, at: number, prefix: string, depth = 0): number {
  const quote = text[at] as string;
  const long = text.startsWith(quote.repeat(3), at);
  const close = long ? quote.repeat(3) : quote;
  const formatted = /[ft]/i.test(prefix);
  const raw = /r/i.test(prefix);
  for (let here = at + close.length; here < text.length; ) {
    const code = text.charCodeAt(here);
    if (code === 92 /* \ */) here = afterBackslash(text, here, formatted, raw);
    else if (code === 10 && !long) break;
    else if (text[here] === quote && text.startsWith(close, here)) return here + close.length;
    else if (formatted && code === 123 /* { */) {
      here = text[here + 1] === "{" ? here + 2 : endOfField(text, here, depth + 1);
    } else here++;
  }
  throw new NotPython(at, "a string does not end");
}

/** A backslash keeps even raw strings from ending, but keeps no field of an f-string from beginning. */
function afterBackslash(text: string, at: number, formatted: boolean, raw: boolean): number {
  if (!formatted) return at + 2;
  if (text[at + 1] === "{") return at + 1;
  const named = !raw && text.startsWith("N{", at + 1);
  const end = named ? text.indexOf("}", at) : -1;
  return end < 0 ? at + 2 : end + 1;
}

/** The offset after the field `{…}` of an f-string that begins at `at`, as since Python 3.12: its strings may have the same quotes. */
function endOfField(text: string, at: number, depth: number): number {
  if (depth > DEEPEST) throw new NotPython(at, "strings are nested too deeply");
  let open = 0;
  for (let here = at + 1; here < text.length; here++) {
    const char = text[here] as string;
    if (char === "'" || char === '"') here = endOfString(text, here, prefixBefore(text, here), depth) - 1;
    else if (char === "#") here = endOfLine(text, here) - 1;
    else if ("([{".includes(char)) open++;
    else if (char === "}" && open === 0) return here + 1;
    else if (")]}".includes(char)) open--;
    else if (char === ":" && open === 0) return endOfFormat(text, here + 1, depth);
  }
  throw new NotPython(at, "a string does not end");
}

/** The offset after the `}` that ends a format specification. */
function endOfFormat(text: string, at: number, depth: number): number {
  for (let here = at; here < text.length; ) {
    if (text[here] === "}") return here + 1;
    here = text[here] === "{" ? endOfField(text, here, depth + 1) : here + 1;
  }
  throw new NotPython(at, "a string does not end");
}

function prefixBefore(text: string, at: number): string {
  const found = /(?<![\w.])[a-z]{1,2}$/i.exec(text.slice(Math.max(0, at - 3), at))?.[0] ?? "";
  return STRING_PREFIX.test(found) ? found : "";
}

/** The offset of the newline that ends the line of `at`, or of the text's end. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

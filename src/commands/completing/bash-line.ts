/** A word of a command line of bash. */
export interface Word {
  /** As it is typed. */
  raw: string;
  /** As the command gets it: without quotes and backslashes. What bash would put in for `$`, `~` or `*` is not known. */
  value: string;
  /** The quote that is still open at its end. */
  open: Quote;
}

export type Quote = "" | "'" | '"';

/** A line as far as it is typed. */
export interface Line {
  /** The command, what it is given, and last the word under the cursor, which may be empty. Redirections are none of it. */
  words: Word[];
  /** Whether the word under the cursor is where a redirection goes to. */
  redirects: boolean;
}

/** Blanks; an operator that redirects; and what words are made of: a backslash, a quotation, or neither. */
const PIECE =
  /(?<blank>[ \t\n]+)|(?<redirection>&>>?|<<-|[<>]+[&|]?)|\\(?<escaped>.?)|'(?<single>[^']*)(?<singleEnd>'?)|"(?<double>(?:[^"\\]|\\.|\\$)*)(?<doubleEnd>"?)|(?<plain>[^ \t\n<>\\'"&]+|&)/gs;

/** Reads the line of one command, as bash hands it to completions: nothing in it is ever run or expanded. */
export function readLine(text: string): Line {
  const words: Word[] = [];
  let word: Word | null = null;
  let redirects = false;
  const end = (): void => {
    if (word === null) return;
    if (!redirects) words.push(word);
    redirects = false;
    word = null;
  };
  for (const { 0: raw, groups = {} } of text.matchAll(PIECE)) {
    if (groups.blank !== undefined) end();
    else if (groups.redirection !== undefined) {
      // `2>` names what is redirected.
      if (/^\d+$/.test((word as Word | null)?.raw ?? "")) word = null;
      end();
      redirects = true;
    } else word = joined(word ?? EMPTY, { raw, ...meant(groups) });
  }
  const last = word ?? EMPTY;
  return { words: redirects ? [...words, EMPTY] : [...words, last], redirects };
}

const EMPTY: Word = { raw: "", value: "", open: "" };

const joined = (word: Word, piece: Word): Word => ({
  raw: word.raw + piece.raw,
  value: word.value + piece.value,
  open: piece.open,
});

function meant(groups: Record<string, string | undefined>): Omit<Word, "raw"> {
  const { escaped, single, double, plain = "" } = groups;
  if (escaped !== undefined) return { value: escaped === "\n" ? "" : escaped, open: "" };
  if (single !== undefined) return { value: single, open: groups.singleEnd ? "" : "'" };
  if (double === undefined) return { value: plain, open: "" };
  const value = double.replace(/\\([$`"\\\n]|$)/g, (_, kept: string) => kept.replace("\n", ""));
  return { value, open: groups.doubleEnd ? "" : '"' };
}

/**
 * What takes the place of `replaced`, the end of the word under the cursor, so that the command gets `value`: bash keeps
 * what stands before it, up to a quote, a colon or an equals sign (COMP_WORDBREAKS). Null where no text does.
 */
export function insertion(word: Word, replaced: string, value: string): string | null {
  if (!word.raw.endsWith(replaced)) return null;
  const kept = readLine(word.raw.slice(0, word.raw.length - replaced.length)).words.at(-1) ?? EMPTY;
  return value.startsWith(kept.value) ? quoted(value.slice(kept.value.length), kept.open) : null;
}

/** A text that bash reads as itself inside such a quote. */
function quoted(text: string, open: Quote): string | null {
  if (open === "'") return text.includes("'") ? null : text;
  // In double quotes a backslash does not keep `!` from meaning an earlier command, and stays.
  if (open === '"') return text.includes("!") ? null : text.replace(/[$`"\\]/g, "\\$&");
  return text.replace(/[^\w@%+=:,./\u0080-\u{10ffff}-]/gu, "\\$&");
}

import { endOfLine, endOfString, NotPython, STRING_PREFIX } from "./strings.ts";

export type TokenKind = "name" | "keyword" | "number" | "string" | "mark";

export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  /** How many brackets are open before it. */
  depth: number;
}

/** A logical line: a statement, or several with `;` between them, or the head of a block. */
export interface Line {
  /** The number of the line where it begins, from 1. */
  line: number;
  indent: number;
  tokens: Token[];
}

/** The hard keywords but `None`, `True` and `False`, which are values. */
const KEYWORDS = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** CPython's own limits (MAXLEVEL and MAXINDENT in its tokenizer). */
const MOST_BRACKETS = 200;
const MOST_INDENTS = 100;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const UNICODE_NAME = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
const NUMBER = /0[xX][\da-fA-F_]+|0[bBoO][\d_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const MARK = /\.\.\.|->|:=|\*\*=?|\/\/=?|<<=?|>>=?|[=!<>+\-*/%@&|^]=|[+\-*/%@&|^~<>()[\]{},:.;=]/y;

const SINGLE = new Set([..."()[]{},;"].map((char) => char.charCodeAt(0)));

/** What follows `at` by a sticky expression, or "". */
function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.test(text) ? text.slice(at, pattern.lastIndex) : "";
}

/**
 * Shows `visit` the logical lines of a Python text with `\n` line ends and no form feeds before a line, told apart as CPython's
 * tokenizer does: strings, brackets, continued lines, indentation. Throws {@link NotPython} where it would refuse the text.
 */
export function eachLine(text: string, visit: (line: Line) => void): void {
  // Each level by its width with tabs to 8 and with tabs of 1: the two must agree, or CPython tells a TabError.
  const levels: [number, number][] = [[0, 0]];
  let number = 1;
  for (let at = 0; at < text.length; ) {
    const [start, indent, narrow] = indentation(text, at);
    const next = text[start];
    if (next === undefined) break;
    if (next === "\n" || next === "#") {
      at = endOfLine(text, start) + 1;
      number++;
      continue;
    }
    settle(levels, indent, narrow, start);
    const tokens: Token[] = [];
    const end = readLine(text, start, tokens);
    if (tokens.length > 0) visit({ line: number, indent, tokens });
    for (let here = text.indexOf("\n", at); here >= 0 && here < end; here = text.indexOf("\n", here + 1)) number++;
    at = end;
  }
}

function indentation(text: string, at: number): [start: number, wide: number, narrow: number] {
  let wide = 0;
  let here = at;
  for (; ; here++) {
    const code = text.charCodeAt(here);
    if (code === 32) wide++;
    else if (code === 9) wide += 8 - (wide % 8);
    else return [here, wide, here - at];
  }
}

function settle(levels: [number, number][], wide: number, narrow: number, at: number): void {
  while ((levels.at(-1)?.[0] ?? 0) > wide) {
    levels.pop();
    if ((levels.at(-1)?.[0] ?? 0) < wide) throw new NotPython(at, "the indentation fits no block");
  }
  const [topWide, topNarrow] = levels.at(-1) ?? [0, 0];
  if (topWide < wide ? narrow <= topNarrow : narrow !== topNarrow) throw new NotPython(at, "tabs and spaces are mixed");
  if (topWide === wide) return;
  if (levels.length >= MOST_INDENTS) throw new NotPython(at, "blocks are nested too deeply");
  levels.push([wide, narrow]);
}

/** Reads one logical line from `at` on into `tokens`; gives the offset after its newline. */
function readLine(text: string, at: number, tokens: Token[]): number {
  const open: string[] = [];
  let here = at;
  while (here < text.length) {
    const code = text.charCodeAt(here);
    if (code === 32 || code === 9 || code === 12) here++;
    else if (code === 10) {
      here++;
      if (open.length === 0) return here;
    } else if (code === 35 /* # */) here = endOfLine(text, here);
    else if (code === 92 /* \ */) {
      if (text.charCodeAt(here + 1) !== 10) throw new NotPython(here, "a backslash stands alone");
      here += 2;
    } else {
      const token = readToken(text, here, code, open.length);
      tokens.push(token);
      here += token.text.length;
      if (token.kind === "mark") brackets(token, open);
    }
  }
  if (open.length > 0) throw new NotPython(at, "a bracket is not closed");
  return here;
}

function readToken(text: string, at: number, code: number, depth: number): Token {
  const token = (kind: TokenKind, word: string): Token => ({ kind, text: word, start: at, depth });
  if (code === 34 || code === 39) return token("string", text.slice(at, endOfString(text, at, "")));
  if ((code >= 48 && code <= 57) || (code === 46 && /\d/.test(text[at + 1] ?? ""))) {
    return token("number", match(NUMBER, text, at));
  }
  let word = match(NAME, text, at);
  if (text.charCodeAt(at + word.length) >= 128) word = match(UNICODE_NAME, text, at);
  if (word !== "") {
    const quote = text.charCodeAt(at + word.length);
    if ((quote === 34 || quote === 39) && STRING_PREFIX.test(word)) {
      return token("string", text.slice(at, endOfString(text, at + word.length, word)));
    }
    return token(KEYWORDS.has(word) ? "keyword" : "name", word);
  }
  // Brackets and commas, most of all marks, are never the beginning of a longer one.
  const mark = SINGLE.has(code) ? (text[at] as string) : match(MARK, text, at);
  if (mark === "") throw new NotPython(at, "a character that Python does not know");
  return token("mark", mark);
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function brackets({ text, start }: Token, open: string[]): void {
  const closing = CLOSING[text];
  if (closing !== undefined) open.push(closing);
  else if (text === ")" || text === "]" || text === "}") {
    if (open.pop() !== text) throw new NotPython(start, "a bracket closes another one");
  }
  if (open.length > MOST_BRACKETS) throw new NotPython(start, "brackets are nested too deeply");
}

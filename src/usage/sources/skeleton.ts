import type { Line, Token } from "./lines.ts";
import { refuseImpossible, SOFT_KEYWORDS } from "./neighbours.ts";
import { NotPython } from "./strings.ts";

/** A text with a statement a line, and the lines where these stand in the file. */
export interface Skeleton {
  text: string;
  lines: number[];
}

/**
 * The text of a module's lines, but for those in functions: they bind no names, and make up most of a file.
 * Also without what no name depends on, and the grammar of @lezer/python 1.1.19 does not know: `20.`, strings of 3.12 and
 * later, decorators that are expressions; and, in functions, a bare `yield`, `with (a as b, c as d):`, `as (a, b)`.
 */
export function skeleton(lines: readonly Line[]): Skeleton {
  const out: string[] = [];
  const at: number[] = [];
  for (const { line, indent, tokens } of lines) {
    const statement = definition(tokens) ?? decorator(tokens) ?? simplifiedLine(tokens);
    out.push(`${" ".repeat(indent)}${statement}\n`);
    at.push(line);
  }
  return { text: out.join(""), lines: at };
}

/**
 * Tells of each line, asked in order, whether it stands in the body of a function; `end` is asked after the last. Both
 * throw {@link NotPython} where a function has no body, or a line cannot be Python.
 */
export function functionBodies(): { isInside(line: Line): boolean; end(): void } {
  let around = -1;
  let head: Token | null = null;
  const end = (): void => {
    if (head) throw new NotPython(head.start, "a function has no body");
  };
  return {
    end,
    isInside({ indent, tokens }) {
      refuseImpossible(tokens);
      if (around >= 0 && indent > around) {
        head = null;
        return true;
      }
      end();
      around = -1;
      const colon = headEnd(tokens);
      if (colon >= 0 && colon === tokens.length - 1) {
        around = indent;
        head = tokens[0] as Token;
      }
      return false;
    },
  };
}

/** The index of the name, where the line begins a function. */
const nameAt = (tokens: readonly Token[]): number => {
  const at = tokens[0]?.text === "async" ? 1 : 0;
  return tokens[at]?.text === "def" ? at + 1 : -1;
};

/** The index of the colon that ends the head of a function; -1 where the line begins none. */
function headEnd(tokens: readonly Token[]): number {
  const at = nameAt(tokens);
  if (at < 0) return -1;
  const colon = tokens.findIndex(({ text, depth }) => text === ":" && depth === 0);
  const begins = tokens[at]?.kind === "name" && /^[([]$/.test(tokens[at + 1]?.text ?? "");
  if (colon < 0 || !begins) throw new NotPython(tokens[0]?.start ?? 0, "a function has no head");
  return colon;
}

const definition = (tokens: readonly Token[]): string | null => {
  const at = nameAt(tokens);
  return at < 0 ? null : `def ${tokens[at]?.text}(): pass`;
};

/** `@a.b(…)` as `@a.b`; one that no name begins as `@_`, which nothing is known of. */
function decorator(tokens: readonly Token[]): string | null {
  if (tokens[0]?.text !== "@") return null;
  const end = tokens.findIndex(({ kind, text }, at) => at > 0 && kind !== "name" && text !== ".");
  const name = tokens.slice(1, end < 0 ? undefined : end);
  return name[0]?.kind === "name" && name.at(-1)?.kind === "name" ? `@${name.map(({ text }) => text).join("")}` : "@_";
}

/** A line's statements; one without a name to bind, or a longer value than a name, comes to less for the grammar to read. */
function simplifiedLine(tokens: readonly Token[]): string {
  const equals = tokens.findLastIndex(({ text, depth }) => text === "=" && depth === 0);
  const [first] = tokens;
  const plain = first?.kind === "name" || first?.kind === "string";
  const safe = plain && !SOFT_KEYWORDS.has(first.text) && !tokens.some(({ text }) => COMPLEX.has(text));
  if (safe && equals < 0 && !tokens.some(({ text, depth }) => text === ":" && depth === 0)) {
    if (!tokens.some(({ text, depth }) => depth === 0 && text.length > 1 && text.endsWith("="))) return "pass";
  }
  const long = safe && equals >= 0 && first.text !== "__all__" && tokens.length - equals > 2;
  const kept = long && !isDotted(tokens.slice(equals + 1)) ? tokens.slice(0, equals + 1) : tokens;
  return kept.map(simplified).join(" ") + (kept === tokens ? "" : " 0");
}

/** What makes a statement more than one, or may bind a name in passing, or has an `=` of its own. */
const COMPLEX = new Set([";", ":=", "lambda"]);

const isDotted = (tokens: readonly Token[]): boolean =>
  tokens.every(({ kind, text }) => kind === "name" || text === ".");

function simplified({ kind, text }: Token): string {
  if (kind === "number") return "0";
  if (kind === "string" && (text.includes("\n") || /^\w*[ft]/i.test(text))) return '""';
  return text;
}

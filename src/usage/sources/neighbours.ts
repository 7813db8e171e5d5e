import type { Token } from "./lines.ts";
import { NotPython } from "./strings.ts";

/** Words that are names elsewhere, and begin a statement where a value follows. */
export const SOFT_KEYWORDS: ReadonlySet<string> = new Set(["match", "case", "type"]);

const OPERATORS = "% @ & | ^ << >> // == != <= >= < > = := += -= *= /= //= %= @= &= |= ^= >>= <<= **=".split(" ");

/** Marks that a value follows. Not `*` and `/`, which stand alone in parameters and imports. */
const BEFORE_VALUE = new Set([...OPERATORS, "+", "-", "~", "**", ".", "->"]);

/** Marks that begin no value. */
const NO_VALUE = new Set([...OPERATORS, ")", "]", "}", ",", ";", ":"]);

/**
 * Refuses two values side by side, and an operator without a value. Of what stands in functions and in longer expressions
 * nothing else is checked beside the tokens: it is how text shows that fell out of a string, and how Python 2 does.
 */
export function refuseImpossible(tokens: readonly Token[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const here = tokens[at] as Token;
    const next = tokens[at + 1];
    if (here.kind === "mark" && BEFORE_VALUE.has(here.text)) {
      if (next === undefined || (next.kind === "mark" && NO_VALUE.has(next.text))) {
        throw new NotPython(here.start, "an operator stands alone");
      }
    } else if (next && endsValue(here) && next.kind !== "keyword" && next.kind !== "mark") {
      if (here.kind === "string" && next.kind === "string") continue;
      const before = tokens[at - 1]?.text ?? ";";
      if ((before === ";" || before === ":") && SOFT_KEYWORDS.has(here.text)) continue;
      throw new NotPython(next.start, "two values stand side by side");
    }
  }
}

const endsValue = ({ kind, text }: Token): boolean =>
  kind === "mark" ? text === ")" || text === "]" || text === "}" : kind !== "keyword";

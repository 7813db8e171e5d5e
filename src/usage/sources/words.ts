import type { Line, Token } from "./lines.ts";
import type { Assigned, TestSource } from "./source.ts";

/** Where a word stands, for the rules of {@link MAKERS}. */
interface Spot {
  /** It stands in the body of a function, which need not run when the module is imported. */
  inside: boolean;
  /** The texts of the tokens around it; "" where there is none. */
  before: string;
  after: string;
  /** The first argument, where a call follows. */
  argument: string;
  /** The bracket around it, and what is called by it. */
  bracket: string;
  called: string;
}

/** Words by which a function reaches the names of whoever calls it. */
export const FRAMES: ReadonlySet<string> = new Set(["_getframe", "currentframe", "f_locals", "f_globals"]);

const used = ({ before }: Spot): boolean => before !== "." && before !== "def";
const usedOutside = (spot: Spot): boolean => used(spot) && !spot.inside;
const always = (): boolean => true;

/** Words that may bind names nobody can read in the text, each with when it may. */
const MAKERS: ReadonlyMap<string, (spot: Spot) => boolean> = new Map<string, (spot: Spot) => boolean>([
  ["globals", used],
  ["exec", used],
  ["setattr", (spot) => used(spot) && !(spot.after === "(" && spot.argument === "self")],
  ...[...FRAMES].map((word) => [word, always] as const),
  // A function's own locals are no attributes of anything.
  ["locals", usedOutside],
  ["vars", usedOutside],
  ["eval", usedOutside],
  // pytest-bdd binds a test for each scenario in its caller's module.
  ["scenarios", usedOutside],
  // `sys.modules[__name__]`, or a helper that is told the module's name; loggers are told it as well.
  [
    "__name__",
    ({ before, bracket, called }) => before !== "." && (bracket === "[" || (called !== "" && !/log/i.test(called))),
  ],
]);

/** What single words of a file tell, beside what its statements define. */
export interface Words extends Pick<TestSource, "made"> {
  attributes: Set<string>;
  /** Names that functions bind in the module. */
  globals: Assigned[];
}

/** Adds what the words of a line tell; `inside` the body of a function. */
export function readWords({ line, tokens }: Line, inside: boolean, words: Words): void {
  const around: { bracket: string; called: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text, depth } = tokens[at] as Token;
    if (kind === "mark") {
      if (text !== "(" && text !== "[" && text !== "{") continue;
      const before = tokens[at - 1];
      around[depth] = { bracket: text, called: before?.kind === "name" ? before.text : "" };
    } else if (kind === "name") {
      const rule = MAKERS.get(text);
      // Frames reach beyond this file, so they are told before all else.
      if (rule && (words.made === null || FRAMES.has(text))) {
        const { bracket, called } = around[depth - 1] ?? { bracket: "", called: "" };
        if (rule({ inside, bracket, called, ...neighbours(tokens, at) })) words.made = { line, by: text };
      }
      if (depth === 0 && tokens[at - 1]?.text === "." && isTarget(tokens, at)) words.attributes.add(text);
    } else if (text === "global") words.globals.push(...namesAfter(tokens, at, line));
  }
}

const neighbours = (tokens: readonly Token[], at: number): Pick<Spot, "before" | "after" | "argument"> => ({
  before: tokens[at - 1]?.text ?? "",
  after: tokens[at + 1]?.text ?? "",
  argument: tokens[at + 2]?.text ?? "",
});

/** Whether the attribute at `at` is assigned, or may be as one of several; attributes of `self` are none of a class. */
function isTarget(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text;
  return (next === "=" || next === ",") && tokens[at - 2]?.text !== "self";
}

function namesAfter(tokens: readonly Token[], at: number, line: number): Assigned[] {
  const end = tokens.findIndex(({ text }, index) => index > at && text === ";");
  const names = tokens.slice(at + 1, end < 0 ? undefined : end).filter(({ kind }) => kind === "name");
  return names.map(({ text }) => ({ name: text.normalize("NFKC"), to: null, line }));
}

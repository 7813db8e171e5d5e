import type { Line, Token } from "./lines.ts";
import { pluginsIn } from "./plugins.ts";
import type { Assigned, Maker, TestSource } from "./source.ts";
import { attributeSet, isWritten } from "./written.ts";

/** Where a word stands, for the rules of {@link HERE} and {@link BEYOND}. */
interface Spot {
  /** It stands in the body of a function, which need not run when the module is imported. */
  inside: boolean;
  /** The texts of the tokens around it; "" where there is none. */
  before: string;
  after: string;
  /** What it is an attribute of, where a dot stands before it. */
  owner: string;
  /** The bracket around it, and what is called by it. */
  bracket: string;
  called: string;
  tokens: readonly Token[];
  at: number;
}

type Rule = (spot: Spot) => boolean;

const FRAMES = ["_getframe", "currentframe", "f_locals", "f_globals"];
const BUILTINS = new Set(["builtins", "__builtins__"]);

const used: Rule = ({ before, owner }) => (before === "." ? BUILTINS.has(owner) : before !== "def");
const usedOutside: Rule = (spot) => used(spot) && !spot.inside;
const always: Rule = () => true;

/** `setattr(k, n, f)`, where `n` may be any name. */
const setsAny: Rule = (spot) => used(spot) && attributeSet(spot.tokens, spot.at) === "*";

/** Words that may bind names nobody can read in the text, in other modules or in what these hand over, each with when it may. */
const BEYOND: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...FRAMES.map((word) => [word, always] as const),
  ["exec", used],
  ["eval", (spot) => used(spot) && spot.after === "("],
  ["setattr", setsAny],
  ["__setattr__", ({ owner, tokens, at }) => SETTERS.has(owner) && attributeSet(tokens, at) === "*"],
  ["__globals__", ({ tokens, at, after }) => isWritten(tokens, at) || after === ")" || after === ","],
  ["__dict__", ({ owner, tokens, at }) => owner !== "self" && isWritten(tokens, at)],
  [
    "vars",
    ({ tokens, at, after, ...spot }) => used({ tokens, at, after, ...spot }) && after === "(" && fills(tokens, at),
  ],
  // `sys.modules[f.__module__]`, `import_module(f.__module__)`.
  ["__module__", ({ bracket, called }) => bracket === "[" || /import/.test(called)],
  // Under another name nothing of it is seen.
  ["builtins", ({ after }) => after === "as"],
]);

/** Whose `__setattr__` is no method of a class that says what it does. */
const SETTERS = new Set(["type", "object"]);

/** `vars(m)[n] = f`; without an argument it is of the function or the module around. */
function fills(tokens: readonly Token[], at: number): boolean {
  const depth = (tokens[at]?.depth ?? 0) + 1;
  const end = tokens.findIndex(({ text, depth: here }, index) => index > at && text === ")" && here === depth);
  return end > at + 2 && tokens[at + 2]?.text !== "self" && isWritten(tokens, end);
}

/** Words that may bind such names in their own module alone. */
const HERE: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["globals", used],
  // A function's own locals are no attributes of anything.
  ["locals", usedOutside],
  ["vars", usedOutside],
  ["eval", usedOutside],
  // pytest-bdd binds a test for each scenario in its caller's module.
  ["scenarios", ({ before, inside }) => before !== "def" && !inside],
  // `sys.modules[__name__]`, or a helper that is told the module's name; loggers are told it as well.
  [
    "__name__",
    ({ before, bracket, called }) => before !== "." && (bracket === "[" || (called !== "" && !/log/i.test(called))),
  ],
]);

/** What single words of a file tell, beside what its statements define. */
export interface Words extends Pick<TestSource, "made" | "reach" | "plugins"> {
  attributes: Set<string>;
  /** Names that functions bind in the module. */
  globals: Assigned[];
}

export const noWords = (): Words => ({ made: null, reach: null, plugins: [], attributes: new Set(), globals: [] });

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
      const [here, beyond] = [HERE.get(text), BEYOND.get(text)];
      if (here || beyond) {
        const { bracket, called } = around[depth - 1] ?? { bracket: "", called: "" };
        const spot = { inside, bracket, called, tokens, at, ...neighbours(tokens, at) };
        const maker: Maker = { line, by: text };
        if (beyond?.(spot)) {
          words.reach ??= maker;
          words.made ??= maker;
        } else if (here?.(spot)) words.made ??= maker;
      }
      if (text === "setattr" || text === "__setattr__") {
        const set = attributeSet(tokens, at);
        if (set !== null && set !== "*") words.attributes.add(set);
      } else if (text === "pytest_plugins") words.plugins.push(...pluginsIn(tokens, at));
      if (depth === 0 && tokens[at - 1]?.text === "." && isTarget(tokens, at)) words.attributes.add(text);
    } else if (text === "global") words.globals.push(...namesAfter(tokens, at, line));
  }
}

function neighbours(tokens: readonly Token[], at: number): Pick<Spot, "before" | "after" | "owner"> {
  const before = tokens[at - 1]?.text ?? "";
  return { before, after: tokens[at + 1]?.text ?? "", owner: before === "." ? (tokens[at - 2]?.text ?? "") : "" };
}

/** Whether the attribute at `at` is assigned, or may be as one of several; attributes of `self` are none of a class. */
function isTarget(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text;
  return (next === "=" || next === "," || next === ":") && tokens[at - 2]?.text !== "self";
}

function namesAfter(tokens: readonly Token[], at: number, line: number): Assigned[] {
  const end = tokens.findIndex(({ text }, index) => index > at && text === ";");
  const names = tokens.slice(at + 1, end < 0 ? undefined : end).filter(({ kind }) => kind === "name");
  return names.map(({ text }) => ({ name: text.normalize("NFKC"), to: null, line }));
}

import { agree } from "./agree.ts";
import { loadGrammar, type ParseTree } from "./grammar.ts";
import { eachLine, type Line } from "./lines.ts";
import type { Text } from "./nodes.ts";
import { functionBodies, type Skeleton, skeleton } from "./skeleton.ts";
import { brokenSource, type TestSource } from "./source.ts";
import { NotPython } from "./strings.ts";
import { type Found, readScope } from "./tree.ts";
import { noWords, readWords, type Words } from "./words.ts";

/** Reads the text of a Python file, as `decodeSource` gives it. A text that is no Python comes back as broken. */
export type ParseSource = (text: string) => TestSource;

/** The reader of sources. Loads its grammar, so it is asked for only where a file is not remembered. */
export async function sourceParser(): Promise<ParseSource> {
  const parse = await loadGrammar();
  return (text) => parseSource(normalised(text), parse);
}

function parseSource(text: string, parse: ParseTree): TestSource {
  let bare: Skeleton = { text: "", lines: [] };
  try {
    const words = noWords();
    const lines = outerLines(text, words);
    bare = skeleton(lines);
    const found: Found = { maker: null };
    const module = readScope(parse(bare.text).topNode, textOf(bare), found);
    if (!agree(module, lines)) return brokenSource(1, "its blocks are not understood");
    module.assigned.push(...words.globals);
    const { made, reach, attributes, plugins } = words;
    return { broken: null, module, made: made ?? found.maker, reach, attributes: [...attributes], plugins };
  } catch (error) {
    if (error instanceof NotPython) return brokenSource(lineOf(text, error.at), error.message);
    // The library tells the place in words alone.
    const at = error instanceof SyntaxError ? /\bat (\d+)/.exec(error.message)?.[1] : undefined;
    if (at !== undefined) return brokenSource(sourceLine(bare, Number(at)), "a statement that is not understood");
    // An expression of a hundred thousand operands: trees are built by functions that call themselves.
    if (error instanceof RangeError) return brokenSource(1, "it is nested too deeply");
    throw error;
  }
}

/** The lines outside of functions; what the words of all lines tell is added to `words`. */
function outerLines(text: string, words: Words): Line[] {
  const lines: Line[] = [];
  const bodies = functionBodies();
  eachLine(text, (line) => {
    const inside = bodies.isInside(line);
    readWords(line, inside, words);
    if (!inside) lines.push(line);
  });
  bodies.end();
  return lines;
}

/** Line ends as `\n`; a form feed sets Python's count of indentation back to nothing. */
function normalised(text: string): string {
  const bare = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  return bare.includes("\f") ? bare.replace(/^(?:[ \t]*\f)+/gm, "") : bare;
}

/** Nodes are asked for in the order of the text, mostly, so lines are counted on from the last one. */
function textOf({ text, lines }: Skeleton): Text {
  let at = 0;
  let line = 0;
  return {
    of: (node) => asPython(text.slice(node.from, node.to)),
    line: ({ from }) => {
      if (from < at) [at, line] = [0, 0];
      for (let next = text.indexOf("\n", at); next >= 0 && next < from; next = text.indexOf("\n", at)) {
        line++;
        at = next + 1;
      }
      return lines[line] ?? 1;
    },
  };
}

/** A name as Python compares it. */
const asPython = (name: string): string => (/[^\x00-\x7f]/.test(name) ? name.normalize("NFKC") : name);

const sourceLine = ({ text, lines }: Skeleton, at: number): number => lines[lineOf(text, at) - 1] ?? 1;

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let here = text.indexOf("\n"); here >= 0 && here < at; here = text.indexOf("\n", here + 1)) line++;
  return line;
}

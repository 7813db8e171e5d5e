import type { Tree } from "@lezer/common";

/** A text's tree by the grammar of @lezer/python; throws a SyntaxError at the first thing that does not fit. */
export type ParseTree = (text: string) => Tree;

/** The grammar. The library is loaded here and nowhere else, when the first source has to be read. */
export async function loadGrammar(): Promise<ParseTree> {
  const { parser } = await import("@lezer/python");
  // Strict: what was recovered from an error may stand in another block than the author meant.
  const strict = parser.configure({ strict: true });
  return (text) => strict.parse(text);
}

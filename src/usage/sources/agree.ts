import type { Line } from "./lines.ts";
import type { Scope } from "./source.ts";

/**
 * Whether the definitions of a module's tree stand in the classes that the indentation of `lines`, those outside of functions, says. @lezer/python 1.1.19
 * ends classes early, and tells no error, where many blank lines stand in a text: none reach it, and what it makes is checked.
 */
export function agree(module: Scope, lines: readonly Line[]): boolean {
  const seen = definitions(module, 0).sort(byLine);
  const expected = byIndentation(lines);
  return seen.length === expected.length && seen.every(([line, owner], at) => same(expected[at], line, owner));
}

/** The line of a definition, and that of the class it is a member of; 0 for none. */
type Place = [line: number, owner: number];

const byLine = (a: Place, b: Place): number => a[0] - b[0];

const same = (place: Place | undefined, line: number, owner: number): boolean =>
  place !== undefined && place[0] === line && place[1] === owner;

function definitions({ functions, classes }: Scope, owner: number): Place[] {
  const here = functions.map(({ line }): Place => [line, owner]);
  return [...here, ...classes.flatMap(({ line, body }) => [[line, owner] as Place, ...definitions(body, line)])];
}

function byIndentation(lines: readonly Line[]): Place[] {
  const places: Place[] = [];
  const around: { indent: number; line: number }[] = [];
  for (const { line, indent, tokens } of lines) {
    while ((around.at(-1)?.indent ?? -1) >= indent) around.pop();
    const first = tokens[0]?.text === "async" ? tokens[1]?.text : tokens[0]?.text;
    if (first !== "def" && first !== "class") continue;
    places.push([line, around.at(-1)?.line ?? 0]);
    if (first === "class") around.push({ indent, line });
  }
  return places;
}

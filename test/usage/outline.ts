import type { Scope, TestSource } from "../../src/usage/sources/source.ts";

/** What a scope defines, in the form that test/usage/outline.py gives it. */
export interface Outline {
  functions: [string, number][];
  classes: [string, number, (string | null)[], Outline][];
  names: string[];
  imports: [string, string, number][];
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function outlineOf({ functions, classes, imports, assigned, deleted }: Scope): Outline {
  const names = [functions, classes, assigned].flatMap((list) => list.map(({ name }) => name));
  const bound = imports.filter(({ as }) => as !== "*").map(({ as }) => as);
  return {
    functions: functions.map(({ name, line }): [string, number] => [name, line]).sort(byText),
    classes: classes.map(({ name, line, bases, body }) => [name, line, bases, outlineOf(body)]),
    // symtable counts what is deleted as bound.
    names: [...new Set([...names, ...bound, ...deleted])].sort(),
    imports: imports
      .map(({ as, module, level, name }): [string, string, number] => [as, name === null ? "" : module, level])
      .sort(byText),
  };
}

/** The outline of a source; null for a broken one. */
export const outline = (source: TestSource): Outline | null => (source.broken ? null : outlineOf(source.module));

/** The same with lists sorted as {@link outline} sorts them. */
export const sorted = (theirs: Outline | null): Outline | null =>
  theirs && {
    functions: [...theirs.functions].sort(byText),
    classes: theirs.classes.map(([name, line, bases, body]) => [name, line, bases, sorted(body) as Outline]),
    names: [...theirs.names].sort(),
    imports: [...theirs.imports].sort(byText),
  };

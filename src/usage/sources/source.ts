/**
 * What one Python file defines, as plain data that survives JSON: it is remembered in the index. Lists, never objects by
 * name: a test may be called `__proto__`. Names are as Python compares them (NFKC); lines count from 1.
 */
export interface TestSource {
  /** Why nothing can be concluded from the file; null where it was read. The rest is then empty. */
  broken: { line: number; why: string } | null;
  module: Scope;
  /** What may give a name to the module or its classes at run time, and where; null for nothing. */
  made: { line: number; by: string } | null;
  /** Names of attributes assigned anywhere in the file (`TestK.test_y = f`), but not those of `self`. */
  attributes: string[];
}

/** The names that the body of a module or of a class binds, in blocks too (`if`, `try`, `with`, `for`, …). */
export interface Scope {
  functions: Defined[];
  classes: ClassSource[];
  imports: Imported[];
  assigned: Assigned[];
  /** Names that a `del` takes away. */
  deleted: string[];
  /** The line of `__test__ = False`; null for none. */
  untested: number | null;
}

export interface Defined {
  name: string;
  line: number;
  /** A decorator that may bind names made of this one: `test_a` becomes `test_a_0`. */
  maker: boolean;
}

export interface ClassSource extends Defined {
  /** Bases as dotted names, without their `[…]`; null for one that an expression makes. */
  bases: (string | null)[];
  /** What may give the class members that its body does not show: a decorator, a metaclass; null for nothing. */
  open: string | null;
  body: Scope;
}

/** `from {level dots}{module} import {name} as {as}`; without `name` the module itself; `*` is both names of a star. */
export interface Imported {
  as: string;
  module: string;
  level: number;
  name: string | null;
  line: number;
}

export interface Assigned {
  name: string;
  /** The dotted name that it is another name of; null for any other value. */
  to: string | null;
  line: number;
}

/** A scope that binds nothing. */
export const emptyScope = (): Scope => ({
  functions: [],
  classes: [],
  imports: [],
  assigned: [],
  deleted: [],
  untested: null,
});

/** A file of which nothing can be concluded. */
export const brokenSource = (line: number, why: string): TestSource => ({
  broken: { line, why },
  module: emptyScope(),
  made: null,
  attributes: [],
});

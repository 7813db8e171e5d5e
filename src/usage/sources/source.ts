/**
 * What one Python file defines, as plain data that survives JSON: it is remembered in the index. Lists, never objects by
 * name: a test may be called `__proto__`. Names are as Python compares them (NFKC); lines count from 1.
 */
export interface TestSource {
  /** Why nothing can be concluded from the file; null where it was read. The rest is then empty. */
  broken: { line: number; why: string } | null;
  module: Scope;
  /** What may give a name to the module or its classes at run time, and where; null for nothing. */
  made: Maker | null;
  /** What may give a name to other modules, and to classes and functions handed to this one; null for nothing. */
  reach: Maker | null;
  /**
   * Names of attributes assigned anywhere in the file (`TestK.test_y = f`, `setattr(k, "test_y", f)`), but not those of `self`;
   * one that ends in `*` is the beginning of any (`setattr(k, "test_" + n, f)`).
   */
  attributes: string[];
  /** The plugins that `pytest_plugins` names; `*` is any. */
  plugins: string[];
}

/** A word that may bind names nobody can read in the text, and its line. */
export interface Maker {
  line: number;
  by: string;
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
  /** The module that `import a.b` reads beside the one that it binds. */
  whole?: string;
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
  reach: null,
  attributes: [],
  plugins: [],
});

/** Whether a file assigns an attribute of this name, or may. */
export const assigns = ({ attributes }: TestSource, name: string): boolean =>
  attributes.some((each) => (each.endsWith("*") ? name.startsWith(each.slice(0, -1)) : each === name));

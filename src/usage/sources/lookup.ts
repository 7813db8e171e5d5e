import { filesOf, type World } from "./modules.ts";
import { type Settings, settingsFor } from "./settings.ts";
import type { ClassSource, Imported, Scope, TestSource } from "./source.ts";

/** What a name may stand for. There may be several: definitions can be conditional, and modules found in several folders. */
export type Value = ClassValue | ModuleValue | { kind: "memberless" } | { kind: "other"; why: string };

export interface ClassValue {
  kind: "class";
  definition: ClassSource;
  file: string;
  source: TestSource;
  /** The scopes in which its bases are looked up, from the module's inwards. */
  scopes: readonly Scope[];
}

/** A module that may be there or not, as an import tells it. */
export interface ModuleValue {
  kind: "module";
  module: string;
  level: number;
  from: string;
}

/** What was found, and why there may be more than that. */
export interface Found {
  values: Value[];
  doubts: string[];
}

/** One question's state: names being looked up, so that circles end, and how many look-ups are left. */
export interface Search {
  world: World;
  open: Set<string>;
  left: number;
  /** The files in which names were looked up. */
  files: Set<string>;
  /** The files of modules that were asked for already. */
  modules: Map<string, string[]>;
  /** pytest's settings, which are read where they are asked for. */
  settings(): Settings;
}

/** A search for what the test file at `file` defines. */
export function newSearch(world: World, file: string): Search {
  let settings: Settings | undefined;
  return {
    world,
    open: new Set(),
    left: 5_000,
    files: new Set([file]),
    modules: new Map(),
    settings() {
      settings ??= settingsFor(world, file);
      return settings;
    },
  };
}

/** A file and the scopes around a place in it. */
export interface Around {
  file: string;
  source: TestSource;
  scopes: readonly Scope[];
}

/** Classes of the standard library that have no tests, so that nothing is missed in them. */
const MEMBERLESS = new Set(
  (
    "unittest.TestCase unittest.IsolatedAsyncioTestCase unittest.case.TestCase abc.ABC typing.Generic typing.Protocol " +
    "typing_extensions.Protocol"
  ).split(" "),
);

const doubt = (why: string): Found => ({ values: [], doubts: [why] });

const all = (found: readonly Found[]): Found => ({
  values: found.flatMap(({ values }) => values),
  doubts: found.flatMap(({ doubts }) => doubts),
});

/** The lines where a scope binds a name. */
export function boundAt({ functions, classes, imports, assigned }: Scope, name: string): number[] {
  const defined = [functions, classes, assigned].flatMap((list) => list.filter((each) => each.name === name));
  return [...defined, ...imports.filter(({ as }) => as === name)].map(({ line }) => line);
}

/** The values of a dotted name. */
export function valuesOf(search: Search, around: Around, dotted: string): Found {
  const [first = "", ...more] = dotted.split(".");
  return more.reduce(
    (found, name) => {
      const next = all(found.values.map((value) => attribute(search, value, name)));
      return { values: next.values, doubts: [...found.doubts, ...next.doubts] };
    },
    lookUp(search, around, first),
  );
}

function attribute(search: Search, value: Value, name: string): Found {
  if (value.kind === "module") return fromModule(search, value, name);
  if (value.kind === "class") {
    const scopes = [...value.scopes, value.definition.body];
    if (boundAt(value.definition.body, name).length > 0) return lookUp(search, { ...value, scopes }, name);
  }
  return doubt(`${name} of what is no module cannot be read`);
}

/** The values of a plain name: of the innermost scope that binds it, then of star imports. */
export function lookUp(search: Search, around: Around, name: string): Found {
  const key = `${around.file}\n${around.scopes.length}\n${name}`;
  if (search.open.has(key)) return { values: [], doubts: [] };
  if (search.left-- <= 0) return doubt("too many names lead on from here");
  search.open.add(key);
  search.files.add(around.file);
  try {
    return boundIn(search, around, name);
  } finally {
    search.open.delete(key);
  }
}

function boundIn(search: Search, around: Around, name: string): Found {
  const { file, source, scopes } = around;
  for (let depth = scopes.length; depth > 0; depth--) {
    const scope = scopes[depth - 1] as Scope;
    if (boundAt(scope, name).length === 0) continue;
    const here = { file, source, scopes: scopes.slice(0, depth) };
    return all([
      ...scope.functions.filter((each) => each.name === name).map(() => other(`${name} is a function`)),
      ...scope.classes.filter((each) => each.name === name).map((definition) => aClass(definition, here)),
      ...scope.imports.filter(({ as }) => as === name).map((each) => imported(search, each, file)),
      ...scope.assigned.filter((each) => each.name === name).map(({ to }) => assigned(search, here, name, to)),
    ]);
  }
  const starred = all(stars(source).map((star) => fromFiles(search, { ...star, from: file }, name)));
  if (name === "object" && starred.values.length === 0) return { values: [{ kind: "memberless" }], doubts: [] };
  return starred;
}

const other = (why: string): Found => ({ values: [{ kind: "other", why }], doubts: [] });

const aClass = (definition: ClassSource, around: Around): Found => ({
  values: [{ kind: "class", definition, ...around }],
  doubts: [],
});

function assigned(search: Search, around: Around, name: string, to: string | null): Found {
  if (to === null || to === name) return other(`${name} is made by an expression`);
  return valuesOf(search, around, to);
}

/** The star imports of a module. */
export const stars = ({ module }: TestSource): Imported[] => module.imports.filter(({ as }) => as === "*");

function imported(search: Search, { module, level, name }: Imported, from: string): Found {
  const target: ModuleValue = { kind: "module", module, level, from };
  return name === null ? { values: [target], doubts: [] } : fromModule(search, target, name);
}

/** `name` of a module: what its file binds, else the module of that name inside it, which may not be there. */
function fromModule(search: Search, target: ModuleValue, name: string): Found {
  if (target.level === 0 && MEMBERLESS.has(`${target.module}.${name}`)) {
    return { values: [{ kind: "memberless" }], doubts: [] };
  }
  const found = fromFiles(search, target, name);
  if (found.values.length > 0) return found;
  return { values: [{ ...target, module: [target.module, name].filter((part) => part !== "").join(".") }], doubts: [] };
}

/** `name` of the files that a module may be. */
export function fromFiles(search: Search, target: Omit<ModuleValue, "kind">, name: string): Found {
  const files = filesOf(search.world, target, target.level > 0 ? [] : search.settings().paths);
  if (files.length === 0) return doubt(`${".".repeat(target.level)}${target.module} is not found`);
  return all(
    files.map((file) => {
      const source = search.world.read(file);
      if (typeof source === "string" || source.broken) return doubt(`${file} cannot be read`);
      const found = lookUp(search, { file, source, scopes: [source.module] }, name);
      const made =
        source.made && found.values.length === 0 ? [`${file} makes names at run time (${source.made.by})`] : [];
      return { values: found.values, doubts: [...found.doubts, ...made] };
    }),
  );
}

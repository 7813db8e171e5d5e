import { boundAt, type Search } from "./lookup.ts";
import { ancestors, filesOf } from "./modules.ts";
import { assigns, type Imported, type Scope, type TestSource } from "./source.ts";
import { folderOf, type TestId } from "./testid.ts";

/** Hooks that may collect tests which no source defines, or give them other ids, and attributes that do so. */
const HOOKS = [
  "pytest_collect_file",
  "pytest_collect_directory",
  "pytest_pycollect_makeitem",
  "pytest_pycollect_makemodule",
  "pytest_itemcollected",
  "pytest_collectstart",
];
const RENAMING = ["_nodeid", "nodeid"];

/** Plugins of pytest, and well-known ones that are installed, by the names that `-p` and `pytest_plugins` have for them. */
const INSTALLED = new RegExp(
  "^(no:.*|(_pytest|xdist|anyio)(\\..*)?|pytest_[a-z]+(\\..*)?|pytester|asyncio|cov|randomly|timeout|cacheprovider|junitxml|" +
    "capture|logging|doctest|unittest|terminal|warnings|faulthandler|unraisableexception|threadexception|monkeypatch)$",
);

/** How many visits are made for one test before it is left in doubt. */
const MOST = 2_000;

/** Folders that projects have their packages in, without saying so to pytest. */
const PACKAGES = ["src", "../src"];

/** A file that runs where the test is collected. */
interface Visit {
  path: string;
  /** pytest asks it for tests, or a file that it asks imports it. */
  hooks: boolean;
  /** It may be handed what the test file defines, or fetch it, so what it does to what it does not define counts. */
  given: boolean;
  /** The name of it that is used; null for any. */
  member: string | null;
}

/**
 * Why a test may be collected that no file which was searched defines: what other files of the project do. All doubts are told, so that
 * all files are asked for at once. Files next to the tests are followed wherever they lead, others only to where a name comes from: all
 * that is tested may be imported somewhere.
 */
export function collectedElsewhere(search: Search, wanted: TestId): string[] {
  const top = wanted.file.includes("/") ? `${wanted.file.split("/")[0]}/` : "";
  const isNear = (path: string): boolean => (path.startsWith(top) || !path.includes("/")) && !path.startsWith("../");
  const doubts = new Set<string>();
  const queue = beginnings(search, wanted);
  const addPlugin = (name: string, from: string): void => {
    if (INSTALLED.test(name)) return;
    const files = name === "*" ? [] : modules(search, name, 0, from);
    if (files.length === 0) doubts.add(`${from} names plugins that are not found (${name})`);
    for (const path of files) queue.push({ path, hooks: true, given: true, member: null });
  };
  for (const { name, file } of search.settings().plugins) addPlugin(name, file);
  const seen = new Set<string>();
  for (const visit of queue) {
    const { path, hooks, given, member } = visit;
    const key = `${path}\n${hooks}\n${given}\n${member}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST) return [...doubts, "too many files are imported"];
    const source = search.world.read(path);
    if (source === "absent") continue;
    if (source === "unreadable" || source.broken) {
      doubts.add(`${path} cannot be read`);
      continue;
    }
    // The test's own file was searched.
    if (path !== wanted.file) for (const doubt of doubtsOf(source, visit, wanted)) doubts.add(doubt);
    if (hooks || isNear(path)) for (const name of source.plugins) addPlugin(name, path);
    const searched = search.files.has(path);
    for (const one of allImports(source.module)) {
      const used = !hooks && given && isUsed(one, visit);
      if (!searched && !isNear(path) && !used && !(hooks && (given || one.as === "*"))) continue;
      for (const next of imported(search, one, path)) {
        const handed = isNear(next.path) || (!hooks && next.member !== "" && (searched || used));
        // What pytest asks for hooks it asks as a whole.
        queue.push({ path: next.path, hooks, given: handed, member: hooks ? null : next.member });
      }
    }
  }
  return [...doubts];
}

/** The files that run first: conftest.py and the packages above the test, and all that was searched for it. */
function beginnings(search: Search, { file }: TestId): Visit[] {
  const found: Visit[] = [...search.files].map((path) => ({ path, hooks: false, given: true, member: null }));
  for (const folder of ancestors(folderOf(file))) {
    const inside = folder === "" ? "" : `${folder}/`;
    found.push({ path: `${inside}conftest.py`, hooks: true, given: true, member: null });
    found.push({ path: `${inside}__init__.py`, hooks: false, given: true, member: "" });
  }
  return found;
}

/** Whether what an import binds is what is used of the file: it has the name, or the file is used as a whole. */
const isUsed = ({ as, name }: Imported, { member }: Visit): boolean =>
  member === null ? name !== null : member !== "" && (as === member || as === "*");

function doubtsOf(source: TestSource, { path, hooks, given }: Visit, { file, names }: TestId): string[] {
  const doubts: string[] = [];
  if (hooks) {
    const by = HOOKS.find((name) => binds(source.module, name)) ?? RENAMING.find((name) => assigns(source, name));
    if (by) doubts.push(`${path} may collect tests of its own (${by})`);
  }
  const assigned = names.find((name) => assigns(source, name));
  if (assigned) doubts.push(`${path} assigns ${assigned} as an attribute`);
  const { reach } = source;
  if (given && reach) doubts.push(`${path} may make names in ${file} (${reach.by}, line ${reach.line})`);
  return doubts;
}

/** Whether a module or a class in it, which may be registered as a plugin, binds a name. */
const binds = (scope: Scope, name: string): boolean =>
  boundAt(scope, name).length > 0 || scope.classes.some(({ body }) => binds(body, name));

const allImports = (scope: Scope): Imported[] => [
  ...scope.imports,
  ...scope.classes.flatMap(({ body }) => allImports(body)),
];

/** The files that an import reads, with what is used of each: nothing ("") of the packages around a module. */
function imported(search: Search, one: Imported, from: string): Pick<Visit, "path" | "member">[] {
  const { level, name } = one;
  const module = one.whole ?? one.module;
  const found: Pick<Visit, "path" | "member">[] = [];
  const add = (dotted: string, member: string | null): void => {
    for (const path of modules(search, dotted, level, from)) found.push({ path, member });
  };
  for (let end = module.indexOf("."); end >= 0; end = module.indexOf(".", end + 1)) add(module.slice(0, end), "");
  add(module, name === "*" ? null : name);
  if (name !== null && name !== "*") add([module, name].filter((part) => part !== "").join("."), null);
  return found;
}

/** Modules that are loaded before pytest looks at any test, so that no file of a project is read in their place. */
const LOADED = new Set(
  (
    "abc collections contextlib copy dataclasses datetime enum functools importlib inspect io itertools json logging math operator os pathlib " +
    "pytest re shutil sys tempfile textwrap threading time traceback types typing warnings"
  ).split(" "),
);

/** The files that a module may be; the same ones are asked for again and again. */
function modules({ world, settings, modules: known }: Search, module: string, level: number, from: string): string[] {
  if (level === 0 && LOADED.has(module.split(".", 1)[0] as string)) return [];
  const key = `${folderOf(from)}\n${level}\n${module}`;
  const files =
    known.get(key) ?? filesOf(world, { module, level, from }, level > 0 ? [] : [...settings().paths, ...PACKAGES]);
  known.set(key, files);
  return files;
}

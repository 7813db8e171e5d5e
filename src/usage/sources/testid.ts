/** A pytest node id, taken apart. */
export interface TestId {
  /** The path of its file, with `/`, as the id tells it: relative to the root that pytest ran with. */
  file: string;
  /** The classes, from outside in, and then the function; empty for an id that names a file alone. */
  names: string[];
  /** What stands in the last brackets: values of parameters, with anything in them; null for none. */
  parameters: string | null;
}

/** Why test sources cannot speak of an id. */
export interface Unspeakable {
  why: string;
}

/** What plugins collect under the name of a whole file: linters and type checkers. */
const OTHER_ITEMS = new Set([
  "black",
  "codestyle",
  "flake8",
  "isort",
  "mypy",
  "pycodestyle",
  "pylint",
  "ruff",
  "ruff::format",
]);

/** Most names are of ASCII alone; the tables of all letters take milliseconds to load. */
const PLAIN_IDENTIFIER = /^[A-Za-z_]\w*$/;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const isIdentifier = (name: string): boolean => PLAIN_IDENTIFIER.test(name) || IDENTIFIER.test(name);

/**
 * Takes a pytest node id apart: `tests/a/test_x.py::TestK::test_y[p]`. Parameters begin at the first `[` behind the file and
 * may hold anything, `::` and brackets too. A `\` in the file's path is Windows'. Ids of what no Python source defines (doctests, other files)
 * are unspeakable, and so are paths that lead out of the root.
 */
export function splitTestId(id: string): TestId | Unspeakable {
  const end = id.indexOf("::");
  const file = (end < 0 ? id : id.slice(0, end)).replaceAll("\\", "/").replace(/^(?:\.\/+)+/, "");
  if (!file.endsWith(".py")) return { why: "it names no Python file" };
  const parts = file.split("/");
  if (/^[a-z]:/i.test(file) || parts.some((part) => part === "" || part === "." || part === "..")) {
    return { why: "its path leads out of the root" };
  }
  if (end < 0) return { file, names: [], parameters: null };
  const rest = id.slice(end + 2);
  const open = rest.indexOf("[");
  // pytest-xdist adds the group of a test: `test_y[p]@group`.
  const close = rest.lastIndexOf("]");
  if (open >= 0 && (close < open || !/^(?:@.*)?$/.test(rest.slice(close + 1))))
    return { why: "its parameters do not end" };
  const path = open < 0 ? rest.replace(/@.*$/, "") : rest.slice(0, open);
  const names = path.split("::").map((name) => (PLAIN_IDENTIFIER.test(name) ? name : name.normalize("NFKC")));
  if (!names.every(isIdentifier) || OTHER_ITEMS.has(names.join("::").toLowerCase()))
    return { why: "it names no function of a Python file" };
  return { file, names, parameters: open < 0 ? null : rest.slice(open + 1, close) };
}

/** A test id without its parameters: ids that differ in these alone are of one test. */
export const testOf = ({ file, names }: TestId): string => [file, ...names].join("::");

/** The folder of a path with `/`; "" for a file that lies in none. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

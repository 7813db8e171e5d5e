import type { TestSource } from "./source.ts";
import { folderOf } from "./testid.ts";

/** The Python files under a root. */
export interface World {
  /** What the file at a path relative to the root defines (`..` leads out of it); for the disk and git's index. Asked often: to be remembered. */
  read(path: string): TestSource | "absent" | "unreadable";
  /** The text of a file that pytest's settings may stand in, by a path as above; null where there is none. Without it settings are not known. */
  text?(path: string): string | null;
}

/** How many folders above the root may be on Python's path: the root is often a folder of a project. */
const ABOVE = 2;

/** The files that a module may be, of those that there are, `paths` being more folders that Python looks in; a package and a module of one name, or of two folders, are both told. */
export function filesOf(
  world: World,
  { module, level, from }: { module: string; level: number; from: string },
  paths: readonly string[],
): string[] {
  const path = module.replaceAll(".", "/");
  const folders = level > 0 ? [upwards(folderOf(from), level - 1)] : [...ancestors(folderOf(from)), ...paths];
  const found = new Set<string>();
  for (const folder of folders) {
    const base = [folder, path].filter((part) => part !== "").join("/");
    const files = [base === "" ? "__init__.py" : `${base}/__init__.py`, ...(path === "" ? [] : [`${base}.py`])];
    for (const file of files) if (world.read(file) !== "absent") found.add(file);
  }
  return [...found];
}

/**
 * What an absolute import may be looked up in: the folder of the importing file and all above it. pytest puts the first one without
 * `__init__.py` on the path, `python -m pytest` the one it is run in, and settings any other.
 */
export function ancestors(folder: string): string[] {
  const found = [folder];
  for (let here = folder; here !== ""; ) {
    here = folderOf(here);
    found.push(here);
  }
  for (let count = 1; count <= ABOVE; count++) found.push(Array(count).fill("..").join("/"));
  return found;
}

function upwards(folder: string, levels: number): string {
  let here = folder;
  for (let left = levels; left > 0; left--) {
    const last = here.slice(here.lastIndexOf("/") + 1);
    here = last === "" || last === ".." ? [here, ".."].filter((part) => part !== "").join("/") : folderOf(here);
  }
  return here;
}

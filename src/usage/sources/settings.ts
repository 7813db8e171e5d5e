import { ancestors, type World } from "./modules.ts";
import { folderOf } from "./testid.ts";

/** What pytest's settings tell of where tests may come from. */
export interface Settings {
  /** Folders on Python's path, relative to the root. */
  paths: string[];
  /** Plugins that `-p` names, each with the file that says so. */
  plugins: { name: string; file: string }[];
}

/** The files that pytest reads its settings from. */
const FILES = ["pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"];

/** The settings of all files that may be pytest's for a test: its root need not be the folder that its ids are relative to. */
export function settingsFor(world: World, testFile: string): Settings {
  const settings: Settings = { paths: [], plugins: [] };
  if (!world.text) return settings;
  for (const folder of ancestors(folderOf(testFile))) {
    for (const name of FILES) {
      const file = join(folder, name);
      const text = world.text(file);
      if (text === null) continue;
      settings.paths.push(...words(text, "pythonpath").flatMap((path) => within(folder, path)));
      for (const plugin of given(words(text, "addopts"))) settings.plugins.push({ name: plugin, file });
    }
  }
  return settings;
}

const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

/** A path in a folder, both relative to the root; none where it leads nowhere that can be told. */
function within(folder: string, path: string): string[] {
  if (/^([\\/]|[a-z]:)|[$%]/i.test(path)) return [];
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of path.split(/[\\/]+/)) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return [parts.join("/")];
}

/**
 * The words of a setting in an ini or a TOML file: a text over one line or several, or a list. It is read where it stands in any
 * section, and too much rather than too little.
 */
function words(text: string, key: string): string[] {
  if (!text.includes(key)) return [];
  const found: string[] = [];
  for (const { 0: head, index } of text.matchAll(new RegExp(`^[ \\t]*["']?${key}["']?[ \\t]*[=:][ \\t]*`, "gm"))) {
    const rest = text.slice(index + head.length);
    const quotes = /^(?:"""|''')/.exec(rest)?.[0];
    // Without its end it is all that follows.
    const end = quotes
      ? rest.indexOf(quotes, 3)
      : rest.startsWith("[")
        ? rest.search(/\][ \t]*(?:#.*)?$/m)
        : lineEnd(rest);
    const value = (end < 0 ? rest : rest.slice(0, end)).replace(/^[ \t]*[#;].*$/gm, "");
    found.push(...value.split(/[\s"'[\],]+/).filter((word) => word !== ""));
  }
  return found;
}

/** Where the value of an ini file ends: lines that are indented, or empty, or comments, belong to the one above. */
const lineEnd = (text: string): number => text.search(/\r?\n(?![ \t\r\n#;])/);

/** `-p a`, `-pa`, `-p=a`. */
function given(options: readonly string[]): string[] {
  const found: string[] = [];
  for (const [at, word] of options.entries()) {
    const name = word === "-p" ? options[at + 1] : /^-p=?([\w.:]+)$/.exec(word)?.[1];
    if (name !== undefined) found.push(name.replace(/^=/, ""));
  }
  return found;
}

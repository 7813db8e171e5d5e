import { type Dirent, readdirSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { UserError } from "../errors.ts";
import { absolute, type Base, inRecordings, isNoUtf8, NO_UTF8, shown } from "./paths.ts";

/** Folders that are never entered. */
export const NEVER_ENTERED: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  ".venv",
  "venv",
  "__pycache__",
  "dist",
  "build",
]);

/** Files of one folder, which share its path. */
export interface Folder {
  /** Absolute. */
  path: string;
  /** As people see it, without a slash at its end; "" for the base itself. */
  shown: string;
  names: string[];
  /** Whether `names` are all the `.json` files of the folder. */
  whole: boolean;
}

/** What a search found. */
export interface Found {
  folders: Folder[];
  /** Folders that could not be read, and why. */
  unreadable: { path: string; message: string }[];
  /** Folders that were looked into (absolute): what is new appears in one of them. */
  entered: string[];
}

/**
 * The files that may be recordings. With no argument: every `.json` below the base that has a folder
 * `recordings` above it. A file is taken as it is. A folder is searched in the same way; one that lies
 * in a `recordings` folder, or has none below, gives every `.json`. Anything else is a glob,
 * of files, or of folders where it matches no file.
 * Links to folders are not followed; links to files are.
 * @throws UserError for an argument that leads nowhere.
 */
export async function find(base: Base, args: readonly string[], gitignore: boolean): Promise<Found> {
  if (kindAt(base.cwd) !== "folder") throw new UserError(`no such folder: ${base.cwd}`, { remedy: "recctl -C DIR ls" });
  const found: Found = { folders: [], unreadable: [], entered: [] };
  if (args.length === 0) walk(base, base.cwd, inRecordings(base.cwd), found);
  else for (const arg of args) await findArgument(base, arg, found);
  if (args.length > 1) found.folders = united(found.folders);
  // One that is looked into twice is told once.
  found.unreadable = [...new Map(found.unreadable.map((one) => [one.path, one])).values()];
  if (gitignore) found.folders = await unignored(base, found.folders);
  return found;
}

async function findArgument(base: Base, arg: string, found: Found): Promise<void> {
  const path = absolute(base, arg);
  const kind = kindAt(path);
  if (kind === "folder") findBelow(base, path, found);
  else if (kind === "file") found.folders.push(folderOf(base, path));
  else await findByGlob(base, arg, found);
}

function findBelow(base: Base, path: string, found: Found): void {
  const before = found.folders.length;
  const inside = inRecordings(path);
  walk(base, path, inside, found);
  if (!inside && found.folders.length === before) walk(base, path, true, found);
}

function kindAt(path: string): "file" | "folder" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file that is there but cannot be read is told as such when it is read.
    return code === "ENOENT" || code === "ENOTDIR" ? "nothing" : "file";
  }
}

function folderOf(base: Base, path: string): Folder {
  const cut = path.lastIndexOf(sep);
  return folder(base, path.slice(0, cut) || sep, [path.slice(cut + 1)], false);
}

function folder(base: Base, path: string, names: string[], whole: boolean): Folder {
  const text = shown(base, path);
  return { path, shown: text === "." ? "" : text, names, whole };
}

/** Collects every `.json` below `path`; until `inside`, only below a folder called `recordings`. */
function walk(base: Base, path: string, inside: boolean, found: Found): void {
  found.entered.push(path);
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const message = isNoUtf8(path) ? NO_UTF8 : (error as Error).message.replace(/, scandir .*$/s, "");
    found.unreadable.push({ path: shown(base, path), message });
    return;
  }
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (inside && entry.name.endsWith(".json")) names.push(entry.name);
      if (!NEVER_ENTERED.has(entry.name))
        walk(base, join(path, entry.name), inside || entry.name === "recordings", found);
    } else if (inside && entry.name.endsWith(".json")) names.push(entry.name);
  }
  if (names.length > 0) found.folders.push(folder(base, path, names.sort(), true));
}

const GLOB = /^[^!].*[*?[{]|^[*?[{]/s;

async function findByGlob(base: Base, arg: string, found: Found): Promise<void> {
  if (!GLOB.test(arg)) {
    throw new UserError(`no such file or folder: ${arg}`, {
      place: base.cwd,
      remedy: "recctl ls",
    });
  }
  // A folder that is named is entered, whatever it is called: the search begins below the fixed part.
  const fixed = arg.slice(0, arg.slice(0, arg.search(/[*?[{]/)).lastIndexOf("/") + 1);
  const cwd = absolute(base, fixed);
  const { globby } = await import("globby");
  const matches =
    kindAt(cwd) !== "folder"
      ? []
      : await globby(arg.slice(fixed.length), {
          cwd,
          dot: true,
          // Links to files count as files: what is left out is known below alone.
          onlyFiles: false,
          objectMode: true,
          followSymbolicLinks: false,
          // A folder that cannot be read hides what is in it, and nothing else.
          suppressErrors: true,
          ignore: [...NEVER_ENTERED].map((name) => `**/${name}/**`),
        });
  const chosen = matches.filter(
    ({ path, dirent }) =>
      path.endsWith(".json") &&
      !dirent.isDirectory() &&
      !(dirent.isSymbolicLink() && kindAt(join(cwd, path)) === "folder"),
  );
  if (chosen.length === 0) {
    const known = found.folders.length;
    for (const { path, dirent } of matches) if (dirent.isDirectory()) findBelow(base, join(cwd, path), found);
    if (found.folders.length > known) {
      found.folders = united(found.folders);
      return;
    }
    throw new UserError(`no file matches ${arg}`, {
      place: base.cwd,
      remedy: "recctl ls",
    });
  }
  for (const { path } of chosen) found.folders.push(folderOf(base, join(cwd, path)));
}

/** Without the files that a `.gitignore` of their repository names; outside of one, a `.gitignore` below the base. */
async function unignored(base: Base, folders: readonly Folder[]): Promise<Folder[]> {
  const { isGitIgnored } = await import("globby");
  const rules = new Map<string, (path: string) => boolean>();
  const kept: Folder[] = [];
  for (const one of folders) {
    const root = repositoryOf(one.path) ?? base.cwd;
    const ignored = rules.get(root) ?? (await isGitIgnored({ cwd: root, suppressErrors: true }));
    rules.set(root, ignored);
    const names = one.names.filter((name) => !ignored(join(one.path, name)));
    if (names.length > 0) kept.push({ ...one, names, whole: one.whole && names.length === one.names.length });
  }
  return kept;
}

/** The root of the git repository that a folder lies in. */
function repositoryOf(path: string): string | undefined {
  if (kindAt(join(path, ".git")) !== "nothing") return path;
  const above = dirname(path);
  return above === path ? undefined : repositoryOf(above);
}

/** Each file once, by folder, in the order of paths. */
function united(folders: readonly Folder[]): Folder[] {
  const byPath = new Map<string, { folder: Folder; names: Set<string> }>();
  for (const one of folders) {
    const known = byPath.get(one.path);
    if (known) {
      for (const name of one.names) known.names.add(name);
      known.folder = { ...known.folder, whole: known.folder.whole || one.whole };
    } else byPath.set(one.path, { folder: one, names: new Set(one.names) });
  }
  return [...byPath.values()].map(({ folder: one, names }) => ({ ...one, names: [...names].sort() }));
}

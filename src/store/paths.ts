import { lstatSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

/** The folder every path is taken from and shown relative to (`-C DIR`, else the working folder). */
export interface Base {
  /** Absolute. */
  cwd: string;
}

/** A path as people see it: relative to the base, with `/`. */
export function shown(base: Base, path: string): string {
  const short = relative(base.cwd, path);
  const text = (short === "" ? "." : short).split(sep).join("/");
  // Commands that are suggested are pasted: a path must not read as an option.
  return text.startsWith("-") ? `./${text}` : text;
}

/** The absolute path of what was typed. */
export const absolute = (base: Base, path: string): string => resolve(base.cwd, path);

/** Whether a folder of the path is called `recordings`. */
export const inRecordings = (path: string): boolean => path.split(sep).includes("recordings");

/** The home folder of the user; null where there is none (a container's user without an entry). */
function homeOfUser(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** Where recctl may keep what it can make again: RECCTL_CACHE_DIR, else the XDG cache directory; null: nowhere. */
export function cacheDir(env: Readonly<Record<string, string | undefined>>): string | null {
  const own = env.RECCTL_CACHE_DIR;
  if (own) return resolve(own);
  const xdg = env.XDG_CACHE_HOME;
  // The XDG Base Directory Specification: a relative value is to be ignored.
  if (xdg && isAbsolute(xdg)) return join(xdg, "recctl");
  // An empty HOME is no folder, and what is relative would be somewhere else each time.
  const home = env.HOME || homeOfUser();
  return home && isAbsolute(home) ? join(home, ".cache", "recctl") : null;
}

/** Of a name whose bytes are no UTF-8: what is read of it stands for none, and opens nothing. */
export const NO_UTF8 = "its name is not UTF-8: rename it, or nothing can open it";

/** Whether nothing lies at a path because its name is not UTF-8: Node gives U+FFFD for such bytes. */
export function isNoUtf8(path: string): boolean {
  if (!path.includes("\ufffd")) return false;
  try {
    lstatSync(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** What is at a path, as typed; a link that leads nowhere is a file, which reading tells. */
export function kindAt(base: Base, path: string): "file" | "folder" | "nothing" {
  for (const look of [statSync, lstatSync]) {
    try {
      return look(absolute(base, path)).isDirectory() ? "folder" : "file";
    } catch {
      // Nothing, or nothing to be had.
    }
  }
  return "nothing";
}

/** What a path, typed so far, may become: folders (with a slash), and files. Hidden ones only where a dot is typed. */
export function listFolder(base: Base, typed: string, onlyFolders: boolean): string[] {
  const lead = typed.slice(0, typed.lastIndexOf("/") + 1);
  try {
    return readdirSync(absolute(base, lead || "."), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || !onlyFolders)
      .filter((entry) => !entry.name.startsWith(".") || typed.startsWith(`${lead}.`))
      .map((entry) => lead + entry.name + (entry.isDirectory() ? "/" : ""))
      .filter((path) => path.startsWith(typed))
      .sort();
  } catch {
    return [];
  }
}

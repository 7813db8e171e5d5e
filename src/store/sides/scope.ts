import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { find, NEVER_ENTERED } from "../find.ts";
import { type Git, pathInGit } from "../git/open.ts";
import { inRecordings, kindAt } from "../paths.ts";
import type { LeftOut } from "./side.ts";

/** A folder in which recordings are looked for. */
interface Below {
  /** Absolute. */
  place: string;
  /** From the top of the work tree; "" for the top itself. */
  key: string;
  /** Every `.json` below it may be a recording, not only those below a folder called `recordings`. */
  every: boolean;
}

/** What was found on the disk: keys of files, and what stands there besides. */
export interface Walked {
  keys: string[];
  leftOut: LeftOut[];
}

/** Which files of a repository are compared: the same rule for a revision, the index and the disk. */
export class Scope {
  private readonly below: Below[];
  private readonly rootKey: string;

  private constructor(
    readonly git: Git,
    root: string,
    below: readonly Omit<Below, "key">[],
  ) {
    this.rootKey = pathInGit(git, root) ?? "";
    this.below = below.flatMap((one) => {
      const key = pathInGit(git, one.place);
      return key === null ? [] : [{ ...one, key }];
    });
  }

  /**
   * @param root the folder (absolute) that paths are taken from
   * @param below the folders (absolute) to look in; those outside of the repository are not compared
   */
  static of(git: Git, root: string, below: readonly string[]): Scope {
    return new Scope(
      git,
      root,
      below.map((place) => ({ place, every: inRecordings(place) })),
    );
  }

  /** One folder that was named: as where it is listed, any `.json` counts if it has no folder called `recordings` on the disk. */
  static async ofFolder(git: Git, place: string): Promise<Scope> {
    const every = inRecordings(place) || (await find({ cwd: place }, [], false)).folders.length === 0;
    return new Scope(git, place, [{ place, every }]);
  }

  /** As {@link SideFile.path} of the file that git calls `key`. */
  pathOf(key: string): string {
    return this.rootKey === "" ? key : posix.relative(this.rootKey, key);
  }

  /** Whether a file may be a recording, by what it is called. */
  holds(key: string): boolean {
    if (!key.endsWith(".json")) return false;
    return this.below.some(({ key: top, every }) => {
      if (top !== "" && !key.startsWith(`${top}/`)) return false;
      const folders = key
        .slice(top === "" ? 0 : top.length + 1)
        .split("/")
        .slice(0, -1);
      return (every || folders.includes("recordings")) && !folders.some((name) => NEVER_ENTERED.has(name));
    });
  }

  /** The folders looked in, from the top, for `ls-tree`; null: there are none. */
  get folders(): string[] | null {
    if (this.below.length === 0) return null;
    return this.below.some(({ key }) => key === "") ? [] : this.below.map(({ key }) => key);
  }

  /** The files looked for, as git's pathspecs; null: there are none. */
  get pathspecs(): string[] | null {
    const specs = this.below.map(({ key }) => `:(top)${key.replace(/[*?[\]\\]/g, "\\$&")}${key && "/"}*.json`);
    return specs.length === 0 ? null : specs;
  }

  /** What lies on the disk, whatever git thinks of it: `.gitignore` is not asked, the recorder does not know it. */
  async walk(): Promise<Walked> {
    const keys = new Set<string>();
    const leftOut = new Map<string, LeftOut>();
    const leave = (key: string, message: string): void => {
      leftOut.set(key, { path: `${this.pathOf(key) || "."}/`, message });
    };
    for (const { place, every } of this.below) {
      if (kindAt({ cwd: place }, ".") !== "folder") continue;
      const { folders, unreadable } = await find({ cwd: place }, every ? ["."] : [], false);
      for (const { path, message } of unreadable) {
        leave(keyOf(this.git, join(place, path)), `a folder that cannot be read: ${message}`);
      }
      for (const { path, names } of folders) {
        const nested = this.repositoryAround(path);
        if (nested !== null) {
          leave(keyOf(this.git, nested), "another repository, compared where recctl runs in it");
          continue;
        }
        const folder = keyOf(this.git, path);
        for (const name of names) keys.add(folder === "" ? name : `${folder}/${name}`);
      }
    }
    return { keys: [...keys], leftOut: [...leftOut.values()] };
  }

  /** The outermost other repository (a submodule, a linked work tree) that a folder lies in. */
  private repositoryAround(path: string): string | null {
    let nested: string | null = null;
    for (let at = path; pathInGit(this.git, at) !== ""; at = dirname(at)) if (existsSync(join(at, ".git"))) nested = at;
    return nested;
  }
}

const keyOf = (git: Git, place: string): string => pathInGit(git, place) as string;

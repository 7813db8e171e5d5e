import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { kindAt } from "../paths.ts";
import { gitFailure } from "./failure.ts";
import { type Env, runGit } from "./run.ts";

/** A repository with a work tree. */
export interface Git {
  /** The top of the work tree, written as the folder it was opened by is (links are kept). */
  root: string;
  /** The same with links followed. */
  realRoot: string;
  /** Where git keeps this work tree's own data (`.git`, or a folder in it). */
  dir: string;
  /** The clone has no history beyond some commits. */
  shallow: boolean;
  /** What git is started with. */
  env: Env;
}

/**
 * What a hook, or a git that calls recctl, says of the repository it works on. Settings that came with
 * `git -c` stay: they are about git, not about a repository.
 */
const REPOSITORY = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_PREFIX",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_QUARANTINE_PATH",
  "GIT_NAMESPACE",
  "GIT_SHALLOW_FILE",
  "GIT_GRAFT_FILE",
  "GIT_REPLACE_REF_BASE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INTERNAL_SUPER_PREFIX",
];

/**
 * Opens the repository that a folder (absolute) is in; null where it is in none, or in one without a work tree.
 * What the environment says of a repository (inside a hook: the index of the commit being made) holds for
 * that repository alone: `-C` may have led to another one.
 * @throws UserError where git cannot be asked
 */
export async function openGit(cwd: string, env: Env): Promise<Git | null> {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !REPOSITORY.includes(name)));
  const own = await locate(cwd, clean);
  if (!REPOSITORY.some((name) => env[name] !== undefined)) return own;
  // Relative paths in it are meant from the folder that this process was started in.
  const named = await locate(undefined, env).catch(() => null);
  if (!named || (own ? own.dir !== named.dir : !isInside(named.realRoot, realpathSync(cwd)))) return own;
  const index = env.GIT_INDEX_FILE;
  return {
    ...(own ?? named),
    env: {
      ...env,
      GIT_DIR: named.dir,
      GIT_WORK_TREE: named.realRoot,
      ...(index ? { GIT_INDEX_FILE: resolve(named.realRoot, index) } : {}),
      GIT_PREFIX: undefined,
    },
  };
}

/** The repository that git itself finds. Asked for twice, `--is-shallow-repository` parts paths that may hold newlines. */
async function locate(cwd: string | undefined, env: Env): Promise<Git | null> {
  const shallow = "--is-shallow-repository";
  const asked = ["--show-toplevel", shallow, "--absolute-git-dir", shallow, "--show-prefix"];
  const { stdout, stderr, code } = await runGit(cwd, env, ["rev-parse", ...asked]);
  if (code !== 0) {
    if (/not a git repository|must be run in a work tree/.test(stderr)) return null;
    throw gitFailure(stderr, cwd ?? ".");
  }
  const [realRoot, answer, dir, , prefix] = stdout
    .toString()
    .replace(/\n$/, "")
    .split(/\n(true|false)\n/);
  if (realRoot === undefined || dir === undefined || prefix === undefined) {
    throw gitFailure("usage: rev-parse", cwd ?? ".");
  }
  const below = prefix.replace(/\/$/, "").split("/").join(sep);
  const typed = cwd !== undefined && (below === "" || cwd.endsWith(sep + below));
  const root = typed ? cwd.slice(0, below === "" ? undefined : -below.length - 1) : realRoot;
  return { root, realRoot, dir, shallow: answer === "true", env };
}

/**
 * Some folder of the repository that files at an absolute path belong to, for {@link openGit}: the nearest one above that
 * git begins in, else the nearest that is there. One answer for many paths spares as many questions.
 */
export function repositoryOf(path: string): string {
  let there: string | null = null;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    // A file may lie where a path expects a folder: nobody can run git in it.
    if (there === null && kindAt({ cwd: folder }, folder) === "folder") there = folder;
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return there ?? folder;
  }
}

/** Whether something says that a folder is in a repository, as far as can be told without git. */
export function isUnderGit(cwd: string, env: Env): boolean {
  const above = (folder: string): boolean =>
    existsSync(join(folder, ".git")) || (dirname(folder) !== folder && above(dirname(folder)));
  return env.GIT_DIR !== undefined || above(cwd) || above(realpathSync(cwd));
}

/** A path (absolute) as git writes it, from the top of the work tree; null for what lies outside. */
export function pathInGit(git: Git, path: string): string | null {
  for (const root of [git.root, git.realRoot]) {
    if (isInside(root, path)) return relative(root, path).split(sep).join("/");
  }
  return null;
}

/** The absolute path of one that git wrote. */
export const pathFromGit = (git: Git, path: string): string => join(git.root, path);

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.replace(/\/$/, "") + sep);

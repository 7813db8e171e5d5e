import { gitFailure } from "./failure.ts";
import { type Git, isUnderGit, openGit, pathInGit, repositoryOf } from "./open.ts";
import { type Env, NoGit, runGit } from "./run.ts";
import { fields, type Indexed, indexedFiles, MOST_PATHS } from "./staged.ts";

/** Why git could not give a file back as it is. */
export type Unsaved = "changed" | "untracked";

/** What git says of files. */
export interface GitStates {
  /** By path (absolute): those that are not as the last commit has them. */
  unsaved: ReadonlyMap<string, Unsaved>;
  /** Files (absolute) that no repository is around. */
  outside: readonly string[];
}

/** Which files (absolute paths) git could not give back as they are. @throws UserError where git cannot be asked */
export async function statesOf(paths: readonly string[], env: Env): Promise<GitStates> {
  const unsaved = new Map<string, Unsaved>();
  const outside: string[] = [];
  for (const { git, paths: own } of await byRepository(paths, env)) {
    if (git === null) outside.push(...own);
    else for (const [path, state] of await statesIn(git, own)) unsaved.set(path, state);
  }
  return { unsaved, outside };
}

/** Those of the paths (absolute) that git ignores: what is made anew in each clone is not gone where it is not there. */
export async function ignoredPaths(paths: readonly string[], env: Env): Promise<Set<string>> {
  const ignored = new Set<string>();
  for (const { git, paths: own } of await byRepository(paths, env)) {
    if (git === null) continue;
    const names = new Map(own.map((path) => [pathInGit(git, path) ?? "", path]));
    names.delete("");
    const said = await runGit(git.realRoot, git.env, ["check-ignore", "-z", "--stdin"], nulled([...names.keys()]));
    // 1: none of them is.
    if (said.code !== 0 && said.code !== 1) throw gitFailure(said.stderr, git.root);
    for (const name of said.stdout.toString().split("\0")) {
      const path = names.get(name);
      if (path !== undefined) ignored.add(path);
    }
  }
  return ignored;
}

/** Takes files that are gone out of the index, as `git rm` would have. @throws UserError where git does not */
export async function stageRemoved(paths: readonly string[], env: Env): Promise<void> {
  for (const { git, paths: own } of await byRepository(paths, env)) {
    if (git === null) continue;
    const names = own.flatMap((path) => pathInGit(git, path) ?? []);
    const said = await runGit(git.realRoot, git.env, ["update-index", "-z", "--remove", "--stdin"], nulled(names));
    if (said.code !== 0) throw gitFailure(said.stderr, git.root);
  }
}

const nulled = (names: readonly string[]): string => names.map((name) => `${name}\0`).join("");

/** Paths with the repository that they lie in; null for none. */
export async function byRepository(
  paths: readonly string[],
  env: Env,
): Promise<{ git: Git | null; paths: string[] }[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const folder = repositoryOf(path);
    const known = groups.get(folder);
    if (known) known.push(path);
    else groups.set(folder, [path]);
  }
  return Promise.all([...groups].map(async ([folder, own]) => ({ git: await openIfAny(folder, env), paths: own })));
}

/** {@link openGit}, but that no git is needed where no repository is. */
async function openIfAny(folder: string, env: Env): Promise<Git | null> {
  try {
    return await openGit(folder, env);
  } catch (error) {
    if (error instanceof NoGit && !isUnderGit(folder, env)) return null;
    throw error;
  }
}

async function statesIn(git: Git, paths: readonly string[]): Promise<[string, Unsaved][]> {
  const indexed = await indexedFiles(git, paths);
  const known = new Set(indexed.map(({ path }) => pathInGit(git, path)));
  const changed = await changedIn(git);
  for (const name of await changedUnseen(git, indexed)) changed.add(name);
  return paths.flatMap((path): [string, Unsaved][] => {
    const name = pathInGit(git, path);
    if (name === null || !known.has(name)) return [[path, "untracked"]];
    return changed.has(name) ? [[path, "changed"]] : [];
  });
}

/** Names of the files of which the last commit has another text than the disk or the index: what is only staged, no commit can give back. */
async function changedIn(git: Git): Promise<Set<string>> {
  const asked = ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=all"];
  return new Set((await fields(git, asked)).map((entry) => entry.slice(3)));
}

/** Names of the files that git was told not to look at, and that are changed. */
async function changedUnseen(git: Git, indexed: readonly Indexed[]): Promise<string[]> {
  const unseen = indexed.filter(({ unwatched }) => unwatched);
  const changed: string[] = [];
  for (let at = 0; at < unseen.length; at += MOST_PATHS) {
    const some = unseen.slice(at, at + MOST_PATHS);
    const names = some.map(({ path }) => pathInGit(git, path) as string);
    const said = await runGit(git.realRoot, git.env, ["hash-object", "--", ...names]);
    if (said.code !== 0) throw gitFailure(said.stderr, git.root);
    const oids = said.stdout.toString().split("\n");
    changed.push(...names.filter((_, number) => oids[number] !== some[number]?.oid));
  }
  return changed;
}

/** Those of the files (absolute paths) that the last commit has and the next one would not, by the top of their work tree. @throws UserError where git cannot be asked */
export async function stagedAsRemoved(paths: readonly string[], env: Env): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { git, paths: own } of await byRepository(paths, env)) {
    if (git === null) continue;
    const head = await runGit(git.realRoot, git.env, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    if (head.code !== 0) continue;
    const asked = [
      "--cached",
      "--name-only",
      "-z",
      "--no-renames",
      "--diff-filter=D",
      "--ignore-submodules=all",
      "HEAD",
    ];
    const removed = new Set(await fields(git, ["diff-index", ...asked, "--"]));
    const staged = own.filter((path) => removed.has(pathInGit(git, path) as string));
    if (staged.length > 0) found.set(git.root, staged);
  }
  return found;
}

import { gitFailure } from "./failure.ts";
import { type Git, openGit, pathInGit, repositoryOf } from "./open.ts";
import { type Env, runGit } from "./run.ts";
import { indexedFiles } from "./staged.ts";

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
  return Promise.all([...groups].map(async ([folder, own]) => ({ git: await openGit(folder, env), paths: own })));
}

async function statesIn(git: Git, paths: readonly string[]): Promise<[string, Unsaved][]> {
  const known = new Set((await indexedFiles(git, paths)).map(({ path }) => pathInGit(git, path)));
  const changed = await changedIn(git);
  return paths.flatMap((path): [string, Unsaved][] => {
    const name = pathInGit(git, path);
    if (name === null || !known.has(name)) return [[path, "untracked"]];
    return changed.has(name) ? [[path, "changed"]] : [];
  });
}

/** Names of the files of which the last commit has another text than the disk or the index: what is only staged, no commit can give back. */
async function changedIn(git: Git): Promise<Set<string>> {
  const asked = ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=all"];
  const { stdout, stderr, code } = await runGit(git.realRoot, git.env, asked);
  if (code !== 0) throw gitFailure(stderr, git.root);
  const entries = stdout.toString().split("\0").slice(0, -1);
  return new Set(entries.map((entry) => entry.slice(3)));
}

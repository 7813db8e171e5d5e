import { UserError } from "../../errors.ts";
import { gitFailure, lacksObjects } from "./failure.ts";
import type { Git } from "./open.ts";
import { runGit } from "./run.ts";

const isId = (text: string): boolean => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);

/**
 * The commit that a name leads to; null where it leads to none. What could be taken for anything but one name (an option,
 * `^name`, several lines) never reaches git.
 * @throws UserError for a git that cannot be asked so
 */
export async function commitOf(git: Git, name: string): Promise<string | null> {
  if (name === "" || /^[-^]|[\n\0]/.test(name)) return null;
  // Behind `:/`, all that follows is what a message is searched for.
  const found = await parsed(git, ["--end-of-options", name.startsWith(":/") ? name : `${name}^{commit}`]);
  if (found !== null) return found;
  // Before 2.30 rev-parse takes no --end-of-options, and knows no name behind it.
  if ((await headOf(git)) === null || (await parsed(git, ["--end-of-options", "HEAD^{commit}"])) !== null) return null;
  throw new UserError("git is too old to be asked for a revision: this needs 2.30", {
    place: git.root,
    remedy: "git --version",
  });
}

/** The commit that is checked out; null before the first. @throws UserError where there is one that cannot be had */
export async function headOf(git: Git): Promise<string | null> {
  const commit = await parsed(git, ["HEAD^{commit}"]);
  if (commit !== null || (await parsed(git, ["HEAD"])) === null) return commit;
  throw new UserError("the commit that is checked out is missing in this repository", {
    place: git.root,
    remedy: "git fsck",
  });
}

async function parsed(git: Git, asked: readonly string[]): Promise<string | null> {
  const { stdout, code } = await runGit(git.realRoot, git.env, ["rev-parse", "--verify", "--quiet", ...asked]);
  const found = stdout.toString().trim();
  return code === 0 && isId(found) ? found : null;
}

/** The commit at which two parted, the first where there are several; null where they have none in common. */
export async function mergeBaseOf(git: Git, one: string, other: string): Promise<string | null> {
  const { stdout, stderr, code } = await runGit(git.realRoot, git.env, ["merge-base", one, other]);
  const found = stdout.toString().trim();
  if (isId(found)) return found;
  if (code === 1) return null;
  throw gitFailure(stderr, git.root);
}

/** Whether a commit has a folder at a path from the top. */
export async function hasFolder(git: Git, commit: string, key: string): Promise<boolean> {
  if (key === "") return true;
  const asked = ["--literal-pathspecs", "ls-tree", "-d", "-z", "--full-tree", commit, "--", key];
  const { stdout } = await runGit(git.realRoot, git.env, asked);
  return stdout.includes(" tree ");
}

/** The names of branches and tags, as people type them. */
export async function namesOfCommits(git: Git): Promise<string[]> {
  const asked = ["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"];
  const { stdout } = await runGit(git.realRoot, git.env, asked);
  return stdout.toString().split("\n").filter(Boolean);
}

/** The whole name of a branch or tag (`refs/heads/main`), which no folder is taken for; of another revision, one that leads to the same. */
export async function wholeNameOf(git: Git, name: string): Promise<string> {
  const asked = ["rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", name];
  const { stdout } = await runGit(git.realRoot, git.env, asked);
  const whole = stdout.toString().trim();
  return whole.startsWith("refs/") ? whole : `${name}^0`;
}

/** Files that a pathspec matches and that were moved between two states of the tree: by their old path from the top, their new one. */
export async function movedFiles(git: Git, between: readonly string[], pathspec: string): Promise<Map<string, string>> {
  // All that people set for their own `git diff` is said here.
  const asked = ["--name-status", "-z", "--diff-filter=R", "-l1000", "--no-ext-diff", "--no-textconv", "--no-relative"];
  const ask = (find: string) =>
    runGit(git.realRoot, git.env, ["diff", find, ...asked, "--ignore-submodules=all", ...between, "--", pathspec]);
  let said = await ask("-M");
  // What was moved as it is can be told without texts.
  if (said.code !== 0 && lacksObjects(said.stderr)) said = await ask("-M100%");
  if (said.code !== 0) throw gitFailure(said.stderr, git.root);
  const records = said.stdout.toString().split("\0");
  const moved = new Map<string, string>();
  for (let at = 0; at + 2 < records.length; at += 3) moved.set(records[at + 1] as string, records[at + 2] as string);
  return moved;
}

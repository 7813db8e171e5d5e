import { gitFailure } from "./failure.ts";
import { type Git, pathFromGit, pathInGit } from "./open.ts";
import { runGit } from "./run.ts";

/** A file as the next commit will have it. */
export interface Staged {
  /** Absolute. */
  path: string;
  /** The blob with its text; of zeros where there is none: a file in conflict, or one that is only meant to be added. */
  oid: string;
  /** `100644`, `100755`, or `120000` for a link. */
  mode: string;
}

/** A file in the index. */
export interface Indexed extends Staged {
  /** Git was told not to look at it on the disk (`assume-unchanged`, `skip-worktree`). */
  unwatched: boolean;
}

/** More paths than this are not handed to git, which may take no longer command line, but picked from all. */
export const MOST_PATHS = 100;

/** The files in the index that HEAD does not have so: added, changed, renamed (by their new path). Before the first commit: all. */
export async function stagedFiles(git: Git, filter: (path: string) => boolean = () => true): Promise<Staged[]> {
  const head = await runGit(git.realRoot, git.env, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  // Before the first commit all is new to the empty tree, which git knows without being told.
  const tree = head.code === 0 ? head : await runGit(git.realRoot, git.env, ["hash-object", "-t", "tree", "--stdin"]);
  // Without renames, a renamed file is told as added, which is all that counts here.
  const asked = [
    "--cached",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--diff-filter=d",
    "--ita-invisible-in-index",
  ];
  const records = await fields(git, ["diff-index", ...asked, "--end-of-options", tree.stdout.toString().trim(), "--"]);
  const staged: Staged[] = [];
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [, mode = "", , oid = ""] = (records[at] as string).split(" ");
    staged.push({ path: pathFromGit(git, records[at + 1] as string), oid, mode });
  }
  return staged.filter(isFile).filter(({ path }) => filter(path));
}

/** Those of the files (absolute paths) that are in the index, one in conflict too; submodules are no files. */
export async function indexedFiles(git: Git, paths: readonly string[]): Promise<Indexed[]> {
  const wanted = new Set(paths.map((path) => pathInGit(git, path)).filter((path) => path !== null));
  if (wanted.size === 0) return [];
  const found = await listIndex(git, wanted.size > MOST_PATHS ? [] : [...wanted]);
  return found.filter(({ path, mode }) => mode !== SUBMODULE && wanted.has(pathInGit(git, path) as string));
}

async function listIndex(git: Git, paths: readonly string[]): Promise<Indexed[]> {
  const records = await fields(git, ["--literal-pathspecs", "ls-files", "--stage", "-v", "-z", "--", ...paths]);
  const files = records.map((record): Indexed => {
    const tab = record.indexOf("\t");
    const [tag = "", mode = "", oid = "", stage] = record.slice(0, tab).split(" ");
    return {
      path: pathFromGit(git, record.slice(tab + 1)),
      oid: stage === "0" ? oid : "0".repeat(oid.length),
      mode,
      unwatched: tag === "S" || tag === tag.toLowerCase(),
    };
  });
  // A file in conflict is listed for each side.
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** Git's modes of a submodule and of a link. */
export const SUBMODULE = "160000";
export const LINK = "120000";

/** Whether an entry of the index has a text. */
export const hasText = ({ oid }: Staged): boolean => !/^0+$/.test(oid);

/** Neither a submodule, nor in conflict, nor only meant to be added. */
const isFile = (entry: Staged): boolean => entry.mode !== SUBMODULE && hasText(entry);

export async function fields(git: Git, args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, code } = await runGit(git.realRoot, git.env, args);
  if (code !== 0) throw gitFailure(stderr, git.root);
  return stdout.toString().split("\0").slice(0, -1);
}

import { gitFailure } from "./failure.ts";
import { type Git, pathFromGit } from "./open.ts";
import { runGit } from "./run.ts";

/** A file that a commit took away, or somebody since HEAD. */
export interface Deleted {
  /** Absolute, where it would be. */
  path: string;
  /** Null: HEAD has it, and the working tree has not. */
  commit: { /** As people see it. */ short: string /** `2026-04-12` */; date: string; subject: string } | null;
}

/** Files that were taken away, by whatever name these come back. */
const GONE = ["--diff-filter=D", "--name-only", "-z", "--no-renames", "--no-color", "--no-ext-diff"];
const DIFF = ["diff", ...GONE, "--no-relative"];
const LOG = [
  "-c",
  "log.showSignature=false",
  "log",
  ...GONE,
  "--encoding=UTF-8",
  "--date=short",
  "--format=%x01%h%x00%cd%x00%s",
];

/** More names than these are picked from all that were ever deleted. */
const MOST_NAMES = 100;

/**
 * The files that git's history has and whose names hold one of the hashes (hex), or begin with what is told of one, each by its whole
 * hash; of several the one that was deleted last. A shallow clone knows less. @throws UserError where git fails
 */
export async function deletedFiles(git: Git, hashes: readonly string[]): Promise<Map<string, Deleted>> {
  const found = new Map<string, Deleted>();
  if (hashes.length === 0) return found;
  const head = await runGit(git.realRoot, git.env, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (head.code !== 0) return found;
  const named = hashes.length > MOST_NAMES ? ["*"] : hashes.map((hash) => `*${hash}*`);
  const files = named.map((name) => `:(top)${name}.json`);
  const ask = async (words: readonly string[]): Promise<string> => {
    const { stdout, stderr, code } = await runGit(git.realRoot, git.env, [
      ...words,
      "--end-of-options",
      "HEAD",
      "--",
      ...files,
    ]);
    if (code !== 0) throw gitFailure(stderr, git.root);
    return stdout.toString();
  };
  const isWanted = (hash: string): boolean => hashes.some((one) => hash.startsWith(one));
  const take = (paths: readonly string[], commit: Deleted["commit"]): void => {
    for (const text of paths) {
      const path = text.replace(/^\n+/, "");
      const hash = /(?:^|\/)(?:models-)?([0-9a-f]{12,64})(?:-[0-9a-f]{8})?\.json$/.exec(path)?.[1];
      if (hash === undefined || found.has(hash) || !isWanted(hash)) continue;
      found.set(hash, { path: pathFromGit(git, path), commit });
    }
  };
  take((await ask(DIFF)).split("\0"), null);
  for (const entry of (await ask(LOG)).split("\u0001").slice(1)) {
    const [short = "", date = "", subject = "", ...paths] = entry.split("\0");
    take(paths, { short, date, subject });
  }
  return found;
}

/** The Python files (absolute) that git's index has and the disk has not, but for those that a sparse checkout leaves out. */
export async function sourcesOffDisk(git: Git): Promise<Set<string>> {
  const { stdout, code } = await runGit(git.realRoot, git.env, ["ls-files", "--deleted", "-z", "--", ":(top)*.py"]);
  if (code !== 0) return new Set();
  const paths = stdout.toString().split("\0").slice(0, -1);
  return new Set(paths.map((path) => pathFromGit(git, path)));
}

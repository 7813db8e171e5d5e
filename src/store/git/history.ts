import { gitFailure, lacksObjects } from "./failure.ts";
import { type Git, pathInGit } from "./open.ts";
import { runGit } from "./run.ts";

export interface Commit {
  id: string;
  /** As people see it. */
  short: string;
  /** Of the day on which it came to where it is, `2026-04-12`. */
  date: string;
  subject: string;
}

/** A text that a file once had. */
export interface Earlier {
  oid: string;
  /** The commit that replaced it; null for what HEAD has: nothing but the work tree could have replaced that. */
  until: Commit | null;
}

export interface History {
  /** The clone has no commits before some day, so texts may be missing here. */
  shallow: boolean;
  /** The clone has no texts of the past, so files that were moved and changed at once are not followed. */
  partial: boolean;
  /** By the path (absolute) asked for: the texts it had, newest first, each once. */
  of: Map<string, Earlier[]>;
}

/**
 * The log of every `.json` file in the repository, by one process: a folder may have been moved here from
 * anywhere, and a log of the present folder alone would end there.
 *
 * All commits count and not only those of the first parents, or a text that a branch recorded and edited again
 * before it was merged would never be seen. A merge tells what it changed itself (`-c`), or it would take the
 * blame for every commit of its branch. Files that are moved with their folder keep their name, which git looks
 * at first and without a limit. For the rest the limit is far above git's own, but is one: a commit that records
 * 1,500 files anew took twelve seconds without (each old text is compared with each new one), and one with.
 */
const LOG = [
  "-c",
  "log.showSignature=false",
  "log",
  "--date-order",
  "--raw",
  "-z",
  "-c",
  "-l1000",
  "--no-abbrev",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--encoding=UTF-8",
  "--date=short",
  "--format=%x01%H%x00%cd%x00%s",
];
const FILES = ["--end-of-options", "HEAD", "--", ":(top)*.json"];

const SHORT = 8;

/** The earlier texts of files (absolute paths), through renames. */
export async function historyOf(git: Git, paths: readonly string[]): Promise<History> {
  let said = await runGit(git.realRoot, git.env, [...LOG, "-M", ...FILES]);
  const partial = said.code !== 0 && lacksObjects(said.stderr);
  // Files that were moved as they are can be told without their texts.
  if (partial) said = await runGit(git.realRoot, git.env, [...LOG, "-M100%", ...FILES]);
  const { shallow } = git;
  if (said.code !== 0) {
    if (await isUnborn(git)) return { shallow, partial, of: new Map() };
    throw gitFailure(said.stderr, git.root);
  }
  const tracks = new Tracks(git, paths);
  for (const { commit, changes } of commits(said.stdout.toString())) tracks.take(commit, changes);
  return { shallow, partial, of: tracks.of };
}

async function isUnborn(git: Git): Promise<boolean> {
  return (await runGit(git.realRoot, git.env, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])).code !== 0;
}

/** What a commit did to a file; `old` and `from` have a member for each parent that a merge differs from. */
interface Change {
  old: string[];
  new: string;
  /** Its path before, where it was moved. */
  from: string | null;
  path: string;
}

/** Reads what `log --raw -z` wrote. */
function* commits(log: string): Generator<{ commit: Commit; changes: Change[] }> {
  const fields = log.split("\0");
  let commit: Commit | null = null;
  let changes: Change[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = (fields[at] as string).replace(/^\n/, "");
    if (field.startsWith("\u0001")) {
      if (commit) yield { commit, changes };
      const id = field.slice(1);
      commit = { id, short: id.slice(0, SHORT), date: fields[++at] ?? "", subject: fields[++at] ?? "" };
      changes = [];
    } else if (field.startsWith(":")) {
      const parents = field.lastIndexOf(":") + 1;
      const words = field.slice(parents).split(" ");
      const oids = words.slice(parents + 1, -1);
      const moved = /^[RC]\d*$/.test(words.at(-1) as string);
      const from = moved ? (fields[++at] ?? null) : null;
      changes.push({ old: oids.slice(0, -1), new: oids.at(-1) as string, from, path: fields[++at] ?? "" });
    }
  }
  if (commit) yield { commit, changes };
}

const isNone = (oid: string): boolean => /^0+$/.test(oid);

/** Follows files back through a log, newest commit first. */
class Tracks {
  readonly of = new Map<string, Earlier[]>();
  /** Which of the files asked for a path of the past became. */
  private readonly became = new Map<string, Set<string>>();

  constructor(git: Git, paths: readonly string[]) {
    for (const path of paths) {
      const own = pathInGit(git, path);
      if (own !== null) this.follow(own, [path]);
    }
  }

  take(commit: Commit, changes: readonly Change[]): void {
    // All of a commit happens at once: of two files that changed places, each is followed to the other.
    const moves: [string, string[]][] = [];
    for (const change of changes) {
      const files = [...(this.became.get(change.path) ?? [])];
      for (const file of files) this.add(file, change, commit);
      if (change.from !== null && files.length > 0) moves.push([change.from, files]);
    }
    for (const [from, files] of moves) this.follow(from, files);
  }

  private follow(path: string, files: readonly string[]): void {
    this.became.set(path, new Set([...(this.became.get(path) ?? []), ...files]));
  }

  private add(file: string, change: Change, commit: Commit): void {
    const texts = this.of.get(file) ?? [];
    if (texts.length === 0) this.put(texts, change.new, null);
    for (const oid of change.old) this.put(texts, oid, commit);
    this.of.set(file, texts);
  }

  private put(texts: Earlier[], oid: string, until: Commit | null): void {
    if (!isNone(oid) && !texts.some((known) => known.oid === oid)) texts.push({ oid, until });
  }
}

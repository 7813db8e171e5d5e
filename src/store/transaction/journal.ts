import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";
import { sha256 } from "../../recording/digest.ts";
import { forShell } from "../../text/escape.ts";
import type { Step } from "./change.ts";
import { type Disk, isGone } from "./disk.ts";
import { replaceFile, syncFolder } from "./files.ts";
import { type Home, journals, outside } from "./home.ts";

/** A step as a journal knows it. */
export interface Deed {
  /** `add`: a new file, of a change that goes on. */
  type: Step["type"] | "add";
  /** Absolute. */
  path: string;
  /** Where the file is afterwards: its new name, the same path, or null for one that is removed. */
  lands: string | null;
  /** SHA-256 (hex) of the bytes before, and of those that land; null where none are. */
  before: string | null;
  after: string | null;
  /** Of a file that was written several times: what landed before that. */
  was?: string;
}

/** A change as it was written down before its first deed. */
export interface Journal {
  id: string;
  command: string;
  /** Milliseconds since 1970. */
  time: number;
  deeds: readonly Deed[];
  /** The process that goes on with it; it may have been killed before the last deed was done. */
  ongoing?: number;
}

/**
 * Files in a transaction's folder that say how far it came: each appears in one step. `kept`: all
 * originals are, nothing is changed before. `stuck`: not all was put back, so the originals must stay.
 */
export type Mark = "kept" | "done" | "undoing" | "undone" | "stuck";
const MARKS: readonly string[] = ["kept", "done", "undoing", "undone", "stuck"] satisfies Mark[];

export interface Transaction extends Journal {
  /** Absolute: the journal, the marks and the originals are in it. */
  folder: string;
  marks: ReadonlySet<Mark>;
}

export type State = "done" | "undone" | "unfinished";

export function stateOf({ marks }: Pick<Transaction, "marks">): State {
  if (marks.has("undone")) return "undone";
  return marks.has("done") && !marks.has("undoing") ? "done" : "unfinished";
}

export const pathsOf = (deeds: readonly Deed[]): string[] =>
  deeds.flatMap(({ path, lands }) => (lands === null || lands === path ? [path] : [path, lands]));

/** Where the original of the deed with that number is kept. */
export const originalOf = (folder: string, deed: number): string => join(folder, `${deed}.original`);

export const deedOf = (step: Step): Deed => ({
  type: step.type,
  path: step.path,
  lands: step.type === "remove" ? null : step.type === "rename" ? step.to : step.path,
  before: step.before,
  after: step.type === "remove" ? null : step.after === null ? step.before : sha256(step.after),
});

/** No `.json`: a tree may lie in a folder called `recordings`, and its journals with it. */
const JOURNAL = "journal";
const VERSION = 1;

/** Writes the journal and waits until the disk has it. The folder must be there. */
export function writeJournal(disk: Disk, home: Home, folder: string, journal: Journal): void {
  const short = (path: string): string => {
    const inside = relative(home.root, path);
    return inside === ".." || inside.startsWith(`..${sep}`) ? path : inside;
  };
  const deeds = journal.deeds.map((deed) => ({
    ...deed,
    path: short(deed.path),
    lands: deed.lands && short(deed.lands),
  }));
  replaceFile(disk, folder, JOURNAL, JSON.stringify({ version: VERSION, ...journal, deeds }));
  syncFolder(disk, journals(home));
}

/** What a change that goes on adds to its journal: a line each, the number of the deed first. */
export const MORE = "more";

/** Notes a deed of a change that goes on, or what has become of one, and waits until the disk has it. */
export function appendDeed(disk: Disk, home: Home, folder: string, number: number, deed: Deed): void {
  const { path, lands } = deed;
  const short = { ...deed, path: relative(home.root, path), lands: lands && relative(home.root, lands) };
  const isFirst = disk.lstat(join(folder, MORE)) === null;
  disk.append(join(folder, MORE), Buffer.from(`${JSON.stringify([number, short])}\n`));
  if (isFirst) syncFolder(disk, folder);
}

/** Deeds by their numbers. What stands behind the last newline was never begun. @throws SyntaxError */
function appended(disk: Disk, home: Home, folder: string): Deed[] {
  if (disk.lstat(join(folder, MORE)) === null) return [];
  const deeds: Deed[] = [];
  for (const line of disk.read(join(folder, MORE)).toString().split("\n").slice(0, -1)) {
    const [number, deed] = JSON.parse(line) as [number, Deed];
    deeds[number] = absoluteDeed(deed, home);
  }
  return deeds;
}

function absoluteDeed(deed: Deed, home: Home): Deed {
  const full = (path: string): string => (isAbsolute(path) ? path : resolve(home.root, path));
  return { ...deed, path: full(deed.path), lands: deed.lands === null ? null : full(deed.lands) };
}

export function mark(disk: Disk, folder: string, name: Mark): void {
  replaceFile(disk, folder, name, "");
}

/** The folders of transactions, oldest first. Those whose removal was begun are none. */
export const transactionFolders = (disk: Disk, home: Home): string[] =>
  disk
    .list(journals(home))
    .filter((name) => /^[0-9a-z]{9,}$/.test(name))
    .sort()
    .map((name) => join(journals(home), name));

/**
 * The transaction in a folder; null where it was not begun.
 * @throws UserError for a journal that cannot be understood: what it stands for can then be neither kept nor taken back
 */
export function readTransaction(disk: Disk, home: Home, folder: string): Transaction | null {
  const path = join(folder, JOURNAL);
  let bytes: Buffer;
  try {
    bytes = disk.read(path);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  const journal = parsed(bytes.toString(), home, () => appended(disk, home, folder));
  if (!journal || outside(disk, home, pathsOf(journal.deeds)) !== undefined) {
    throw new UserError("the journal of an earlier change is damaged, or not made by this recctl", {
      place: path,
      remedy: [`ls ${forShell(folder)}`, "and move that folder away: what it holds are originals of changed files"],
    });
  }
  return {
    ...journal,
    id: basename(folder),
    folder,
    marks: new Set(disk.list(folder).filter((name): name is Mark => MARKS.includes(name))),
  };
}

/** All transactions, oldest first. @throws UserError as {@link readTransaction} */
export const readTransactions = (disk: Disk, home: Home): Transaction[] =>
  transactionFolders(disk, home).flatMap((folder) => readTransaction(disk, home, folder) ?? []);

function parsed(text: string, home: Home, more: () => Deed[]): Journal | null {
  try {
    const { version, id, command, time, deeds, ongoing } = JSON.parse(text) as Journal & { version: number };
    if (version !== VERSION || typeof id !== "string" || typeof command !== "string") return null;
    if (!Number.isFinite(time)) return null;
    if (ongoing !== undefined) return { id, command, time, deeds: more(), ongoing };
    return { id, command, time, deeds: deeds.map((deed) => absoluteDeed(deed, home)) };
  } catch {
    return null;
  }
}

/** An id that sorts behind all others, whatever the clock says: milliseconds since 1970 to the base 36. */
export function nextId(disk: Disk, home: Home, now: number): string {
  const names = disk.list(journals(home)).map((name) => /^[0-9a-z]+/.exec(name)?.[0] ?? "0");
  const last = Math.max(0, ...names.map((name) => Number.parseInt(name, 36)));
  return Math.max(now, last + 1)
    .toString(36)
    .padStart(9, "0");
}

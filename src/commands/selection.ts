import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { DIALECTS } from "../dialects/index.ts";
import { type Broken, type Entry, isBroken } from "../listing/entry.ts";
import { type Filters, filterOf } from "../listing/filter.ts";
import { KINDS } from "../recording/kinds.ts";
import type { Found } from "../store/find.ts";
import { type Index, NO_INDEX, openIndex } from "../store/index.ts";
import { absolute, cacheDir } from "../store/paths.ts";
import { type ScanCounts, scan } from "../store/scan.ts";
import { parseBytes } from "../text/bytes.ts";
import type { Context } from "./command.ts";
import { findFiles } from "./finding.ts";
import { grep } from "./grep.ts";
import { progress } from "./progress.ts";

/** Options that choose recordings, the same wherever they are chosen. */
export interface SelectionOptions extends Omit<Filters, "larger"> {
  larger?: number;
  grep?: readonly string[];
  gitignore?: boolean;
  /** False with `--no-index`. */
  index?: boolean;
}

/** What was chosen, and what stood in its place. */
export interface Selection {
  entries: Entry[];
  broken: Broken[];
  counts: ScanCounts;
  /** The folders (absolute) that they lie in. */
  folders: readonly string[];
  /** All folders (absolute) that were looked into. */
  entered: readonly string[];
}

const several = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

function oneOf(names: readonly string[]): (value: string, before: string[] | undefined) => string[] {
  return (value, before) => {
    if (!names.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
    return several(value, before);
  };
}

function size(value: string): number {
  const bytes = parseBytes(value);
  if (bytes === undefined) throw new InvalidArgumentError("A size is a number with k, M or G, such as 500k.");
  return bytes;
}

/** Kinds and dialects by name, for options and their completion. */
export const KIND_NAMES: readonly string[] = [...KINDS.map(({ kind }) => kind), "unknown"];
export const DIALECT_NAMES: readonly string[] = [...DIALECTS.map(({ id }) => id), "unknown"];

/** Adds the options that choose recordings; with `heads` those alone that look at the head of one, wherever it was read from. */
export function selectionOptions(command: Command, heads = false): void {
  const group = "Which recordings (TEXT matches anywhere, * is anything, several are or-ed):";
  const add = (flags: string, text: string, parse?: (value: string, before: never) => unknown): void => {
    const option = new Option(flags, text).helpGroup(group);
    command.addOption(parse ? option.argParser(parse as never) : option);
  };
  add("-t, --test <text>", "of a test id", several);
  add("-m, --model <text>", "of a model", several);
  add("-e, --endpoint <text>", "of an endpoint", several);
  add("--kind <kind>", `of a kind: ${KIND_NAMES.join(", ")}`, oneOf(KIND_NAMES));
  add("--dialect <dialect>", `of an API: ${DIALECT_NAMES.join(", ")}`, oneOf(DIALECT_NAMES));
  add("--streaming", "streamed ones only");
  add("--no-streaming", "those only that did not stream");
  add("--failed", "recorded failures only");
  if (!heads) add("--grep <text>", "with a text in what was asked or answered", several);
  add("--larger <size>", "larger than a size: 500k, 1.5M", size);
  if (heads) return;
  add("--gitignore", "leave out what .gitignore names");
  add("--no-index", "read every file, without the index");
}

/** The index that a run uses. */
export function indexFor(context: Context, use: boolean | undefined): Index {
  return use === false ? NO_INDEX : openIndex(cacheDir(context.io.env));
}

/** A file that was chosen: as people see it, and where it is. */
export interface Target {
  path: string;
  /** Absolute. */
  place: string;
}

/** Files that were chosen, unread where no filter had to look into them. */
export interface Chosen {
  targets: Target[];
  /** Folders that cannot be read. */
  unreadable: Broken[];
  /** Whether these are all the recordings below the folder recctl runs in. */
  whole: boolean;
}

export const FILTERS = [
  "test",
  "model",
  "endpoint",
  "kind",
  "dialect",
  "streaming",
  "failed",
  "larger",
  "grep",
] as const;

/** Whether anything but the place decides which recordings are chosen. */
export const isFiltered = (options: SelectionOptions): boolean => FILTERS.some((name) => options[name] !== undefined);

/** Finds the files that the arguments and options choose; broken ones always belong to them. */
export async function chooseFiles(
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
): Promise<Chosen> {
  const { cwd } = context;
  if (isFiltered(options)) {
    const { entries, broken } = await select(args, options, context);
    const targets = [...entries, ...broken].map(({ path }) => ({ path, place: absolute({ cwd }, path) }));
    return { targets, unreadable: [], whole: false };
  }
  const found = await findFiles(args, options.gitignore === true, context);
  const targets = found.folders.flatMap((folder) =>
    folder.names.map((name) => ({
      path: folder.shown === "" ? name : `${folder.shown}/${name}`,
      place: join(folder.path, name),
    })),
  );
  return { targets, unreadable: found.unreadable.map(unreadable), whole: args.length === 0 && !options.gitignore };
}

/** Finds and reads the recordings that the arguments and options choose. `index`: what is known of them before. */
export async function select(
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
  index: Index = indexFor(context, options.index),
): Promise<Selection> {
  const found = await findFiles(args, options.gitignore === true, context);
  const shownProgress = progress(context.io, "reading");
  const { files, counts } = await scan(found.folders, {
    index,
    now: context.io.now,
    pause: shownProgress.step,
  }).finally(shownProgress.end);
  const keep = filterOf(options);
  const broken = [...files.filter(isBroken), ...found.unreadable.map(unreadable)];
  const entries = files.filter((file): file is Entry => !isBroken(file) && keep(file));
  const { entered } = found;
  const rest = { broken, counts, folders: found.folders.map(({ path }) => path), entered };
  if (options.grep === undefined) return { entries, ...rest };
  return { entries: await grep(entries, options.grep, context), ...rest };
}

/** A folder that was found and cannot be read, as a list tells it. */
export const unreadable = (folder: Found["unreadable"][number]): Broken => ({
  path: folder.path,
  line: 1,
  column: 1,
  message: `a folder that cannot be read: ${folder.message}`,
});

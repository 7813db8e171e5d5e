import { dirname, join } from "node:path";
import type { Kind } from "../recording/kinds.ts";
import { readName } from "../recording/name.ts";
import { absolute, kindAt } from "../store/paths.ts";
import type { Candidate } from "../usage/verdicts/index.ts";
import type { Context } from "./command.ts";
import { isFiltered, type Selection, type SelectionOptions, select } from "./selection.ts";
import { keyOf, type Named } from "./sourcing.ts";

/** The recordings to judge. */
export interface PruneFiles {
  /** Those that were asked for, and those of their folders: what lies beside a recording tells where its test is. */
  found: Selection;
  /** How many were asked for. */
  count: number;
  isChosen: (path: string) => boolean;
  /** Whether these are all the recordings below the folder recctl runs in. */
  whole: boolean;
}

/** Finds the recordings that the arguments and options choose. */
export async function filesIn(
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
): Promise<PruneFiles> {
  const { gitignore, index } = options;
  const pool = { ...(gitignore === undefined ? {} : { gitignore }), ...(index === undefined ? {} : { index }) };
  const folders = args.map((arg) => (kindAt(context, arg) === "file" ? dirname(arg) : arg));
  const found = await select([...new Set(folders)], pool, context);
  const isNarrow = isFiltered(options) || args.some((arg, at) => arg !== folders[at]);
  const chosen = isNarrow ? await select(args, options, context) : null;
  const paths = chosen && new Set([...chosen.entries, ...chosen.broken].map(({ path }) => path));
  return {
    found,
    count: paths ? paths.size : found.entries.length + found.broken.length,
    isChosen: (path) => paths?.has(path) ?? true,
    whole: args.length === 0 && !options.gitignore,
  };
}

/** Absolute folders by how they are shown: thousands of recordings lie in a few. */
function foldersOf(context: Context): (path: string) => string {
  const places = new Map<string, string>();
  return (path) => {
    const shown = path.slice(0, path.lastIndexOf("/") + 1);
    const known = places.get(shown);
    if (known !== undefined) return known;
    const place = absolute(context, shown || ".");
    places.set(shown, place);
    return place;
  };
}

/** The tests that recordings name, each once for a folder. */
export function testsNamed({ entries }: Selection, context: Context): Named[] {
  const folderOf = foldersOf(context);
  const named = new Map<string, Named>();
  for (const { path, head } of entries) {
    if (head.testId === null) continue;
    const one = { place: folderOf(path), testId: head.testId };
    named.set(keyOf(one), one);
  }
  return [...named.values()];
}

/** What is known of files before any evidence. */
export function candidatesOf({ entries, broken }: Selection, context: Context): Candidate[] {
  const folderOf = foldersOf(context);
  const candidate = (path: string, bytes: number, unreadable: string | null, testId: string | null, kind: Kind) => ({
    path,
    place: join(folderOf(path), path.slice(path.lastIndexOf("/") + 1)),
    bytes,
    unreadable,
    name: readName(path),
    kind,
    testId,
    verifies: null,
    recorded: null,
  });
  return [
    ...entries.map(({ path, bytes, head: { testId, kind } }) => candidate(path, bytes, null, testId, kind)),
    ...broken.map(({ path, message }) => candidate(path, 0, message, null, "unknown")),
  ];
}

import { dirname } from "node:path";
import { readName } from "../recording/name.ts";
import { absolute, kindAt } from "../store/paths.ts";
import type { Candidate } from "../usage/verdicts/index.ts";
import type { Context } from "./command.ts";
import { isFiltered, type SelectionOptions, select } from "./selection.ts";

/** The recordings to judge. */
export interface PruneFiles {
  /** Those that were asked for, and those of their folders: what lies beside a recording tells where its test is. */
  files: Candidate[];
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
  const { entries, broken } = await select([...new Set(folders)], pool, context);
  const files = [
    ...entries.map(({ path, bytes, head: { testId, kind } }) =>
      candidateOf(context, { path, bytes, unreadable: null, testId, kind }),
    ),
    ...broken.map(({ path, message }) =>
      candidateOf(context, { path, bytes: 0, unreadable: message, testId: null, kind: "unknown" }),
    ),
  ];
  const isNarrow = isFiltered(options) || args.some((arg, at) => arg !== folders[at]);
  const chosen = isNarrow ? await select(args, options, context) : null;
  const paths = chosen && new Set([...chosen.entries, ...chosen.broken].map(({ path }) => path));
  return {
    files,
    isChosen: (path) => paths?.has(path) ?? true,
    whole: args.length === 0 && !options.gitignore,
  };
}

/** What is known of a file before any evidence. */
const candidateOf = (
  base: Pick<Context, "cwd">,
  file: Pick<Candidate, "path" | "bytes" | "unreadable" | "kind" | "testId">,
): Candidate => ({
  ...file,
  place: absolute(base, file.path),
  name: readName(file.path),
  verifies: null,
  recorded: null,
});

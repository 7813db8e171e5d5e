import { type Command, Option } from "commander";
import type { Rename } from "../checks/explain/reading.ts";
import type { Subject } from "../compare/pairs/subject.ts";
import { EXIT, UsageError, UserError } from "../errors.ts";
import { filterOf } from "../listing/filter.ts";
import { matchesId, readName } from "../recording/name.ts";
import { type DiffReport, diffReport, diffSummary } from "../report/diff.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Context, Outcome, Verb } from "./command.ts";
import { halfNamed, outcomeOfTwo, twoNamed } from "./diff-two.ts";
import { clustersIn, type Diffed, diffed } from "./diffing.ts";
import { outputOptions } from "./output.ts";
import { renameOption } from "./rename.ts";
import { type SelectionOptions, selectionOptions } from "./selection.ts";
import { typedWith } from "./typed.ts";

interface DiffCommand extends SelectionOptions {
  overlay?: boolean;
  staged?: boolean;
  rename?: readonly Rename[];
  pairs?: boolean;
  only?: "request" | "response";
  ignore?: readonly string[];
  all?: boolean;
}

/** How many changes, and how many of each other list, people see. */
const EACH = 12;

/** As many pairs of a test are shown whole; more are listed. */
const WHOLE = 5;

const several = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export const diff: Verb<DiffCommand> = {
  examples: [
    ["recctl diff", "what changed since the last commit"],
    ["recctl diff main..HEAD", "what a branch changed"],
    ["recctl diff --overlay . ../run", "a run that wrote elsewhere, laid over this"],
    ["recctl diff --test test_storm", "the pairs of a test, whole"],
    ["recctl diff main --format markdown", "for a pull request"],
    ["recctl diff 5d64 2b05", "two recordings, by their ids"],
  ],
  exits: [
    [0, "nothing changed but noise"],
    [1, "something changed"],
    [2, "wrong usage, or a side that cannot be read"],
  ],
  define(command: Command) {
    command.description(
      "Tells what a new test run changed: each new recording beside the one that it came after, equal changes told once. " +
        "OLD and NEW are folders or git revisions (A..B); without them HEAD and the working tree. Two recordings, by id or " +
        "path, are compared with each other.",
    );
    command.argument("[old]", "a folder, a revision, A..B, or a recording");
    command.argument("[new]", "a folder, a revision or a recording; without it the working tree");
    command.argument("[id]", "one recording, whose pair is shown whole");
    command.option("--overlay", "NEW holds only what a run wrote: what it lacks is not removed");
    command.option("--staged", "what is staged, instead of the working tree");
    command.addOption(renameOption("what test ids called OLD are called NEW now"));
    command.addOption(new Option("--only <part>", "the requests, or the answers").choices(["request", "response"]));
    command.option("--ignore <path>", "leave out changes at a path as it is printed", several);
    command.option("--pairs", "every pair, a line each");
    selectionOptions(command, true);
    outputOptions(command, ["text", "json", "ndjson", "markdown"]);
    command.addOption(new Option("--all", `every change; people see ${EACH}`).helpGroup("Output:"));
  },
  async run(args, options, context) {
    const two = await twoNamed(args, options, context);
    if (two) return outcomeOfTwo(two, options);
    const [old, now, id] = sidesAndId(args);
    const keep = filterOf(options);
    const all = await diffed(
      [old, now].filter((one) => one !== undefined),
      {
        staged: options.staged === true,
        overlay: options.overlay === true,
        renames: (options.rename ?? []).map((one) => [one.old, one.new] as const),
        only: options.only ?? null,
        ignore: options.ignore ?? [],
        wants: ({ head }, { path, bytes }) => keep({ path, bytes, head, id: readName(path).id }),
      },
      context,
    ).catch(async (error: unknown) => {
      throw (error instanceof UserError && (await halfNamed(args, options, context))) || error;
    });
    const found = id === undefined ? all : ofId(all, id, context);
    const report: DiffReport = {
      ...found,
      each: options.all ? Number.POSITIVE_INFINITY : EACH,
      only: options.only ?? null,
      list: options.pairs === true,
      whole: id !== undefined || isOfTest(found, options),
      sides: null,
    };
    return outcome(found, report, context);
  },
};

/** Behind `A..B`, which is both sides, stands an id. */
function sidesAndId(args: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const [old, id, third] = args;
  const isRange = old !== undefined && /[^./]\.\.|\.\.[^./]/.test(old);
  return isRange && third === undefined && /^[0-9a-f]{4,}(?:-|$)/.test(id ?? "") ? [old, undefined, id] : args;
}

/** Whether a test was asked for that has so few pairs that they are shown whole. */
const isOfTest = ({ pairs }: Diffed, { test, pairs: list }: DiffCommand): boolean =>
  test !== undefined && !list && pairs.length > 0 && pairs.length <= WHOLE;

/** What was found of one recording: of the run, or of what it came after. */
function ofId(all: Diffed, id: string, context: Context): Diffed {
  const { old, now } = all;
  if (id.length < 4)
    throw new UsageError("an id has 4 characters or more", {
      remedy: typedWith(["--pairs"], context, [id]),
    });
  const is = (one: Subject): boolean => one.path === id || matchesId(one.id, id);
  const gone = new Set(all.superseded.map((at) => all.pairs[at]));
  const pairs = all.pairs.filter((pair) => is(pair.now) || is(pair.old));
  const [added, removed] = [all.added.filter(is), all.removed.filter(is)];
  if (pairs.length + added.length + removed.length === 0) {
    throw new UserError(`nothing between ${old} and ${now} has this id`, {
      place: id,
      remedy: typedWith(["--pairs"], context, [id]),
    });
  }
  return {
    ...all,
    pairs,
    clusters: clustersIn(pairs),
    added,
    removed,
    superseded: pairs.flatMap((pair, at) => (gone.has(pair) ? [at] : [])),
    moved: [],
    unchosen: 0,
    same: 0,
    missing: { count: 0, of: 0, inFolder: false },
  };
}

function outcome(found: Diffed, report: DiffReport, context: Context): Outcome {
  const { pairs, added, removed, broken, leftOut, hidden, missing } = found;
  const changed = pairs.some(({ request, response }) => request === "changed" || response?.kind === "changed");
  const notes = [
    ...broken.map(({ path, line, column, message }) => `${path}:${line}:${column}: ${message}`),
    ...leftOut.map(({ path, message, remedy }) => `${path}: ${message}${remedy ? ` (try: ${remedy})` : ""}`),
    ...(context.io.stdout.terminal ? [] : diffSummary(report)),
  ];
  // What a run wrote elsewhere lies in a folder of its own.
  if (missing.inFolder && missing.count * 2 > missing.of) {
    notes.push(
      `${missing.count} of ${missing.of} recordings are not in ${found.now}: if it holds only what a run wrote, say so:`,
      `  ${typedWith(["--overlay"], context)}`,
    );
  }
  const isAny = changed || added.length > 0 || removed.length > 0 || broken.length > 0 || hidden > 0;
  return { exit: isAny ? EXIT.no : EXIT.ok, report: diffReport(report), notes: notes.map(forTerminalLine) };
}

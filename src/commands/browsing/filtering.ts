import { Command, CommanderError } from "commander";
import type { Entry } from "../../listing/entry.ts";
import { filterOf } from "../../listing/filter.ts";
import { forShell } from "../../text/escape.ts";
import type { Filter } from "../../tui/state/state.ts";
import { FILTERS, type SelectionOptions, selectionOptions } from "../selection.ts";
import { errorLine } from "./told.ts";
import { shellWords } from "./words.ts";
import { tell, type World } from "./world.ts";

/** What a line of the flags of `ls` chooses, or why it is none. */
export function filterIn(line: string): SelectionOptions | { why: string } {
  const words = shellWords(line);
  if (words === null) return { why: "a quote is not closed" };
  const command = new Command().exitOverride().helpOption(false).allowExcessArguments();
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  selectionOptions(command);
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { why: error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ") };
  }
  const [word] = command.args;
  if (word !== undefined) return { why: `${word} is no flag: -t ${word} for a test, --grep ${word} for a text` };
  const { gitignore, index, ...filters } = command.opts<SelectionOptions>();
  if (gitignore !== undefined || index === false) return { why: "--gitignore and --no-index go with recctl browse" };
  return filters;
}

/** How each filter is typed. */
const TYPED: { [Name in (typeof FILTERS)[number]]: (value: never) => string[] } = {
  test: several("-t"),
  model: several("-m"),
  endpoint: several("-e"),
  kind: several("--kind"),
  dialect: several("--dialect"),
  streaming: (isWanted: boolean) => [isWanted ? "--streaming" : "--no-streaming"],
  failed: () => ["--failed"],
  larger: (bytes: number) => ["--larger", bytes > 0 && bytes % 1000 === 0 ? `${bytes / 1000}k` : String(bytes)],
  grep: several("--grep"),
};

function several(flag: string): (values: readonly string[]) => string[] {
  return (values) => values.flatMap((value) => [flag, value]);
}

/** The filters among options as the line that {@link filterIn} reads; null where there are none. */
export function lineOf(options: SelectionOptions): string | null {
  const words = FILTERS.flatMap((name) => (options[name] === undefined ? [] : TYPED[name](options[name] as never)));
  return words.length === 0 ? null : words.map(forShell).join(" ");
}

/** The options that say where recordings are looked for, and how: no line of a filter holds them. */
export function placesOf(options: SelectionOptions): SelectionOptions {
  const filters: ReadonlySet<string> = new Set(FILTERS);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !filters.has(name)));
}

/** Shows those recordings alone that a line chooses. */
export async function filter(world: World, line: string): Promise<void> {
  world.jobs.stop("filter");
  if (line.trim() === "") return world.dispatch({ type: "filtered", filter: null });
  const chosen = filterIn(line);
  if ("why" in chosen) return world.dispatch({ type: "unfiltered", line, why: chosen.why });
  const { grep, ...heads } = chosen;
  const fitting = world.state().tree.entries.filter(filterOf(heads));
  let kept: ReadonlySet<string> | null = new Set(fitting.map(({ path }) => path));
  if (grep) kept = await searched(world, grep, fitting);
  if (kept) world.dispatch({ type: "filtered", filter: { line, kept, ...testsOf(chosen) } });
}

/** What a filter wants of test ids, and the line of all else that it wants. */
function testsOf({ test: texts, ...others }: SelectionOptions): Pick<Filter, "tests"> {
  return texts ? { tests: { texts, others: lineOf(others) ?? "" } } : {};
}

/** Applies the filter that holds to a tree that was read again. */
export function refilter(world: World): void {
  const { filter: held } = world.state();
  if (!held) return;
  const { line } = held;
  const dispatch: World["dispatch"] = (action) => {
    // It may have been taken away meanwhile.
    if (world.state().filter?.line === line) world.dispatch(action);
  };
  world.doing(() => filter({ ...world, dispatch }, line));
}

/** The paths of those entries in which any text was asked or answered; null where other work took its place. */
export async function searched(
  world: World,
  texts: readonly string[],
  entries: readonly Entry[],
): Promise<ReadonlySet<string> | null> {
  const hits = new Set<string>();
  const asks = { texts, paths: entries.map(({ path }) => path) };
  const add = (some: readonly string[]): void => {
    for (const path of some) hits.add(path);
  };
  const outcome = await world.jobs.run("search", asks, add, "filter");
  if (outcome && "failed" in outcome) tell(world, "bad", outcome.failed);
  return outcome && !("failed" in outcome) ? hits : null;
}

/** Looks for a text in what recordings ask and answer; what was found so far is told as it is found. */
export async function search(world: World, text: string, paths: readonly string[]): Promise<void> {
  const hits = new Set<string>();
  const found = (isDone: boolean): void => world.dispatch({ type: "found", text, hits: new Set(hits), isDone });
  const outcome = await world.jobs.run("search", { texts: [text], paths }, (some) => {
    for (const path of some) hits.add(path);
    found(false);
  });
  if (outcome === null) return;
  found(true);
  if ("failed" in outcome) tell(world, "bad", errorLine(new Error(outcome.failed)));
}

import { type Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "../errors.ts";
import { brokenNote } from "../listing/broken-note.ts";
import { GROUPS, type GroupBy, grouped } from "../listing/group.ts";
import { SORTS, type Sort, sorted } from "../listing/sort.ts";
import { groupReport, listReport } from "../report/list.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { isFiltered, type SelectionOptions, select, selectionOptions } from "./selection.ts";

interface LsOptions extends SelectionOptions {
  sort: Sort;
  reverse?: boolean;
  limit?: number;
  group?: GroupBy;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("A whole number is wanted.");
  return Number(value);
}

export const ls: Verb<LsOptions> = {
  examples: [
    ["recctl ls", "every recording below the current folder"],
    ["recctl ls --group test --limit 10", "the ten tests with the most recordings"],
    ["recctl ls -t storm --failed", "recorded failures of some tests"],
    ["recctl ls --grep 'high tide' --json", "where it was said, as JSON"],
    ["recctl ls 'tests/**/models-*.json'", "files that a glob names"],
  ],
  exits: [
    [0, "listed, broken files included (a line each on stderr)"],
    [2, "wrong usage, or a path that leads nowhere"],
  ],
  define(command: Command) {
    command.description(
      "Lists recordings: id, test, dialect, endpoint, model, chunks, size, and marks (> streamed, ! failed). " +
        "PATH is a folder, a file or a glob; without it, every .json below a folder called recordings.",
    );
    command.argument("[path...]", "folders, files or globs");
    command.addOption(new Option("--sort <key>", "order").choices(Object.keys(SORTS)).default("test"));
    command.option("-r, --reverse", "the other way round");
    command.option("-n, --limit <n>", "no more than N", wholeNumber);
    command.addOption(new Option("-g, --group <key>", "counts and bytes by key").choices(Object.keys(GROUPS)));
    selectionOptions(command);
    outputOptions(command, ["text", "json", "ndjson"]);
  },
  async run(args, options, context) {
    const { entries, broken } = await select(args, options, context);
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    const notes = broken.map(brokenNote);
    if (entries.length === 0 && broken.length === 0) notes.push(nothingNote(options, args, context.cwd));
    if (options.group) {
      const groups = grouped(entries, options.group);
      if (options.reverse) groups.reverse();
      return {
        exit: EXIT.ok,
        notes,
        report: groupReport(options.group, groups.slice(0, limit), groups.length, entries, broken),
      };
    }
    const shown = sorted(entries, options.sort, options.reverse).slice(0, limit);
    if (context.io.stdout.terminal && entries.length > 0) notes.unshift(...summaryNote(shown.length, entries.length));
    return { exit: EXIT.ok, notes, report: listReport(shown, entries, broken) };
  },
};

function nothingNote(options: LsOptions, args: readonly string[], cwd: string): string {
  return isFiltered(options)
    ? "no recording fits these filters; recctl ls lists them all"
    : `no recordings below ${forTerminalLine(args.length > 0 ? args.join(" ") : cwd)}: they are .json files in folders called recordings (recctl -C DIR ls looks elsewhere)`;
}

const summaryNote = (shown: number, all: number): string[] =>
  shown < all ? [`the first ${countText(shown, "recording")} of ${all.toLocaleString("en-US")}`] : [];

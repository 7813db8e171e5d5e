import { dirname } from "node:path";
import { type Command, Option } from "commander";
import { EXIT, UsageError, UserError } from "../errors.ts";
import type { Jsonable } from "../recording/json/write.ts";
import type { Report, Screen } from "../report/report.ts";
import { shown } from "../store/paths.ts";
import type { Counts, Left } from "../store/transaction/change.ts";
import { recoveryText } from "../store/transaction/recover.ts";
import { type Listed, listTransactions, type Undone, undoLast } from "../store/transaction/undo.ts";
import { countText, numberText } from "../text/bytes.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import { type Column, tableLines, tsvLine } from "../text/table.ts";
import type { Context, Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { portsOf } from "./ports.ts";

interface UndoOptions {
  list?: boolean;
}

export const undo: Verb<UndoOptions> = {
  examples: [
    ["recctl undo", "take the last change back; again: the one before it"],
    ["recctl undo --list", "what can be taken back"],
    ["recctl undo 0mia3v2k7", "take that one back"],
  ],
  exits: [
    [0, "taken back, or listed"],
    [1, "taken back but for files that others changed meanwhile"],
    [2, "nothing to take back, or refused: nothing was changed"],
  ],
  define(command: Command) {
    command.description(
      "Takes back what the last command did to the files of the tree: every file is byte for byte as it was. " +
        "It is refused where a file was changed since. A change that was cut short is taken back likewise. The last " +
        "10 changes are kept, in the git directory or in .recctl.",
    );
    command.argument("[change]", "its id, as --list tells it");
    command.addOption(new Option("--list", "list the changes, newest first; change nothing"));
    outputOptions(command, ["text", "json", "ndjson"]);
  },
  async run(args, options, context) {
    const [id] = args;
    if (options.list) {
      if (id !== undefined) {
        throw new UsageError("--list takes no id", { remedy: [`${context.recctl} undo --list`] });
      }
      return { exit: EXIT.ok, report: listReport(listTransactions(portsOf(context))) };
    }
    const undone = await undoLast(portsOf(context), id);
    const notes = (await stillStaged(undone, context)).map(forTerminalLine);
    return { exit: undone.left.length > 0 ? EXIT.no : EXIT.ok, report: undoneReport(undone, context), notes };
  },
};

/** So many files are told by name, more by their folders. */
const FEW = 3;

/** What to type where git still has it that files are removed which are back: `git status` tells such a file twice, as removed and as untracked. */
async function stillStaged({ returned }: Undone, context: Context): Promise<string[]> {
  if (returned.length === 0) return [];
  try {
    const { stagedAsRemoved } = await import("../store/git/state.ts");
    return [...(await stagedAsRemoved(returned, context.io.env))].flatMap(([root, staged]) => {
      const places = staged.length > FEW ? [...new Set(staged.map((path) => dirname(path)))] : staged;
      const named = places.map((place) => forShell(shown({ cwd: root }, place).replace(/^:/, "./:")));
      const git = root === context.io.cwd ? "git" : `git -C ${forShell(shown({ cwd: context.io.cwd }, root))}`;
      return [
        `git has ${countText(staged.length, "file")} staged as removed still; to take that back, too:`,
        `  ${git} reset -q -- ${named.join(" ")}`,
      ];
    });
  } catch (error) {
    // Without git to ask nothing is lost: the files are back.
    if (error instanceof UserError) return [];
    throw error;
  }
}

const listedItem = ({ time, ...listed }: Listed): Jsonable => ({ ...listed, time: new Date(time).toISOString() });

function listReport(list: readonly Listed[]): Report {
  return {
    document: () => ({ changes: list.map(listedItem) }),
    items: () => list.map(listedItem),
    *text(screen) {
      const rows = list.map((one) => [
        one.id,
        timeText(one.time),
        one.command,
        ...[one.renamed, one.rewritten, one.removed, one.added].map(screen.terminal ? numberText : String),
        one.state,
      ]);
      if (!screen.terminal) yield* rows.map(tsvLine);
      else if (rows.length > 0) yield* tableLines(COLUMNS, rows, screen.columns, screen.paint);
      else yield "no changes: nothing to undo";
    },
  };
}

const COLUMNS: readonly Column[] = [
  { title: "id", look: "id" },
  { title: "time", drop: 1 },
  { title: "command", stretch: { least: 7 } },
  { title: "renamed", side: "right" },
  { title: "rewritten", side: "right" },
  { title: "removed", side: "right" },
  { title: "added", side: "right" },
  { title: "state" },
];

function undoneReport(undone: Undone, context: Context): Report {
  const relative = ({ path, why, kept }: Left) => ({
    path: shown(context, path),
    why,
    kept: kept && shown(context, kept),
  });
  const left = undone.left.map(relative);
  const document = () => {
    const { time, recovered, returned, ...rest } = undone;
    const others = recovered.map((one) => ({
      ...one,
      time: new Date(one.time).toISOString(),
      left: one.left.map(relative),
    }));
    return { ...rest, time: new Date(time).toISOString(), left, recovered: others };
  };
  return {
    document,
    items: () => [document()],
    *text(screen) {
      const clean = (text: string): string => (screen.terminal ? forTerminalLine(text) : text);
      for (const one of undone.recovered) yield clean(recoveryText(one));
      yield clean(`${undone.command} of ${timeText(undone.time)} is undone: ${backText(undone)}`);
      if (undone.state === "unfinished") yield "it had been cut short: some of that may never have been done";
      if (left.length === 0) yield screen.paint("good", "every file is as it was before");
      else yield* leftLines(left, screen, clean);
    },
  };
}

function* leftLines(left: readonly Left[], screen: Screen, clean: (text: string) => string): Generator<string> {
  yield screen.paint("warn", `${countText(left.length, "file")} left as found:`);
  for (const { path, why, kept } of left) {
    yield clean(`  ${path}: ${why}${kept === null ? "" : `; its original is ${kept}`}`);
  }
}

/** What came back of what was done. */
const backText = ({ renamed, rewritten, removed, added }: Counts): string =>
  Object.entries({
    "renamed back": renamed,
    "rewritten back": rewritten,
    "brought back": removed,
    "removed again": added,
  })
    .flatMap(([done, count]) => (count > 0 ? `${numberText(count)} ${done}` : []))
    .join(", ");

/** Local time to the second. */
function timeText(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

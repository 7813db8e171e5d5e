import { type Command, InvalidArgumentError, Option } from "commander";
import { type Checks, checkTree, unreadable } from "../checks/check.ts";
import type { Rename } from "../checks/explain/reading.ts";
import { FIXABLE } from "../checks/fixable.ts";
import { RULES } from "../checks/index.ts";
import { RULE_NAMES } from "../checks/names.ts";
import type { Finding } from "../checks/rule.ts";
import type { Today } from "../checks/today.ts";
import { EXIT, UsageError, UserError } from "../errors.ts";
import { findingNotes, findingsReport, type Validated } from "../report/findings.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import { type CheckedFiles, checkFiles, collected } from "./checking.ts";
import type { Context, Outcome, Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { renameOption } from "./rename.ts";
import { chooseFiles, isFiltered, type SelectionOptions, selectionOptions } from "./selection.ts";
import { settingsOf } from "./settings.ts";
import { schemeOption, todayOf } from "./today.ts";
import { treeFacts } from "./tree-facts.ts";

interface ValidateOptions extends SelectionOptions {
  rule?: readonly string[];
  scheme?: string;
  explain?: boolean;
  rename?: readonly Rename[];
  staged?: boolean;
  fix?: boolean;
  baseline?: string;
  writeBaseline?: boolean;
  strict?: boolean;
  all?: boolean;
  maxFindings?: number;
  allowEmpty?: boolean;
}

/** How many findings of each rule people see. */
const EACH = 5;

function ruleName(value: string, before: string[] | undefined): string[] {
  if (!RULE_NAMES.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${RULE_NAMES.join(", ")}.`);
  return [...(before ?? []), value];
}

function positive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("A number from 1 on is wanted.");
  return Number(value);
}

export const validate: Verb<ValidateOptions> = {
  examples: [
    ["recctl validate", "is every recording sound, and why not?"],
    ["recctl validate --rule name --all", "every name that is wrong today"],
    ["recctl validate --format github", "in CI: beside the lines of a change"],
    ["recctl validate --strict a.json b.json", "some files; warnings count, too"],
  ],
  exits: [
    [0, "nothing found but warnings"],
    [1, "an error was found (with --strict a warning)"],
    [2, "wrong usage, no recording at all, or a path that leads nowhere"],
  ],
  define(command: Command) {
    command.description("Checks recordings against every rule that they must keep, their names included.");
    command.argument("[path...]", "folders, files or globs");
    command.option("--rule <rule>", `this rule alone, several times for several: ${RULE_NAMES.join(", ")}`, ruleName);
    command.addOption(schemeOption());
    command.option("--explain", "seek why a name verifies under no scheme: in the file, the tree, git's history");
    command.addOption(renameOption("what was called OLD is called NEW now; with --explain, which it implies"));
    command.option("--fix", `mend what loses nothing (${FIXABLE.join(", ")}); recctl undo takes it back`);
    command.option("--staged", "read what is staged in git, not the working tree; for hooks");
    command.option("--baseline <file>", "accept the findings in FILE: only new ones are told");
    command.option("--write-baseline", "write FILE, so that today's findings are accepted");
    command.option("--strict", "warnings fail, too");
    command.option("--allow-empty", "finding no recording at all is no failure");
    selectionOptions(command);
    outputOptions(command, ["text", "json", "ndjson", "github", "sarif", "junit"]);
    command.addOption(new Option("--all", `every finding; people see ${EACH} a rule`).helpGroup("Output:"));
    command.addOption(
      new Option("--max-findings <n>", "no more than N findings").argParser(positive).helpGroup("Output:"),
    );
  },
  async run(args, options, context) {
    refuseContradictions(options, context);
    const { rules: severities, size, allow, fallback } = await settingsOf(context);
    const checks: Checks = {
      wanted: options.rule ?? null,
      severities,
      settings: { recctl: context.recctl, size, allow, fallback },
    };
    // What few runs need is loaded by those: a hook that checks one file waits for nothing else.
    const notes = options.fix ? await (await import("./fixing.ts")).fixFirst(args, options, context) : [];
    const checked = options.staged
      ? { ...(await (await import("./staged.ts")).checkStaged(args, checks, context)), whole: false, kept: false }
      : await checkChosen(args, options, checks, context);
    notes.push(...checked.notes);
    const facts = treeFacts(checked.facts, checked, context);
    const today = await todayOf(options.scheme, () => facts.known, context);
    const own = new Set(checked.facts.map(({ path }) => path));
    const found = [...checked.findings, ...checkTree(facts.told, today, (path) => own.has(path), checks)];
    const reasons =
      options.explain || options.rename
        ? await (await import("./explaining.ts")).explained(found, facts.known, options.rename ?? [], context)
        : { findings: found, notes: [] };
    notes.push(...reasons.notes);
    const looked = options.rule ? [] : checked.whole ? null : [...own, ...found.map(({ path }) => path)];
    return outcome(reasons.findings, { files: checked.files, looked, today, notes, args, options, context });
  },
};

function refuseContradictions(options: ValidateOptions, { recctl }: Context): void {
  if (options.staged && (options.fix || isFiltered(options))) {
    throw new UsageError("--staged reads git's index: it goes with neither --fix nor filters");
  }
  if (options.staged && (options.explain || options.rename)) {
    throw new UsageError("--explain reads the working tree, --staged git's index", {
      remedy: `${recctl} validate --rule name --explain`,
    });
  }
  if (options.writeBaseline && (options.rule || options.staged || isFiltered(options))) {
    throw new UsageError("a baseline is of every finding: write it without --rule, --staged and filters");
  }
  if (options.writeBaseline && options.baseline === undefined) {
    throw new UsageError("--write-baseline wants to know where", {
      remedy: `${recctl} validate --baseline recctl-baseline.json --write-baseline`,
    });
  }
}

/** Checks the files that were chosen; of a whole tree those that have changed since that was done last. */
async function checkChosen(
  args: readonly string[],
  options: ValidateOptions,
  checks: Checks,
  context: Context,
): Promise<CheckedFiles & { files: number; whole: boolean; kept: boolean; notes: string[] }> {
  const { targets, unreadable: closed, whole } = await chooseFiles(args, options, context);
  if (targets.length === 0 && closed.length === 0 && !options.allowEmpty) throw nothing(args, context);
  const kept = whole && options.index !== false;
  const { findings, facts } = kept
    ? await (await import("./rechecking.ts")).recheckFiles(targets, checks, context)
    : collected(await checkFiles(targets, checks, context));
  const folders = closed.flatMap((folder) => unreadable(folder.path, folder, checks).findings);
  return { findings: [...findings, ...folders], facts, files: targets.length, whole, kept, notes: [] };
}

interface Ran {
  files: number;
  /** Those that were looked at for every rule; null: all there are. */
  looked: readonly string[] | null;
  today: Today;
  notes: readonly string[];
  args: readonly string[];
  options: ValidateOptions;
  context: Context;
}

async function outcome(all: readonly Finding[], ran: Ran): Promise<Outcome> {
  const { files, looked, today, notes, args, options, context } = ran;
  const { baseline, writeBaseline: write } = options;
  const wrote = baseline !== undefined && write ? [`${baseline} is written anew`] : [];
  const baselines = baseline === undefined ? null : await import("./baseline.ts");
  if (baseline !== undefined && write) baselines?.writeBaseline(all, baseline, context);
  const accepted = baselines?.newFindings(all, baseline as string, looked, context) ?? null;
  const findings = accepted?.fresh ?? all;
  const validated: Validated = {
    findings,
    titles: Object.fromEntries(RULES.map(({ id, title }) => [id, title])),
    files,
    today,
    baseline: accepted,
    each: options.all ? Number.POSITIVE_INFINITY : EACH,
    most: options.maxFindings ?? Number.POSITIVE_INFINITY,
    command: [context.recctl, "validate", ...args.map(forShell)].join(" "),
  };
  const failed = findings.some(({ severity }) => severity === "error" || options.strict);
  // A hook that has nothing to look at is silent.
  const isIdle = options.staged === true && files === 0 && findings.length === 0;
  const summary = context.io.stdout.terminal || isIdle ? [] : findingNotes(validated);
  return {
    exit: failed ? EXIT.no : EXIT.ok,
    report: findingsReport(validated),
    notes: [...[...notes, ...wrote].map(forTerminalLine), ...summary],
  };
}

const nothing = (args: readonly string[], { cwd, recctl }: Context): UserError =>
  new UserError("no recording to validate", {
    place: args.length > 0 ? args.join(" ") : cwd,
    remedy: [`${recctl} ls`, "recctl validate --allow-empty"],
  });

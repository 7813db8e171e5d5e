import { type Command, InvalidArgumentError, Option } from "commander";
import { type Checks, checkTree, unreadable } from "../checks/check.ts";
import { RULES } from "../checks/index.ts";
import { RULE_NAMES } from "../checks/names.ts";
import type { Fact, Finding } from "../checks/rule.ts";
import { guessToday, SCHEME_IDS, type Today, todayFrom } from "../checks/today.ts";
import { EXIT, UserError } from "../errors.ts";
import { findingNotes, findingsReport, type Validated } from "../report/findings.ts";
import { isFresh, loadFacts, type StoredFact, saveFacts } from "../store/facts.ts";
import { cacheDir } from "../store/paths.ts";
import { forShell } from "../text/escape.ts";
import { type CheckedFiles, checkFiles } from "./checking.ts";
import type { Context, Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { progress } from "./progress.ts";
import { chooseFiles, type SelectionOptions, selectionOptions } from "./selection.ts";
import { settingsOf } from "./settings.ts";

interface ValidateOptions extends SelectionOptions {
  rule?: readonly string[];
  scheme?: string;
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
    ["recctl validate --rule name --all", "every name that today's recorder would not compute"],
    ["recctl validate --format github", "in a CI job: findings beside the lines of the change"],
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
    command.addOption(
      new Option("--scheme <id>", "the scheme that recorders use now").choices([...SCHEME_IDS, "auto"]),
    );
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
    const settings = await settingsOf(context);
    const { size, allow } = settings;
    const checks: Checks = {
      wanted: options.rule ?? null,
      severities: settings.rules,
      settings: { recctl: context.recctl, size, allow },
    };
    const chosen = await chooseFiles(args, options, context);
    if (chosen.targets.length === 0 && chosen.unreadable.length === 0 && !options.allowEmpty)
      throw nothing(args, context);
    const checked = await checkChosen(chosen.targets, checks, context);
    checked.findings.push(...chosen.unreadable.flatMap((folder) => unreadable(folder.path, folder, checks).findings));
    const facts = treeFacts(checked.facts, chosen.whole, context);
    const today = todayOf(options.scheme, settings, facts.known);
    const own = new Set(checked.facts.map(({ path }) => path));
    const findings = [...checked.findings, ...checkTree(facts.told, today, (path) => own.has(path), checks)];
    return outcome(findings, { files: chosen.targets.length, today, args, options, context });
  },
};

async function checkChosen(
  targets: Awaited<ReturnType<typeof chooseFiles>>["targets"],
  checks: Checks,
  context: Context,
): Promise<CheckedFiles> {
  const shown = progress(context.io, "checking");
  return checkFiles(targets, checks, (done) => shown.step(done, targets.length)).finally(shown.end);
}

type TreeFact = Fact & StoredFact;

/**
 * What rules of the tree look at: of a whole tree what was just read, which is kept; of some files, what is
 * remembered of those that ask the same. `known` is all that is known, for guessing today's scheme.
 */
function treeFacts(own: TreeFact[], whole: boolean, { io, cwd }: Context): { told: TreeFact[]; known: TreeFact[] } {
  const dir = cacheDir(io.env);
  const stored = loadFacts<TreeFact>(dir, { cwd });
  if (whole) {
    if (!sameFacts(own, stored)) saveFacts(dir, { cwd }, own);
    return { told: own, known: own };
  }
  const paths = new Set(own.map(({ path }) => path));
  const requests = new Set(own.map(({ request }) => request));
  const others = stored.filter(({ path }) => !paths.has(path));
  const related = others.filter(
    (fact) => fact.request !== null && requests.has(fact.request) && isFresh({ cwd }, fact),
  );
  return { told: [...own, ...related], known: [...own, ...others] };
}

const sameFacts = (a: readonly StoredFact[], b: readonly StoredFact[]): boolean =>
  a.length === b.length && a.every(({ path, stamp }, at) => path === b[at]?.path && stamp === b[at]?.stamp);

/** The scheme of today: what was asked for, else what is configured, else a guess. */
function todayOf(asked: string | undefined, { scheme }: { scheme: string }, facts: readonly Fact[]): Today {
  if (asked === undefined && scheme !== "auto") return todayFrom(scheme, "configuration", facts);
  return asked !== undefined && asked !== "auto" ? todayFrom(asked, "option", facts) : guessToday(facts);
}

interface Ran {
  files: number;
  today: Today;
  args: readonly string[];
  options: ValidateOptions;
  context: Context;
}

function outcome(findings: readonly Finding[], { files, today, args, options, context }: Ran) {
  const validated: Validated = {
    findings,
    titles: Object.fromEntries(RULES.map(({ id, title }) => [id, title])),
    files,
    today,
    baseline: null,
    each: options.all ? Number.POSITIVE_INFINITY : EACH,
    most: options.maxFindings ?? Number.POSITIVE_INFINITY,
    command: [context.recctl, "validate", ...args.map(forShell)].join(" "),
  };
  const failed = findings.some(({ severity }) => severity === "error" || options.strict);
  return {
    exit: failed ? EXIT.no : EXIT.ok,
    report: findingsReport(validated),
    notes: context.io.stdout.terminal ? [] : findingNotes(validated),
  };
}

const nothing = (args: readonly string[], { cwd, recctl }: Context): UserError =>
  new UserError("no recording to validate", {
    place: args.length > 0 ? args.join(" ") : cwd,
    remedy: [`${recctl} ls`, "recctl validate --allow-empty"],
  });

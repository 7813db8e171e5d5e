import { type Command, Option } from "commander";
import { EXIT, UsageError, UserError } from "../errors.ts";
import { type PrunedReport, pruneReport, pruneSummary } from "../report/prune.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import type { PlanRefusal } from "../usage/verdicts/index.ts";
import type { Context, Outcome, Verb } from "./command.ts";
import { recoverFirst, typedWith } from "./mending.ts";
import { outputOptions } from "./output.ts";
import { afterRemoval, applySaved, savePlan } from "./prune-saved.ts";
import { type Pruned, type PruneOptions, prunePlan } from "./pruning.ts";
import { digestsOf, remove } from "./removing.ts";
import { selectionOptions } from "./selection.ts";
import { mustBeSet, schemeOption } from "./today.ts";

export interface PruneCommand extends PruneOptions {
  apply?: boolean;
  check?: boolean;
  savePlan?: string;
  plan?: string;
  stage?: boolean;
  verdicts?: boolean;
  all?: boolean;
  allowEmpty?: boolean;
}

/** How many tests people see, and how many a hook tells. */
const EACH = 10;

const several = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export const prune: Verb<PruneCommand> = {
  examples: [
    ["recctl prune", "what no test uses any more: a plan, with reasons"],
    ["recctl prune --apply", "remove it; recctl undo brings it back"],
    ["pytest --collect-only -q | recctl prune --collected -", "by what pytest collects"],
    ["recctl prune --run run.log --run junit.xml", "by what a replay run did not ask for"],
    ["recctl prune --verdicts -t test_storm", "the verdict on each, and why"],
  ],
  exits: [
    [0, "nothing to remove, or removed with --apply"],
    [1, "there is something to remove"],
    [2, "wrong usage, or refused: nothing was removed"],
  ],
  define(command: Command) {
    command.description(
      "Finds recordings that no test uses, and removes them with --apply. Test sources are read by themselves: a recording goes " +
        "where its test file, class or function is gone. Collections and logs of runs tell more. What is in doubt stays.",
    );
    command.argument("[path...]", "folders, files or globs");
    const group = (name: string) => (flags: string, text: string, parse?: typeof several) => {
      const option = new Option(flags, text).helpGroup(name);
      command.addOption(parse ? option.argParser(parse) : option);
    };
    const evidence = group("Evidence (- is stdin; several are united):");
    evidence(
      "--collected <file>",
      "tests that pytest collects: --collect-only -q, -v, json-report, JUnit, ids",
      several,
    );
    evidence("--complete", "the collections have every test there is");
    evidence("--run <file>", "debug logs and outcomes of one or more replay runs", several);
    evidence("--unreachable", "a name that no run looks for is a reason, too");
    command.addOption(schemeOption().helpGroup("Evidence (- is stdin; several are united):"));
    evidence("--keep <pattern>", "keep these: a glob of paths, a test file, or a test id with *", several);
    const doing = group("What to do:");
    doing("--apply", "remove");
    doing("--stage", "take them out of git's index, too");
    doing("--check", "a line a test, for hooks");
    doing("--save-plan <file>", "write the plan to FILE");
    doing("--plan <file>", "with --apply: do what FILE says, unless a file has changed");
    doing("--allow-many", "more than half of a folder may go");
    doing("--allow-dirty", "what git does not have may go");
    doing("--allow-empty", "finding no recording at all is no failure");
    selectionOptions(command);
    outputOptions(command, ["text", "json", "ndjson", "github", "sarif", "junit"]);
    command.addOption(new Option("--verdicts", "every recording with its verdict and evidence").helpGroup("Output:"));
    command.addOption(new Option("--all", `every test; people see ${EACH}`).helpGroup("Output:"));
  },
  async run(args, options, context) {
    refuseContradictions(options, args);
    await recoverFirst(context);
    if (options.plan !== undefined) return applySaved(options.plan, options, context);
    const pruned = await prunePlan(args, options, context);
    if (pruned.judged.length === 0 && !options.allowEmpty) throw nothing(args, context);
    const { plan, today } = pruned;
    const names = plan.remove.some(({ verdict }) => verdict === "unreachable");
    if (options.apply && names && today) {
      mustBeSet(today, (scheme) => typedWith(["--scheme", scheme, "--apply"], context));
    }
    const going = plan.remove.map(({ candidate: { path, place, testId } }) => ({ path, place, testId }));
    const digests = await digestsOf(going, context);
    const refused = plan.refusals.length > 0;
    if (options.savePlan !== undefined && !refused) savePlan(options.savePlan, plan.remove, digests, context);
    const applied =
      options.apply && !refused
        ? await remove(
            going.map((one, at) => ({ ...one, before: digests[at] as string })),
            options.stage === true,
            context,
          )
        : null;
    return outcome(pruned, applied?.id ?? null, options, context);
  },
};

function refuseContradictions(options: PruneCommand, args: readonly string[]): void {
  const { apply, check, plan, savePlan: save, stage } = options;
  if (check && (apply || save !== undefined))
    throw new UsageError("--check only looks: leave --apply and --save-plan out");
  if (stage && !apply) throw new UsageError("--stage goes with --apply");
  if (plan === undefined) return;
  const remedy = `recctl prune --apply --plan ${forShell(plan)}`;
  if (!apply) throw new UsageError("--plan goes with --apply", { remedy });
  const others = (["collected", "run", "keep", "complete", "unreachable", "savePlan", "allowMany"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (others.length > 0 || args.length > 0) {
    throw new UsageError("the plan says what goes: give it alone", { remedy });
  }
}

function outcome(pruned: Pruned, applied: string | null, options: PruneCommand, context: Context): Outcome {
  const { judged, plan, notes } = pruned;
  const report: PrunedReport = {
    judged,
    plan,
    applied,
    after: afterwards(pruned, applied, options, context),
    each: options.all ? Number.POSITIVE_INFINITY : EACH,
    verdicts: options.verdicts === true,
    terse: options.check === true,
  };
  const refused = plan.refusals.length > 0;
  const exit = refused ? EXIT.failed : plan.count > 0 && applied === null ? EXIT.no : EXIT.ok;
  const told = [...notes, ...summaryOf(report, options, context), ...plan.refusals.flatMap(refusalLines)];
  return { exit, report: pruneReport(report), notes: told.map(forTerminalLine) };
}

/** What stands on stderr, where the report does not say it itself. A hook that has nothing to say is silent. */
function summaryOf(report: PrunedReport, { check }: PruneCommand, { io }: Context): string[] {
  if (check) return report.plan.count === 0 ? [] : [...pruneSummary(report).slice(0, 1), ...report.after];
  return io.stdout.terminal ? [] : [...pruneSummary(report), ...report.after];
}

function afterwards({ plan }: Pruned, applied: string | null, options: PruneCommand, context: Context): string[] {
  if (plan.refusals.length > 0 || plan.count === 0) return [];
  if (applied !== null) return afterRemoval(applied, options.stage === true, context);
  const { savePlan: file } = options;
  if (file !== undefined) {
    return [`the plan is in ${file}; to do it:`, `  ${context.recctl} prune --apply --plan ${forShell(file)}`];
  }
  if (options.check)
    return ["to see why, and to do it:", `  ${context.recctl} prune`, `  ${context.recctl} prune --apply`];
  return ["nothing is removed yet; to do it:", `  ${typedWith(["--apply"], context)}`];
}

function refusalLines(refusal: PlanRefusal): string[] {
  return [...linesOf(refusal)];
}

function* linesOf({ fact, places, remedy }: PlanRefusal): Generator<string> {
  yield `refused: ${fact}`;
  for (const [at, place] of places.slice(0, EACH).entries()) yield `  ${at === 0 ? "in " : "   "}  ${place}`;
  if (places.length > EACH) yield `       and ${places.length - EACH} more`;
  for (const [at, line] of remedy.entries()) yield `  ${at === 0 ? "try" : "   "}  ${line}`;
}

const nothing = (args: readonly string[], { cwd, recctl }: Context): UserError =>
  new UserError("no recording to judge", {
    place: args.length > 0 ? args.join(" ") : cwd,
    remedy: [`${recctl} ls`, "recctl prune --allow-empty"],
  });

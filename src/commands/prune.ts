import { type Command, Option } from "commander";
import { EXIT, UsageError, UserError } from "../errors.ts";
import { undisturbed } from "../store/transaction/recover.ts";
import { forShell } from "../text/escape.ts";
import type { Context, Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { portsOf } from "./ports.ts";
import { EACH, look, type PruneOptions } from "./prune-look.ts";
import type { Pruned } from "./pruning.ts";
import { recoverFirst, refuseHalfDone } from "./recovering.ts";
import { isFiltered, selectionOptions } from "./selection.ts";
import { mustBeSet, schemeOption } from "./today.ts";
import { typedWith } from "./typed.ts";

export interface PruneCommand extends PruneOptions {
  check?: boolean;
  savePlan?: string;
  plan?: string;
  stage?: boolean;
  verdicts?: boolean;
  all?: boolean;
  allowEmpty?: boolean;
  format?: string;
  json?: boolean;
  ndjson?: boolean;
}

const isText = ({ format, json, ndjson }: PruneCommand): boolean => format === "text" && !json && !ndjson;

const several = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export const prune: Verb<PruneCommand> = {
  examples: [
    ["recctl prune", "what no test uses, and why"],
    ["recctl prune --apply", "remove it; undo brings it back"],
    ["recctl prune --collected ids.txt", "by what pytest collects"],
    ["recctl prune --run run.log --run r.xml", "by what a replay did not need"],
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
    evidence("--complete", "collections have every test, a run recorded all anew");
    evidence("--run <file>", "debug logs, journals and outcomes of one or more replay runs", several);
    evidence("--superseded-by <run>", "a folder that a run wrote, or the revision before it; wants --complete");
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
    command.addOption(new Option("--all", `every test; people see those of ${EACH} files`).helpGroup("Output:"));
  },
  async run(args, options, context) {
    refuseContradictions(options, args);
    if (options.check) await refuseHalfDone(context);
    else await recoverFirst(context);
    if (options.plan !== undefined) {
      return (await import("./prune-saved.ts")).applySaved(options.plan, options, context);
    }
    const planned = await undisturbed(portsOf(context), () => plannedBy(args, options, context));
    if (planned === null) return { exit: EXIT.ok };
    const { pruned, digests } = planned;
    const { plan, today } = pruned;
    if (options.apply && today && plan.remove.some(({ verdict }) => verdict === "unreachable")) {
      mustBeSet(today, (scheme) => typedWith(["--scheme", scheme, "--apply"], context));
    }
    const isAny = plan.count > 0 || options.savePlan !== undefined;
    const apply = isAny ? await import("./prune-apply.ts") : null;
    const applied = (await apply?.carryOut(plan, digests, options, context)) ?? null;
    return (await import("./prune-outcome.ts")).outcomeOf(pruned, applied, options, context);
  },
};

/**
 * A plan, and the SHA-256 of each file that it would remove. Null where nothing but that is asked and nothing is to go: a hook
 * that finds nothing is silent, and waits for nothing else.
 */
async function plannedBy(
  args: readonly string[],
  options: PruneCommand,
  context: Context,
): Promise<{ pruned: Pruned; digests: string[] } | null> {
  const looked = await look(args, options, context);
  if (looked.count === 0 && !options.allowEmpty) throw nothing(args, context);
  if (options.check && isText(options) && !looked.isAnyAgainst) return null;
  const pruned = await (await import("./pruning.ts")).prunePlan(looked, options, context);
  const { remove } = pruned.plan;
  const going = remove.map(({ candidate: { path, place, testId } }) => ({ path, place, testId }));
  const digests = going.length > 0 ? await (await import("./removing.ts")).digestsOf(going, context) : [];
  return { pruned, digests };
}

function refuseContradictions(options: PruneCommand, args: readonly string[]): void {
  const { apply, check, plan, savePlan: save, stage } = options;
  if (check && (apply || save !== undefined))
    throw new UsageError("--check only looks: leave --apply and --save-plan out");
  if (save === "-")
    throw new UsageError("a plan is saved to a file: - is stdin", { remedy: "recctl prune --save-plan plan.json" });
  if (stage && !apply) throw new UsageError("--stage goes with --apply", { remedy: "recctl prune --apply --stage" });
  if (plan === undefined) return;
  const remedy = `recctl prune --apply --plan ${forShell(plan)}`;
  if (!apply) throw new UsageError("--plan goes with --apply", { remedy });
  const others = (
    ["collected", "run", "supersededBy", "keep", "complete", "unreachable", "savePlan", "allowMany"] as const
  ).filter((name) => options[name] !== undefined);
  if (others.length > 0 || args.length > 0 || isFiltered(options)) {
    throw new UsageError("the plan says what goes: give it alone", { remedy });
  }
}

const nothing = (args: readonly string[], { cwd, recctl }: Context): UserError =>
  new UserError("no recording to judge", {
    place: args.length > 0 ? args.join(" ") : cwd,
    remedy: [`${recctl} ls`, "recctl prune --allow-empty"],
  });

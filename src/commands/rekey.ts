import { type Command, Option } from "commander";
import type { Rename } from "../checks/explain/reading.ts";
import { explain } from "../checks/explain.ts";
import { EXIT } from "../errors.ts";
import { rekeyed } from "../mend/rekey.ts";
import { planReport, planSummary } from "../report/plan.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Verb } from "./command.ts";
import { applyPlan, neighboursOf, planFor } from "./mending.ts";
import { outputOptions } from "./output.ts";
import { recoverFirst } from "./recovering.ts";
import { renameOption } from "./rename.ts";
import { chooseFiles, type SelectionOptions, selectionOptions } from "./selection.ts";
import { mustBeSet, schemeOption } from "./today.ts";
import { todayFor } from "./today-for.ts";
import { typedWith } from "./typed.ts";

interface RekeyCommand extends SelectionOptions {
  scheme?: string;
  rename?: readonly Rename[];
  testId?: string;
  apply?: boolean;
  all?: boolean;
}

/** How many files of each sort people see. */
const EACH = 5;

export const rekey: Verb<RekeyCommand> = {
  examples: [
    ["recctl rekey", "what would be called otherwise today"],
    ["recctl rekey --scheme 2026-06-17 --apply", "give them those names"],
    ["recctl rekey --rename llama_stack=ogx", "after a search-and-replace"],
  ],
  exits: [
    [0, "nothing to rename but what is left alone, or done with --apply"],
    [1, "there are names to change"],
    [2, "wrong usage, or refused: nothing was changed"],
  ],
  define(command: Command) {
    command.description(
      "Gives recordings their name under today's scheme. It shows a plan; --apply does it and wants to be told the scheme, " +
        "here or in the configuration; recctl undo takes it back. " +
        "A recording is renamed only where its present name verifies under a scheme that is known, and never moved to " +
        "another folder. The rec- ids inside follow; nothing else in a file changes.",
    );
    command.argument("[path...]", "folders, files or globs");
    command.addOption(new Option("--apply", "do it"));
    command.addOption(schemeOption());
    command.addOption(renameOption("names that are right with NEW put back to OLD are renamed, too"));
    command.addOption(new Option("--test-id <id>", "the test of recordings that have none (the layout until 2025-10)"));
    selectionOptions(command);
    outputOptions(command, ["text", "json", "ndjson"]);
    command.addOption(new Option("--all", `every file; people see ${EACH} of a sort`).helpGroup("Output:"));
  },
  async run(args, options, context) {
    await recoverFirst(context);
    const chosen = await chooseFiles(args, options, context);
    const { targets } = chosen;
    const today = await todayFor(targets, options.scheme, context);
    const command = (scheme: string): string => typedWith(["--scheme", scheme, "--apply"], context);
    if (options.apply) mustBeSet(today, command);
    const renames = options.rename ?? [];
    const plan = await planFor(
      targets,
      (subject) =>
        rekeyed(subject, {
          today,
          ...(options.testId === undefined ? {} : { testId: options.testId }),
          renamed: (one) =>
            renames.length > 0 && explain(one, { testIds: [], renames, revisions: [] }).reading === "rename",
        }),
      context,
      await neighboursOf(chosen, context),
    );
    const applied = options.apply ? await applyPlan(plan, "rekey", context) : null;
    const planned = {
      plan,
      files: targets.length,
      applied: applied?.id ?? null,
      next: applied?.id
        ? `${context.recctl} undo`
        : today.from === "auto"
          ? command(today.date)
          : typedWith(["--apply"], context),
      each: options.all ? Number.POSITIVE_INFINITY : EACH,
      more: { scheme: { id: today.date, from: today.from, why: today.why } },
    };
    const notes = [`scheme ${today.date}: ${today.why}`];
    if (!context.io.stdout.terminal) notes.unshift(...planSummary(planned));
    return {
      exit: plan.steps.length > 0 && !options.apply ? EXIT.no : EXIT.ok,
      report: planReport(planned),
      notes: notes.map(forTerminalLine),
    };
  },
};

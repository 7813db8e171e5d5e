import { EXIT } from "../errors.ts";
import { afterRemoval, type PrunedReport, pruneReport, pruneSummary } from "../report/prune.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import type { Judged, PlanRefusal } from "../usage/verdicts/index.ts";
import type { Context, Outcome } from "./command.ts";
import type { PruneCommand } from "./prune.ts";
import { EACH } from "./prune-look.ts";
import type { Pruned } from "./pruning.ts";
import { typedWith } from "./typed.ts";

/** What is told of a plan, and of what became of it. @param applied the id of the transaction; null where nothing was removed */
export function outcomeOf(pruned: Pruned, applied: string | null, options: PruneCommand, context: Context): Outcome {
  const { judged, plan, notes } = pruned;
  const report: PrunedReport = {
    judged,
    plan,
    applied,
    after: afterwards(pruned, applied, options, context),
    each: options.all ? Number.POSITIVE_INFINITY : EACH,
    verdicts: options.verdicts === true,
    terse: options.check === true,
    doIt: withoutCheck(["--apply"], options, context),
  };
  const refused = plan.refusals.length > 0;
  const exit = refused ? EXIT.failed : plan.count > 0 && applied === null ? EXIT.no : EXIT.ok;
  const told = [
    ...notes,
    ...summaryOf(report, options, context),
    ...plan.refusals.flatMap((refusal) => [...refusalLines(refusal)]),
  ];
  return { exit, report: pruneReport(report), notes: told.map(forTerminalLine) };
}

/** What stands on stderr, where the report does not say it itself. A hook that has nothing to say is silent. */
function summaryOf(report: PrunedReport, { check }: PruneCommand, { io }: Context): string[] {
  if (check) return report.plan.count === 0 ? [] : [...pruneSummary(report).slice(0, 1), ...report.after];
  return io.stdout.terminal ? [] : [...pruneSummary(report), ...report.after];
}

function afterwards(pruned: Pruned, applied: string | null, options: PruneCommand, context: Context): string[] {
  const { plan } = pruned;
  if (plan.refusals.length > 0) return [];
  if (plan.count === 0) return moreEvidence(pruned, options, context);
  if (applied !== null) return afterRemoval(options.stage === true, context.recctl);
  const { savePlan: file } = options;
  if (file !== undefined) {
    return [`the plan is in ${file}; to do it:`, `  ${context.recctl} prune --apply --plan ${forShell(file)}`];
  }
  const typed = withoutCheck(options.check ? ["--apply", "--stage"] : ["--apply"], options, context);
  if (!options.check) return ["nothing is removed yet; to do it:", `  ${typed}`];
  return ["to see why, and to do it:", `  ${withoutCheck([], options, context)}`, `  ${typed}`];
}

/** What would tell more, where sources alone were looked at and leave something in doubt. */
function moreEvidence({ judged }: Pruned, { collected, run }: PruneCommand, context: Context): string[] {
  const isInDoubt = ({ verdict, evidence }: Judged): boolean =>
    verdict === "unknown" && evidence.some(({ source }) => source === "sources");
  if (collected || run || !judged.some(isInDoubt)) return [];
  const typed = typedWith(["--collected", "ids.txt"], context, ["--format", "--json", "--ndjson"]);
  return ["what pytest collects tells more:", "  pytest --collect-only -q > ids.txt", `  ${typed}`];
}

/** The same command, for people; what came from stdin is not there any more. */
function withoutCheck(more: readonly string[], { collected = [], run = [] }: PruneCommand, context: Context): string {
  if ([...collected, ...run].includes("-")) return ["the same command", ...more].join(" with ");
  return typedWith(more, context, ["--apply", "--check", "--allow-empty", "--format", "--json", "--ndjson"]);
}

function* refusalLines({ fact, places, remedy }: PlanRefusal): Generator<string> {
  yield `refused: ${fact}`;
  for (const [at, place] of places.slice(0, EACH).entries()) yield `  ${at === 0 ? "in " : "   "}  ${place}`;
  if (places.length > EACH) yield `       and ${places.length - EACH} more`;
  for (const [at, line] of remedy.entries()) yield `  ${at === 0 ? "try" : "   "}  ${line}`;
}

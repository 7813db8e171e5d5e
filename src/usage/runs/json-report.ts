import { isJsonReport, readJsonReport } from "../json-report.ts";
import { Refused } from "../refusal.ts";
import { distinctMisses, missesIn } from "./misses.ts";
import { addOutcome, NOTHING, type Outcome, type Run } from "./run.ts";

export { isJsonReport };

const OUTCOMES = new Set<string>(["passed", "failed", "error", "skipped", "xfailed", "xpassed"]);

/** pytest-json-report of a run. */
export function readReport(text: string): Run {
  const report = readJsonReport(text);
  if (report.tests.length === 0) throw new Refused("a report of no run: it has no outcomes of tests");
  const outcomes = new Map<string, Outcome>();
  for (const { nodeid, outcome } of report.tests) {
    // Words of plugins (rerun) are no outcome that anything could rest on.
    addOutcome(outcomes, nodeid, OUTCOMES.has(outcome) ? (outcome as Outcome) : "error");
  }
  const { collected, deselected, exitcode, created, duration } = report;
  return {
    ...NOTHING,
    forms: new Set(["json-report"]),
    outcomes,
    misses: distinctMisses(
      report.tests.flatMap(({ nodeid, messages, output }) =>
        // What a client of a server crashes with may not say it, and its output does.
        [...messages, ...output].flatMap((text) => missesIn(text, nodeid)),
      ),
    ),
    complete:
      (exitcode === null || exitcode === 0 || exitcode === 1) &&
      (collected === null || outcomes.size >= collected - deselected),
    oldest: created === null || duration === null ? null : created - duration,
    newest: created,
  };
}

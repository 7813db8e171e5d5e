import type { Finding } from "../checks/rule.ts";
import { bytesText, countText } from "../text/bytes.ts";
import type { Group, PrunePlan, Sum } from "../usage/verdicts/index.ts";
import type { FindingsDocument } from "./report.ts";

/** What each verdict that removes looks for, by the names that CI shows. */
const TITLES: Readonly<Record<string, string>> = {
  "prune/test-gone": "the test of a recording is gone",
  "prune/not-collected": "the test of a recording is not collected",
  "prune/not-hit": "the test of a recording ran, passed, and did without it",
  "prune/superseded": "a run recorded another one in the place of a recording",
  "prune/unreachable": "no run looks for the name of a recording",
};

/** What is to go, as CI shows it: a finding a test. @param doIt the command that removes it */
export const pruneFindings = ({ groups }: PrunePlan, doIt: string): FindingsDocument => ({
  by: { command: "prune", none: "every recording stays" },
  findings: groups.map((group) => findingOf(group, doIt)),
  titles: TITLES,
});

const findingOf = (group: Group, doIt: string): Finding => ({
  rule: `prune/${group.verdict.replaceAll(" ", "-")}`,
  severity: "error",
  path: group.remove[0]?.candidate.path as string,
  line: 1,
  column: 1,
  at: "",
  message: `${sizeText(group)} of ${group.test} ${group.remove.length === 1 ? "has" : "have"} no use: ${reasonOf(group)}`,
  remedy: doIt,
  paths: group.remove.map(({ candidate }) => candidate.path),
});

/** The first thing that speaks against a test's recordings, and how many ids more have their own. */
export function reasonOf({ remove, ids }: Group): string {
  const says = remove[0]?.evidence.find(({ speaks }) => speaks === "against")?.says ?? "";
  return ids > 1 && says.includes("[") ? `${says} (and ${countText(ids - 1, "id")} more)` : says;
}

export const sizeText = ({ count, bytes }: Sum): string => `${countText(count, "recording")} (${bytesText(bytes)})`;

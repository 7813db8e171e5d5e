import type { Finding } from "../checks/rule.ts";
import type { Today } from "../checks/today.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { causeTexts, type FindingGroup, groupsOf } from "./finding-groups.ts";
import { groupLines, indented, moreTexts } from "./findings-screen.ts";
import type { Report } from "./report.ts";

/** What `validate` found. */
export interface Validated {
  /** Those that are new, where there is a baseline. */
  findings: readonly Finding[];
  /** What each rule looks for, by its id. */
  titles: Readonly<Record<string, string>>;
  /** How many files were looked at. */
  files: number;
  today: Today;
  /** How many findings the baseline accepts, and how many of its entries nothing needs; null without one. */
  baseline: { accepted: number; stale: number } | null;
  /** How many findings of each rule people see. */
  each: number;
  /** How many findings are written at most, in every format. */
  most: number;
  /** How the command is begun that shows more, up to its options. */
  command: string;
}

export function findingsReport(validated: Validated): Report {
  const groups = groupsOf(validated.findings);
  const findings = groups.flatMap((group) => group.findings).slice(0, validated.most);
  return {
    document: () => ({
      findings: findings.map(findingJson),
      summary: summaryOf(validated, groups),
      scheme: schemeJson(validated.today),
    }),
    items: () => findings.map(findingJson),
    findings: () => ({
      by: { command: "validate", none: "all recordings are sound" },
      findings,
      titles: validated.titles,
    }),
    *text(screen) {
      let left = validated.most;
      for (const group of groups) {
        const shown = group.findings.slice(0, Math.min(validated.each, left));
        left -= shown.length;
        if (screen.terminal) yield* groupLines(group, shown, validated, screen);
        else for (const finding of shown) yield tsvLine(row(finding));
      }
      if (!screen.terminal) return;
      for (const line of [...tallies(groups), ...summaryLines(validated, groups)]) {
        yield* indented(line, 0, screen.columns);
      }
    },
  };
}

/** What is told on stderr where findings go to a pipe: causes, and what was not shown. */
export function findingNotes(validated: Validated): string[] {
  const groups = groupsOf(validated.findings);
  const heads = groups.flatMap((group) => [headText(group), ...causeTexts(group), ...moreTexts(group, validated)]);
  return [...heads, ...summaryLines(validated, groups)].map(forTerminalLine);
}

const row = ({ path, line, column, severity, rule, message }: Finding): string[] => [
  `${path}:${line}:${column}`,
  severity,
  rule,
  message,
];

const findingJson = ({ rule, severity, path, line, column, at, message, remedy, cause, paths }: Finding): Jsonable => ({
  rule,
  severity,
  path,
  line,
  column,
  at: at === "" ? null : at,
  message,
  remedy: remedy ?? null,
  cause: cause ?? null,
  paths: paths ?? [path],
});

const schemeJson = ({ date, from, why, counts }: Today): Jsonable => ({
  id: date,
  from,
  why,
  verify_under: Object.fromEntries([...counts].map(([scheme, count]) => [scheme ?? "none", count])),
});

function summaryOf({ files, baseline }: Validated, groups: readonly FindingGroup[]): Jsonable {
  return {
    files,
    errors: countOf(groups, "error"),
    warnings: countOf(groups, "warning"),
    accepted: baseline?.accepted ?? 0,
    by_rule: Object.fromEntries(groups.map(({ rule, findings }) => [rule, findings.length])),
  };
}

const countOf = (groups: readonly FindingGroup[], severity: Finding["severity"]): number =>
  groups.reduce((sum, group) => sum + (group.severity === severity ? group.findings.length : 0), 0);

/** The group's name, its weight, and what it says of all its findings. */
const headText = ({ severity, rule, findings }: FindingGroup): string =>
  `${severity} ${rule}: ${countText(findings.length, "finding")}`;

/** The rules with their counts once more, where the first of them have scrolled away. */
function tallies(groups: readonly FindingGroup[]): string[] {
  if (groups.length <= 3) return [];
  return (["error", "warning"] as const).flatMap((severity) => {
    const own = groups.filter((group) => group.severity === severity);
    const counted = own.map(({ rule, findings }) => `${rule} ${findings.length.toLocaleString("en-US")}`);
    return counted.length > 0 ? [`${severity}s: ${counted.join(", ")}`] : [];
  });
}

function summaryLines(validated: Validated, groups: readonly FindingGroup[]): string[] {
  const { files, today, baseline } = validated;
  const errors = countOf(groups, "error");
  const warnings = countOf(groups, "warning");
  const parts = [countText(files, "file")];
  if (errors > 0) parts.push(countText(errors, "error"));
  if (warnings > 0) parts.push(countText(warnings, "warning"));
  if (errors + warnings === 0) parts.push(baseline ? "nothing new" : "nothing found");
  if (baseline) parts.push(`${baseline.accepted.toLocaleString("en-US")} accepted by the baseline`);
  const stale =
    baseline && baseline.stale > 0 ? [`${baseline.stale} of the baseline's entries are mended: write it anew`] : [];
  return [parts.join(" · "), `scheme ${today.date}: ${today.why}`, ...stale];
}

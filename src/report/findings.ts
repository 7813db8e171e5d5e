import type { Finding } from "../checks/rule.ts";
import type { Today } from "../checks/today.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { wrapLines } from "../text/wrap.ts";
import { type FindingGroup, groupsOf } from "./finding-groups.ts";
import type { Report, Screen } from "./report.ts";

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
    findings: () => ({ findings, titles: validated.titles }),
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

/** How many findings have which cause; those that tell none are one kind more. */
function causeTexts({ causes, findings }: FindingGroup): string[] {
  const others = findings.length - causes.reduce((sum, { count }) => sum + count, 0);
  const all = others > 0 && causes.length > 0 ? [...causes, { cause: "something else", count: others }] : causes;
  return all.length < 2 ? [] : all.map(({ cause, count }) => `  ${String(count).padStart(6)}  ${cause}`);
}

function moreTexts({ rule, findings }: FindingGroup, { each, command }: Validated): string[] {
  const more = findings.length - each;
  return more > 0 ? [`  and ${more.toLocaleString("en-US")} more: ${command} --rule ${rule} --all`] : [];
}

function* groupLines(
  group: FindingGroup,
  shown: readonly Finding[],
  validated: Validated,
  screen: Screen,
): Generator<string> {
  const { columns, paint } = screen;
  const { severity, rule, findings } = group;
  const look = severity === "error" ? "bad" : "warn";
  const title = validated.titles[rule.split("/")[0] as string] ?? "";
  const head = `${severity} ${rule} ${countText(findings.length, "finding")}`;
  const painted = `${paint(look, severity)} ${paint("heading", rule)} ${countText(findings.length, "finding")}`;
  const beside = head.length + 2 + title.length <= columns;
  yield title !== "" && beside ? `${painted}  ${paint("faint", title)}` : painted;
  if (!beside) for (const line of indented(title, 2, columns)) yield paint("faint", line);
  for (const text of causeTexts(group)) yield* wrapLines(forTerminalLine(text), columns);
  const [first] = findings as readonly [Finding];
  const alike = findings.every(({ message }) => message === first.message);
  if (alike) yield* indented(first.message, 2, columns);
  for (const finding of shown) {
    const { path, line, column, message } = finding;
    yield paint("id", `  ${forTerminalLine(`${path}:${line}:${column}`)}`);
    if (!alike) yield* indented(message, 6, columns);
    yield* otherPaths(finding);
  }
  for (const text of moreTexts(group, validated)) yield* wrapLines(forTerminalLine(text), columns);
  const same = findings.every(({ remedy }) => remedy === first.remedy);
  if (first.remedy) yield* remedyLines(first.remedy, same ? "try" : "try, for the first,", screen);
  yield "";
}

/** What to do in words, and behind a colon the command to type: alone on its line, for then it is pasted whole. */
function* remedyLines(remedy: string, label: string, { columns, paint }: Screen): Generator<string> {
  const command = /(?:^|: )((?:recctl|git|mv) .*)$/s.exec(remedy)?.[1] ?? "";
  const words = remedy.slice(0, remedy.length - command.length).trimEnd();
  const [first = "", ...rest] = words === "" ? [] : indented(`${label}  ${words}`, 2, columns);
  if (words === "") yield `  ${paint("faint", label)}  ${forTerminalLine(command)}`;
  else {
    yield `  ${paint("faint", label)}${first.slice(2 + label.length)}`;
    yield* rest;
    if (command !== "") yield `      ${forTerminalLine(command)}`;
  }
}

/** How many of the other files that a finding is about people see. */
const OTHERS = 3;

function* otherPaths({ path, paths = [] }: Finding): Generator<string> {
  const others = paths.filter((other) => other !== path);
  for (const other of others.slice(0, OTHERS)) yield `      ${forTerminalLine(other)}`;
  if (others.length > OTHERS) yield `      and ${countText(others.length - OTHERS, "more file")}`;
}

/** The rules with their counts once more, where the first of them have scrolled away. */
function tallies(groups: readonly FindingGroup[]): string[] {
  if (groups.length <= 3) return [];
  return (["error", "warning"] as const).flatMap((severity) => {
    const own = groups.filter((group) => group.severity === severity);
    const counted = own.map(({ rule, findings }) => `${rule} ${findings.length.toLocaleString("en-US")}`);
    return counted.length > 0 ? [`${severity}s: ${counted.join(", ")}`] : [];
  });
}

const indented = (text: string, by: number, columns: number): string[] =>
  wrapLines(forTerminalLine(text), columns - by).map((line) => (" ".repeat(by) + line).trimEnd());

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

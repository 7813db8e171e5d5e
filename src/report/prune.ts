import type { Jsonable } from "../recording/json/write.ts";
import { bytesText, countText, numberText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { squeeze } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import { type Group, type Judged, type PrunePlan, REMOVES, type Sum, type Verdict } from "../usage/verdicts/index.ts";
import { pruneFindings, reasonOf, sizeText } from "./prune-findings.ts";
import type { Report, Screen } from "./report.ts";

/** Verdicts, the plan that follows from them, and what became of it. */
export interface PrunedReport {
  judged: readonly Judged[];
  plan: PrunePlan;
  /** The id of the transaction that did it; null: nothing was removed. */
  applied: string | null;
  /** What to know and to type next, a line each. */
  after: readonly string[];
  /** How many tests people see. */
  each: number;
  /** The command that removes what is to go. */
  doIt: string;
  /** Every recording with its verdict, instead of what goes alone. */
  verdicts: boolean;
  /** A line a test and no more: for hooks. */
  terse: boolean;
  /** More for machines, by name. */
  more?: Readonly<Record<string, Jsonable>>;
}

export function pruneReport(pruned: PrunedReport): Report {
  const { judged, plan, applied, more } = pruned;
  return {
    document: () => ({
      verdicts: judged.map(verdictJson),
      plan: { remove: plan.remove.map(({ candidate }) => candidate.path), bytes: plan.bytes },
      summary: { ...summaryOf(pruned), applied },
      ...more,
    }),
    items: () => judged.map(verdictJson),
    findings: () => pruneFindings(plan, pruned.doIt),
    *text(screen) {
      // What hooks write goes to people, though by way of a pipe.
      if (pruned.terse) for (const line of terseLines(pruned)) yield forTerminalLine(line);
      else if (!screen.terminal) yield* rows(pruned);
      else {
        if (pruned.verdicts) yield* verdictLines(judged, screen);
        else yield* planLines(pruned, screen);
        for (const line of pruneSummary(pruned)) yield* indented(line, 0, screen);
        // Commands are lines of their own, never broken: they are pasted.
        yield* pruned.after;
      }
    },
  };
}

const verdictJson = ({ candidate, verdict, evidence, because }: Judged): Jsonable => ({
  path: candidate.path,
  verdict,
  evidence: evidence.map(({ source, speaks, says }) => ({ source, speaks, says })),
  because,
  test_id: candidate.testId,
  bytes: candidate.bytes,
});

function summaryOf({ judged, plan }: PrunedReport) {
  return {
    files: judged.length,
    remove: plan.count,
    bytes: plan.bytes,
    by_verdict: Object.fromEntries([...plan.byVerdict].map(([verdict, { count }]) => [verdict, count])),
    rekeyable: plan.rekeyable,
    refused: plan.refusals.map(({ fact, places }) => ({ fact, places: [...places] })),
  };
}

/** What a pipe gets: a row a recording. */
function* rows({ judged, plan, verdicts }: PrunedReport): Generator<string> {
  for (const { candidate, verdict, evidence } of verdicts ? judged : plan.remove) {
    const says = evidence.map((one) => one.says).join("; ");
    yield tsvLine([candidate.path, verdict, String(candidate.bytes), candidate.testId ?? "", says]);
  }
}

/** Tests of one file that go for the same sort of reason. */
interface Section extends Sum {
  verdict: Verdict;
  file: string;
  groups: readonly Group[];
}

/** By file and verdict, the largest first. */
function sectionsOf(groups: readonly Group[]): Section[] {
  const sections = new Map<string, Section>();
  for (const group of groups) {
    const { verdict } = group;
    const file = fileOf(group.test);
    const key = `${verdict} ${file}`;
    const known = sections.get(key) ?? { verdict, file, count: 0, bytes: 0, groups: [] };
    sections.set(key, {
      ...known,
      count: known.count + group.count,
      bytes: known.bytes + group.bytes,
      groups: [...known.groups, group],
    });
  }
  return [...sections.values()].sort((a, b) => b.bytes - a.bytes);
}

const fileOf = (test: string): string => test.split("::", 1)[0] as string;
/** A reason beneath the name of its file. */
const shortly = (reason: string, file: string): string =>
  reason.startsWith(`${file} `) ? reason.slice(file.length + 1) : reason;
const below = (test: string, file: string): string => test.slice(file.length).replace(/^::/, "") || test;

function* terseLines({ plan, each }: PrunedReport): Generator<string> {
  const sections = sectionsOf(plan.groups);
  for (const section of sections.slice(0, each)) {
    const { verdict, file, groups } = section;
    const [first] = groups as [Group];
    const tests = groups.length === 1 ? first.test : `${countText(groups.length, "test")} of ${file}`;
    yield `${verdict}: ${sizeText(section)} of ${tests}`;
  }
  if (sections.length > each) yield `and of ${countText(sections.length - each, "file")} more`;
}

/** How many tests of a file people see. */
const OF_EACH = 8;

function* planLines({ plan, each }: PrunedReport, screen: Screen): Generator<string> {
  const sections = sectionsOf(plan.groups);
  for (const section of sections.slice(0, each)) {
    const { verdict, file, groups } = section;
    const most = each === Number.POSITIVE_INFINITY ? each : OF_EACH;
    const head = `${screen.paint("bad", verdict)}  ${forTerminalLine(file)}  ${sizeText(section)}`;
    yield* indented(screen.paint("heading", head), 0, screen);
    const reasons = new Set(groups.map(reasonOf));
    if (reasons.size === 1) yield* faint(reasonOf(groups[0] as Group), 2, screen);
    const wide = Math.max(...groups.map(({ count }) => String(count).length));
    for (const group of groups.slice(0, most)) {
      const { test, count, bytes } = group;
      const size = `${String(count).padStart(wide)}  ${bytesText(bytes).padStart(6)}`;
      yield* indented(`${size}  ${squeeze(forTerminalLine(below(test, file)), 3 * screen.columns)}`, 4, screen);
      const reason = reasonOf(group);
      if (reasons.size > 1) yield* faint(shortly(reason, file), 4 + size.length + 2, screen);
    }
    if (groups.length > most) yield `    and ${countText(groups.length - most, "test")} more (--all)`;
  }
  if (sections.length > each) yield `and tests of ${countText(sections.length - each, "file")} more (--all)`;
}

function* faint(text: string, by: number, screen: Screen): Generator<string> {
  for (const line of indented(forTerminalLine(text), by, screen)) yield screen.paint("faint", line);
}

function* verdictLines(judged: readonly Judged[], screen: Screen): Generator<string> {
  for (const { candidate, verdict, evidence, because } of judged) {
    const { path, testId } = candidate;
    const look = REMOVES.has(verdict) ? "bad" : verdict === "unknown" ? "warn" : "good";
    yield* indented(`${screen.paint(look, verdict)}  ${forTerminalLine(path)}`, 0, screen);
    if (testId !== null) yield* indented(forTerminalLine(testId), 2, screen);
    for (const { says } of evidence) yield* indented(forTerminalLine(says), 4, screen);
    yield* indented(screen.paint("faint", forTerminalLine(because)), 4, screen);
  }
}

function* indented(text: string, by: number, { columns }: Screen): Generator<string> {
  for (const [at, line] of wrapLines(text, columns - by - 2).entries()) yield " ".repeat(at === 0 ? by : by + 2) + line;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  used: "used",
  shared: "shared",
  kept: "kept",
  "not covered": "not covered by the collections",
  unknown: "unknown",
  "test gone": "of tests that are gone",
  "not collected": "not collected",
  "not hit": "not hit",
  superseded: "superseded",
  unreachable: "unreachable",
};

/** What it adds up to: for people on a terminal behind the plan, on stderr for a pipe. */
export function pruneSummary({ judged, plan, applied }: PrunedReport): string[] {
  const by = (removes: boolean): string =>
    [...plan.byVerdict]
      .filter(([verdict]) => REMOVES.has(verdict) === removes)
      .map(([verdict, { count }]) => `${countText(count, WORDS[verdict], WORDS[verdict])}`)
      .join(" · ");
  const all = countText(judged.length, "recording");
  const why = whyUnknown(judged);
  if (plan.count === 0) return [`nothing to remove of ${all}: ${by(false)}`, ...why];
  const done = applied === null ? "to remove" : "removed";
  const save = plan.rekeyable > 0 ? [`rekey could save ${plan.rekeyable} of the unreachable ones`] : [];
  const stay = judged.length - plan.count;
  return [
    `${numberText(plan.count)} of ${all} (${bytesText(plan.bytes)}) ${done}: ${by(true)}`,
    ...(stay > 0 ? [`${countText(stay, "recording")} ${applied === null ? "stay" : "stayed"}: ${by(false)}`] : []),
    ...why,
    ...save,
  ];
}

/** Why most of what is unknown is so: mostly there is one reason, which people can do something about. */
function whyUnknown(judged: readonly Judged[]): string[] {
  const reasons = new Map<string, number>();
  for (const { verdict, evidence } of judged) {
    if (verdict !== "unknown") continue;
    for (const { says } of evidence.slice(-1)) reasons.set(says, (reasons.get(says) ?? 0) + 1);
  }
  const [most] = [...reasons].sort(([, a], [, b]) => b - a);
  return most ? [`unknown, ${numberText(most[1])} of them: ${most[0]}`] : [];
}

/** What to know once recordings are removed. */
export const afterRemoval = (staged: boolean, recctl: string): string[] => [
  staged ? "that is staged: what is left is git commit" : "nothing is staged: that is left to git add, or --stage",
  "to take it back:",
  `  ${recctl} undo`,
];

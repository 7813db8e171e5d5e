import type { ComparedPair } from "../compare/diff.ts";
import type { Subject } from "../compare/pairs/subject.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { type DiffReport, diffSummary } from "./diff.ts";
import { changeText, inOrder, kindText } from "./diff-text.ts";

/** GitHub takes a comment of 65,536 characters; a job summary takes more. */
const MOST_BYTES = 60_000;

/** What is kept free for the ends of tables and folded parts. */
const RESERVE = 2_000;

/** A cell of a long value. */
const LONGEST_CELL = 300;

/** A table, and what is said where not all of its rows fit. */
interface Part {
  /** The line that folds it; null for what is always open. */
  folded: string | null;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** The largest part of all bytes that it may take. */
  share: number;
}

/** A diff for a pull request's comment or a job summary: clusters, suites, tests, and what came and went; never more than 60 KB. */
export function* markdownOf(diff: DiffReport): Generator<string> {
  let left = MOST_BYTES - RESERVE;
  const size = (line: string): number => Buffer.byteLength(line) + 1;
  const opening = [
    `### Recordings: ${code(diff.old)} to ${code(diff.now)}`,
    "",
    ...diffSummary(diff).map((one) => `- ${one}`),
  ];
  for (const line of opening) {
    left -= size(line);
    yield line;
  }
  for (const { folded, head, rows, share } of partsOf(diff)) {
    if (rows.length === 0) continue;
    const most = left * share;
    let used = 0;
    yield "";
    if (folded !== null) yield `<details><summary>${folded}</summary>\n`;
    yield row(head);
    yield row(head.map(() => "---"));
    let told = 0;
    for (const cells of rows) {
      const line = row(cells);
      if (used + size(line) > most) break;
      used += size(line);
      told++;
      yield line;
    }
    left -= used;
    if (told < rows.length) yield `\nand ${countText(rows.length - told, "more", "more")}`;
    if (folded !== null) yield "\n</details>";
  }
}

function partsOf({ pairs, clusters, added, removed, superseded }: DiffReport): Part[] {
  const gone = superseded.map((at) => (pairs[at] as ComparedPair).old);
  return [
    {
      folded: null,
      head: ["recordings", "tests", "change", ""],
      rows: inOrder(clusters).map((one) => [
        String(one.pairs.length),
        String(one.tests.length),
        cell(changeText(one)),
        kindText(one),
      ]),
      share: 0.4,
    },
    { folded: null, head: COLUMNS("suite"), rows: tallies(pairs, added, removed, gone, suiteOf), share: 0.3 },
    { folded: "by test", head: COLUMNS("test"), rows: tallies(pairs, added, removed, gone, testOf), share: 0.5 },
    ...listed("added", added),
    ...listed("removed", removed),
    ...listed("superseded and still there", gone),
  ];
}

const COLUMNS = (by: string): string[] => [
  by,
  "came after another",
  "request changed",
  "response changed",
  "added",
  "removed",
  "superseded",
];

const suiteOf = ({ path }: Subject): string => path.slice(0, path.lastIndexOf("/") + 1) || "./";
const testOf = ({ testId }: Subject): string => testId ?? "no test";

/** Figures by suite or by test, the most first. */
function tallies(
  pairs: readonly ComparedPair[],
  added: readonly Subject[],
  removed: readonly Subject[],
  gone: readonly Subject[],
  keyOf: (subject: Subject) => string,
): string[][] {
  const counts = new Map<string, number[]>();
  const add = (subject: Subject, column: number, is = true): void => {
    const own = counts.get(keyOf(subject)) ?? [0, 0, 0, 0, 0, 0];
    counts.set(keyOf(subject), own);
    if (is) own[column] = (own[column] as number) + 1;
  };
  for (const { now, request, response } of pairs) {
    add(now, 0);
    add(now, 1, request === "changed");
    add(now, 2, response?.kind === "changed");
  }
  for (const one of added) add(one, 3);
  for (const one of removed) add(one, 4);
  for (const one of gone) add(one, 5);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return [...counts]
    .sort(([, a], [, b]) => sum(b) - sum(a))
    .map(([key, own]) => [cell(key), ...own.map((count) => (count === 0 ? "" : String(count)))]);
}

function listed(name: string, subjects: readonly Subject[]): Part[] {
  const bytes = subjects.reduce((sum, one) => sum + one.bytes, 0);
  return [
    {
      folded: `${name}: ${countText(subjects.length, "recording")}, ${bytesText(bytes)}`,
      head: ["recording", "test", "size"],
      rows: subjects.map((one) => [cell(one.path), cell(testOf(one)), bytesText(one.bytes)]),
      share: 0.5,
    },
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** Text as a code span, in which nothing is a mention, a link or a tag. */
export function code(text: string): string {
  const short = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL).replace(/[\ud800-\udbff]$/, "")}…` : text;
  const clean = short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (one) => `\\u${(one.codePointAt(0) as number).toString(16).padStart(4, "0")}`,
  );
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const edge = /^[` ]|[` ]$/.test(clean) || clean === "" ? " " : "";
  return `${fence}${edge}${clean}${edge}${fence}`;
}

/** The same in a table, where `|` ends a cell. */
const cell = (text: string): string => code(text).replaceAll("|", "\\|");

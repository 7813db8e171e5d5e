import type { Finding } from "../../src/checks/rule.ts";
import { findingsReport, type Validated } from "../../src/report/findings.ts";
import type { Screen } from "../../src/report/report.ts";
import { plain } from "../../src/text/style.ts";

const hash = (start: string): string => start.padEnd(64, "0");

/** A finding of the tests; what is left out is a name that no scheme gives. */
export const finding = (own: Partial<Finding> = {}): Finding => ({
  rule: "name",
  severity: "error",
  path: `recordings/${hash("a1")}.json`,
  line: 1,
  column: 1,
  at: "",
  message: "its name is the hash of no such request: no run finds it, or it was edited since",
  remedy: `recctl validate --rule name --explain recordings/${hash("a1")}.json`,
  ...own,
});

/** What a run has found that found these. */
export const validated = (findings: readonly Finding[], own: Partial<Validated> = {}): Validated => ({
  findings,
  titles: {
    name: "names that today's recorder would not compute",
    stream: "streams that no client could read, or that broke off",
    duplicate: "the same request several times",
    size: "files over a limit",
  },
  files: 52,
  today: {
    date: "2026-06-17",
    from: "auto",
    why: "the newest; 44 of 44 names verify under it",
    counts: new Map<string | null, number>([
      ["2026-06-17", 44],
      [null, 3],
    ]),
  },
  baseline: null,
  each: 5,
  most: Number.POSITIVE_INFINITY,
  command: "recctl validate",
  ...own,
});

export const screen = (columns: number, terminal = true): Screen => ({ terminal, columns, paint: plain });

/** What people read of it. */
export const shown = (of: Validated, columns: number): string[] => [...findingsReport(of).text(screen(columns))];

/** Findings of several rules, causes and lengths. */
export const MANY: readonly Finding[] = [
  ...Array.from({ length: 1234 }, (_, index) =>
    finding({
      rule: "name/older",
      severity: "warning",
      path: `tests/integration/inference/recordings/${hash(index.toString(16).padStart(4, "0"))}.json`,
      message: "its name is that of scheme 2025-10-04; under 2026-06-17 a run looks for another",
      remedy: `recctl rekey tests/integration/inference/recordings/${hash(index.toString(16).padStart(4, "0"))}.json`,
      cause: index % 3 === 0 ? "named by 2025-10-04" : "named by 2026-03-18",
    }),
  ),
  finding(),
  finding({ path: `recordings/${hash("b2")}.json` }),
  finding({
    rule: "stream",
    path: `recordings/${hash("c3")}.json`,
    line: 732,
    column: 7,
    at: "response.body[12]",
    message: "choice 0 never finishes: the stream broke off behind this",
    remedy: "record it anew, or take it from an earlier commit: git log --oneline -- recordings/c3.json",
    cause: "no finish",
  }),
  finding({
    rule: "stream",
    path: "recordings/b\u001b[31m\u202e.json",
    line: 3,
    column: 9,
    at: "response.body[2]",
    message: "a tool call\nwithout a name",
    remedy: "record it anew, or take it from an earlier commit: git log --oneline -- recordings/c3.json",
  }),
  finding({
    rule: "duplicate/copies",
    severity: "warning",
    message: "6 copies that differ in the test id alone",
    remedy: "recctl show recordings/a.json",
    paths: ["a", "b", "c", "d", "e", "f"].map((name) => `recordings/${name}.json`),
    path: "recordings/a.json",
  }),
  finding({
    rule: "size",
    severity: "warning",
    message: "2.1 MB, over the limit of 1 MB",
    remedy: 'ask for less in the test, or raise "size" in the configuration',
  }),
];

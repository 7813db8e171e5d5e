import { type Cause, changesText, changeTexts, type Told, typed } from "../compare/why/index.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { shortId } from "../recording/name.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { width } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Report, Screen } from "./report.ts";

/** Causes of misses, and how many of them, and of the misses of each, people see. */
export interface WhyReport {
  told: readonly Told[];
  each: number;
}

export function whyReport({ told, each }: WhyReport): Report {
  return {
    document: () => ({ causes: told.map(toldJson), summary: summaryJson(told) }),
    items: () => told.flatMap(({ causes }) => causes.map(causeJson)),
    *text(screen) {
      if (!screen.terminal) yield* rows(told);
      else yield* screenLines({ told, each }, screen);
    },
  };
}

/** What is there did not miss, as far as anybody says. */
const isMiss = ({ kind }: Told): boolean => kind !== "it is there";

const countIn = (told: readonly Told[], wanted: (one: Told) => boolean): number =>
  told.filter(wanted).reduce((sum, { causes }) => sum + causes.length, 0);

const summaryJson = (told: readonly Told[]): Jsonable => ({
  misses: countIn(told, isMiss),
  proven: countIn(told, (one) => isMiss(one) && one.proven),
  by_cause: countsOf(told),
});

/** How many misses each cause has: of several with one title all. */
function countsOf(told: readonly Told[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { title, causes } of told) counts.set(title, (counts.get(title) ?? 0) + causes.length);
  return Object.fromEntries(counts);
}

const toldJson = ({ kind, title, proven, differs, causes, mend }: Told): Jsonable => ({
  cause: kind,
  title,
  proven,
  differs,
  misses: causes.map(causeJson),
  mend: mend.map((steps) => steps.map(typed)),
});

const causeJson = ({ asked, kind, proven, differs, evidence, nearest, mend }: Cause): Jsonable => ({
  hash: asked.hash,
  test_id: asked.testId,
  endpoint: asked.endpoint,
  url: asked.url,
  model: asked.model,
  cause: kind,
  proven,
  differs,
  evidence: [...evidence],
  nearest: nearest.map(({ recording, changes }) => ({
    path: recording.path,
    test_id: recording.testId,
    differs: changes && changesText(changes),
  })),
  mend: mend.map(typed),
});

/** What it adds up to. */
export function whySummary({ told }: WhyReport): string[] {
  const count = (wanted: (one: Told) => boolean): number => countIn(told, (one) => isMiss(one) && wanted(one));
  const there = countIn(told, (one) => !isMiss(one));
  const some = there === 0 ? [] : [there === 1 ? "1 recording is there" : `${there} recordings are there`];
  const misses = count(() => true);
  if (misses === 0) return there > 0 ? some : ["no miss was found"];
  const parts = [
    [count(({ proven }) => proven), "proven"],
    [count(({ proven, kind }) => !proven && kind !== "unknown"), "likely"],
    [count(({ kind }) => kind === "unknown"), "unknown"],
  ] as const;
  const found = parts.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`);
  return [`${countText(misses, "miss", "misses")}: ${found.join(", ")}`, ...some];
}

/** Without commands: a row writes backslashes twice, and what a shell would make of that is not what was meant. */
function* rows(told: readonly Told[]): Generator<string> {
  for (const { causes, title } of told) {
    for (const { asked, proven, kind, differs } of causes) {
      const certain = kind === "unknown" ? "unknown" : proven ? "proven" : "likely";
      yield tsvLine([asked.hash ?? "", asked.testId ?? "", title, certain, differs]);
    }
  }
}

function* screenLines({ told, each }: WhyReport, screen: Screen): Generator<string> {
  for (const one of told.slice(0, each)) {
    yield* toldLines(one, each, screen);
    yield "";
  }
  if (told.length > each) yield `and ${countText(told.length - each, "cause")} more (--all)`;
  for (const line of whySummary({ told, each })) yield* inset(line, 0, screen);
}

function* toldLines(one: Told, each: number, screen: Screen): Generator<string> {
  const { title, kind, proven, differs, causes, mend } = one;
  const certain = kind === "unknown" || kind === "it is there" ? "" : proven ? " (proven)" : " (likely)";
  const count = causes.length > 1 ? `${countText(causes.length, "miss", "misses")}: ` : "";
  yield* inset(`${count}${screen.paint("heading", forTerminalLine(title))}${certain}`, 0, screen);
  // A commit is named by the title already.
  const more = kind === "deleted in REV" ? differs.slice(differs.indexOf(" (") + 2, -1) : differs;
  if (more !== "") for (const line of besides(more, screen)) yield* inset(line, 2, screen);
  for (const { asked } of causes.slice(0, each)) {
    const what = [asked.hash && shortId(asked.hash), asked.testId ?? asked.endpoint ?? asked.url].filter(Boolean);
    yield* inset(forTerminalLine(what.join("  ")), 4, screen);
  }
  if (causes.length > each) yield `    and ${causes.length - each} more (--all)`;
  const [first] = causes as readonly [Cause];
  for (const says of causes.length === 1 ? first.evidence : first.evidence.slice(0, 1)) yield* faint(says, 2, screen);
  if (causes.length === 1) yield* nearLines(first, each, screen);
  // Commands are lines of their own, never broken: they are pasted.
  if (mend.length > 0) yield "  try";
  for (const steps of mend) for (const step of steps) yield `    ${forTerminalLine(typed(step))}`;
}

function* nearLines({ nearest, recording, proven, differs }: Cause, each: number, screen: Screen): Generator<string> {
  const isCompared = nearest.some(({ changes }) => changes !== null);
  // What shows the cause has been told of.
  const told = isCompared || !proven ? nearest : nearest.filter((one) => one.recording !== recording);
  if (told.length > 0) yield isCompared ? "  nearest recordings" : "  recordings to look at";
  let before = [differs];
  for (const { recording: one, changes } of told) {
    yield* inset(forTerminalLine(`${shortId(one.hash)}  ${one.testId ?? one.path}`), 4, screen);
    const texts = changes ? changeTexts(changes) : [];
    // What was told just above is not told again.
    const isTold = texts.join("; ") === before.join("; ");
    before = texts;
    for (const text of isTold ? [] : texts.slice(0, each)) yield* faint(text, 6, screen);
    if (!isTold && texts.length > each) yield `      and ${texts.length - each} more (--all)`;
  }
}

/** A line; where it does not fit, its parts, and what was recorded and what is asked now, each on its own. */
function besides(text: string, { columns }: Screen): string[] {
  const fits = (line: string): boolean => width(line) <= columns - 2;
  const line = forTerminalLine(text);
  if (fits(line)) return [line];
  return line.split(/(?<=;) /).flatMap((part) => (fits(part) ? part : part.split(/(?<=,) (?=asked now\b)/)));
}

function* inset(text: string, by: number, { columns }: Screen): Generator<string> {
  for (const line of wrapLines(text, columns - by)) yield " ".repeat(by) + line;
}

function* faint(text: string, by: number, screen: Screen): Generator<string> {
  for (const piece of besides(text, screen)) {
    for (const line of inset(piece, by, screen)) yield screen.paint("faint", line);
  }
}

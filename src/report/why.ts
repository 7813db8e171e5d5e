import { type Cause, changesText, type Told, typed } from "../compare/why/index.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { shortId } from "../recording/name.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
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
      else for (const one of told.slice(0, each)) yield* toldLines(one, each, screen);
      if (screen.terminal && told.length > each) yield `and ${countText(told.length - each, "cause")} more (--all)`;
      if (screen.terminal) yield* whySummary({ told, each });
    },
  };
}

const summaryJson = (told: readonly Told[]): Jsonable => ({
  misses: told.reduce((sum, { causes }) => sum + causes.length, 0),
  proven: told.reduce((sum, { proven, causes }) => sum + (proven ? causes.length : 0), 0),
  by_cause: Object.fromEntries(told.map(({ title, causes }) => [title, causes.length])),
});

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
  const misses = told.reduce((sum, { causes }) => sum + causes.length, 0);
  if (misses === 0) return ["no miss was found"];
  const unknown = told.filter(({ kind }) => kind === "unknown").reduce((sum, { causes }) => sum + causes.length, 0);
  const rest = unknown > 0 ? `; of ${unknown} nothing that is there tells why` : "";
  return [`${countText(misses, "miss", "misses")} of ${countText(told.length, "cause")}${rest}`];
}

function* rows(told: readonly Told[]): Generator<string> {
  for (const { causes, title } of told) {
    for (const { asked, proven, differs, mend } of causes) {
      const certain = proven ? "proven" : "likely";
      yield tsvLine([asked.hash ?? "", asked.testId ?? "", title, certain, differs, mend.map(typed).join(" && ")]);
    }
  }
}

function* toldLines(
  { title, kind, proven, differs, causes, mend }: Told,
  each: number,
  screen: Screen,
): Generator<string> {
  const certain = kind === "unknown" ? "" : proven ? " (proven by the name)" : " (likely)";
  const count = causes.length > 1 ? `${countText(causes.length, "miss", "misses")}: ` : "";
  yield* inset(`${count}${screen.paint("heading", forTerminalLine(title))}${certain}`, 0, screen);
  if (differs !== "") yield* inset(forTerminalLine(differs), 2, screen);
  const [first] = causes as readonly [Cause];
  for (const says of causes.length === 1 ? first.evidence : first.evidence.slice(0, 1)) {
    yield* faint(says, 2, screen);
  }
  for (const { asked } of causes.slice(0, each)) {
    const what = [asked.hash && shortId(asked.hash), asked.testId ?? asked.endpoint ?? asked.url].filter(Boolean);
    yield* inset(forTerminalLine(what.join("  ")), 4, screen);
  }
  if (causes.length > each) yield `    and ${countText(causes.length - each, "more", "more")} (--all)`;
  if (causes.length === 1) yield* nearLines(first, screen);
  // Commands are lines of their own, never broken: they are pasted.
  if (mend.length > 0) yield "  try";
  for (const steps of mend) for (const step of steps) yield `    ${forTerminalLine(typed(step))}`;
}

function* nearLines({ nearest }: Cause, screen: Screen): Generator<string> {
  if (nearest.length > 0) yield "  nearest recordings:";
  for (const { recording, changes } of nearest) {
    yield* inset(forTerminalLine(`${shortId(recording.hash)}  ${recording.testId ?? recording.path}`), 4, screen);
    if (changes && changes.length > 0) yield* faint(changesText(changes), 6, screen);
  }
}

function* inset(text: string, by: number, { columns }: Screen): Generator<string> {
  for (const line of wrapLines(text, columns - by)) yield " ".repeat(by) + line;
}

function* faint(text: string, by: number, screen: Screen): Generator<string> {
  for (const line of inset(forTerminalLine(text), by, screen)) yield screen.paint("faint", line);
}

import { JsonError } from "../recording/json/error.ts";
import { parseJson } from "../recording/json/parse.ts";
import { asArray, asNumber, asObject, asString, at, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import { plainText } from "./lines.ts";
import { Refused } from "./refusal.ts";

/** A report of pytest-json-report, of a run or of a collection. */
export interface JsonReport {
  /** Null where they were left out (`--json-report-omit collectors`). */
  readonly collectors: readonly Collector[] | null;
  readonly tests: readonly ReportedTest[];
  readonly collected: number | null;
  readonly deselected: number;
  readonly exitcode: number | null;
  /** When it was written: behind the last test. */
  readonly created: number | null;
  readonly duration: number | null;
}

export interface Collector {
  readonly nodeid: string;
  readonly failed: boolean;
  readonly result: readonly { nodeid: string; type: string; deselected: boolean }[];
}

export interface ReportedTest {
  readonly nodeid: string;
  readonly outcome: string;
  /** What its stages crashed with. */
  readonly messages: readonly string[];
  /** What they wrote, logged, and show as their traceback. */
  readonly output: readonly string[];
}

/** Whether a text means to be such a report: its first keys say so, even where it is cut. */
export const isJsonReport = (text: string): boolean =>
  /^\s*\{\s*"(?:created|duration|exitcode|root|environment|summary|collectors|tests|warnings)"\s*:/.test(
    plainText(text.slice(0, 4096)),
  );

/** @throws Refused where the text is not whole, or something else */
export function readJsonReport(text: string): JsonReport {
  const report = parsed(plainText(text));
  const collectors = asArray(report.get("collectors"));
  const tests = asArray(report.get("tests"));
  if (collectors === undefined && tests === undefined) {
    throw new Refused("a report without tests: it was made with --json-report-summary");
  }
  const created = asNumber(report.get("created"));
  const duration = asNumber(report.get("duration"));
  return {
    collectors: collectors?.map(collector) ?? null,
    tests: (tests ?? []).map(test),
    collected: asNumber(at(report, "summary", "collected")) ?? null,
    deselected: asNumber(at(report, "summary", "deselected")) ?? 0,
    exitcode: asNumber(report.get("exitcode")) ?? null,
    created: created === undefined ? null : created * 1000,
    duration: duration === undefined ? null : duration * 1000,
  };
}

function parsed(text: string): JsonObject {
  try {
    const report = asObject(parseJson(text));
    if (report) return report;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new Refused(`no whole JSON: ${error.message}`, error.line);
  }
  throw new Refused("JSON, but no report of pytest-json-report");
}

const said = (value: JsonValue | undefined, key: string): string => {
  const text = asString(at(value, key));
  if (text === undefined) throw new Refused(`a report in which a member has no "${key}"`);
  return text;
};

const collector = (value: JsonValue): Collector => ({
  nodeid: said(value, "nodeid"),
  failed: at(value, "outcome") !== "passed",
  result: (asArray(at(value, "result")) ?? []).map((one) => ({
    nodeid: said(one, "nodeid"),
    type: said(one, "type"),
    deselected: at(one, "deselected") === true,
  })),
});

const STAGES = ["setup", "call", "teardown"];

const outputOf = (stage: JsonValue | undefined): string[] => [
  ...["longrepr", "stdout", "stderr"].flatMap((key) => asString(at(stage, key)) ?? []),
  ...(asArray(at(stage, "log")) ?? []).flatMap((record) => asString(at(record, "msg")) ?? []),
];

const test = (value: JsonValue): ReportedTest => ({
  nodeid: said(value, "nodeid"),
  outcome: said(value, "outcome"),
  messages: STAGES.flatMap((stage) => asString(at(value, stage, "crash", "message")) ?? []),
  output: STAGES.flatMap((stage) => outputOf(at(value, stage))),
});

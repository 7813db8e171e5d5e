import { JsonError } from "../../../recording/json/error.ts";
import { parseJson } from "../../../recording/json/parse.ts";
import { asString, at as member } from "../../../recording/json/value.ts";

/** What a log says at one line, whichever way it was written. */
export interface Entry {
  readonly text: string;
  /** The line, from 1. */
  readonly at: number;
  readonly time: number | null;
  /** `event`: as it was logged. `console`: wrapped, and what stood in brackets may be gone. `line`: one line, in which it may be. */
  readonly form: "event" | "console" | "line";
  /** Of an event: the exception that was logged with it. */
  readonly more?: readonly string[];
}

/** A line in JSON that is not whole. */
export interface BrokenEntry {
  readonly at: number;
  readonly form: "broken";
}

/** The console's level column and the time behind it; `-s` puts the id of a test before them. */
const CONSOLE =
  /(?:^| )(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) {1,5}(?=\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{1,9}Z?\s)/;
/** What the console wraps goes on below the message: behind eight columns for the level and a space. */
const CONTINUED = /^ {9}\S/;
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)[.,](\d{1,9})Z/;

/** The lines of a log as what was logged. */
export function* entriesOf(lines: readonly string[]): Generator<Entry | BrokenEntry> {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const at = index + 1;
    if (line === "") continue;
    if (line.startsWith("{") && line.includes('"event"')) {
      yield eventOf(line, at);
      continue;
    }
    // Most lines are not the console's, and the year in them is quicker to miss than the whole form.
    const start = line.includes(" 2") && line.length < 4096 ? CONSOLE.exec(line) : null;
    if (start === null) {
      yield { text: line, at, time: timeOf(line), form: "line" };
      continue;
    }
    if (start.index > 0) yield { text: line.slice(0, start.index), at, time: null, form: "line" };
    let text = line.slice(start.index + start[0].length).trimEnd();
    const time = timeOf(text);
    while (CONTINUED.test(lines[index + 1] ?? "")) text = joined(text, (lines[++index] as string).trim());
    yield { text, at, time, form: "console" };
  }
}

/** A message and what was wrapped: of the three spaces before `category=…` a break leaves none. */
const joined = (text: string, more: string): string => `${text}${/^\w+=\S/.test(more) ? "   " : " "}${more}`;

function eventOf(line: string, at: number): Entry | BrokenEntry {
  if (!line.trimEnd().endsWith("}")) return { at, form: "broken" };
  try {
    const value = parseJson(line);
    const text = asString(member(value, "event"));
    if (text === undefined) return { at, form: "broken" };
    const more = [
      asString(member(value, "exception")),
      asString(member(value, "exc_info")),
      asString(member(value, "error")),
    ];
    const entry: Entry = { text, at, time: timeOf(asString(member(value, "timestamp")) ?? ""), form: "event" };
    return more.some((one) => one !== undefined) ? { ...entry, more: more.filter((one) => one !== undefined) } : entry;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { at, form: "broken" };
  }
}

/** A time in UTC; one without a zone tells nothing. */
function timeOf(text: string): number | null {
  const first = text.charCodeAt(0);
  if (!(first >= 48 && first <= 57)) return null;
  const [, day, clock, fraction] = TIME.exec(text.slice(0, 40)) ?? [];
  if (day === undefined) return null;
  const time = Date.parse(`${day}T${clock}.${fraction?.slice(0, 3).padEnd(3, "0")}Z`);
  return Number.isNaN(time) ? null : time;
}

import { JsonObject, type JsonValue } from "../../../recording/json/value.ts";

/** A string longer than this is folded at first; in a long list one that takes more than a line or two. */
const LONG_TEXT = 2000;
const LONG_IN_LIST = 200;
/** Elements of lists longer than this are folded at first. */
const MANY = 12;
/** So deep, what takes more lines than {@link FEW} is folded at first. */
const DEEP = 3;
const FEW = 60;
/** A list or object with more members than this shows them in runs of {@link RUN}. */
const RUNS_FROM = 2000;
export const RUN = 1000;

/** Where a value stands in what is shown. */
export interface Spot {
  readonly depth: number;
  /** How many elements the list has that it is one of; 0 for a member of an object. */
  readonly among: number;
}

/** What can be folded: what has members, and long strings. */
export const canFold = (value: JsonValue, { among }: Spot): boolean =>
  typeof value === "string" ? isLong(value, among) : countOf(value) > 0;

/** Whether a value that can be folded is, before anyone says otherwise. */
export function isFoldedAtFirst(value: JsonValue, { depth, among }: Spot): boolean {
  if (typeof value === "string") return isLong(value, among);
  if (depth === 0) return false;
  return among > MANY || (depth >= DEEP && linesOf(value, FEW) > FEW);
}

const isLong = (text: string, among: number): boolean => text.length > (among > MANY ? LONG_IN_LIST : LONG_TEXT);

/** How many members a value has. */
export const countOf = (value: JsonValue): number =>
  value instanceof JsonObject ? value.keys.length : Array.isArray(value) ? value.length : 0;

/** Whether the members of a value are shown in runs. */
export const hasRuns = (value: JsonValue): boolean => countOf(value) > RUNS_FROM;

/**
 * About how many lines a value takes as it is shown at first, where text fills lines of `columns`; no more than `most` are
 * counted, and one.
 */
export function linesAtFirst(value: JsonValue, spot: Spot, columns: number, most: number): number {
  if (spot.depth > 0 && canFold(value, spot) && isFoldedAtFirst(value, spot)) return 1;
  const count = countOf(value);
  if (count === 0) return typeof value === "string" ? Math.max(1, Math.ceil(value.length / columns)) : 1;
  if (hasRuns(value)) return 2 + Math.ceil(count / RUN);
  const inside = { depth: spot.depth + 1, among: Array.isArray(value) ? count : 0 };
  let lines = 2;
  for (const inner of membersOf(value)) {
    lines += linesAtFirst(inner, inside, columns, most - lines);
    if (lines > most) return most + 1;
  }
  return lines;
}

/** What a value that has members holds. */
const membersOf = (value: JsonValue): readonly JsonValue[] =>
  value instanceof JsonObject ? value.values : (value as JsonValue[]);

/** How many lines a value takes when all of it is open; no more than `most` are counted, and one. */
function linesOf(value: JsonValue, most: number): number {
  const count = countOf(value);
  if (count === 0) return 1;
  let lines = 2 + count;
  if (lines > most) return most + 1;
  for (const inner of membersOf(value)) {
    lines += linesOf(inner, most - lines) - 1;
    if (lines > most) return most + 1;
  }
  return lines;
}

import { quoteJson } from "../../recording/json/write.ts";
import type { Kind } from "../../recording/kinds.ts";
import { forShell } from "../../text/escape.ts";
import type { Match } from "./goal.ts";
import type { Known } from "./known.ts";
import { directoryOf, movedTo, type Rename, renameOf } from "./rename.ts";

/** A command to type: its words, and what it is done to, which may be joined with that of others. */
export interface Step {
  /** How it begins, as text for a shell. */
  readonly program?: string;
  readonly words: readonly string[];
  readonly on: readonly string[];
  /** What stands behind that. */
  readonly last?: readonly string[];
}

/** A step as people type it. */
export function typed({ program, words, on, last = [] }: Step): string {
  const operands = [...on, ...last];
  // An operand that begins with a dash would be taken for an option.
  const guard = operands.some((word) => word.startsWith("-")) && !words.includes("--") ? ["--"] : [];
  const line = [...words, ...guard, ...operands].map(forShell);
  return (program === undefined ? line : [program, ...line]).join(" ");
}

/** As the recorder's own message says it. */
const RECORD = ["pytest", "--inference-mode=record-if-missing"];

/** How to record a test anew; nothing where it is not told which. */
export const recordAnew = ({ record = RECORD }: Pick<Known, "record">, testId: string | null): Step[] =>
  testId === null ? [] : [{ words: record, on: [testId] }];

/** How to get back a file that a commit took away. */
export const bringBack = (revision: string, path: string): Step[] => [
  { words: ["git", "checkout", revision, "--"], on: [path] },
];

/** How to give recordings the name that is asked for now. */
export function rekeyTo(
  { recctl = "recctl", today }: Pick<Known, "recctl" | "today">,
  { kind, schemes, path, rename }: { kind: Kind; schemes: readonly string[]; path: string; rename?: Rename | null },
): Step[] {
  const now = today?.(kind);
  const scheme = now !== undefined && schemes.includes(now) ? now : schemes.at(-1);
  const words = ["rekey"];
  if (rename) words.push("--rename", `${rename.old}=${rename.new}`);
  if (scheme !== undefined) words.push("--scheme", scheme);
  return [{ program: recctl, words: [...words, "--apply"], on: [path] }];
}

/**
 * How to follow a test that was renamed: move the recording where its test file moved, put the new name into it, and give it
 * the name of that. Nothing where a rename cannot be said that way.
 */
export function followRename(known: Known, { recording, schemes }: Match, now: string): Step[] {
  const { path, testId, kind } = recording;
  const rename = testId === null ? null : renameOf(testId, now);
  if (rename === null || rename.old.includes("=") || /[\u0000-\u001f]/.test(rename.old + rename.new)) return [];
  const steps: Step[] = [];
  const to = movedTo(path, testId as string, now);
  let place = path;
  if (to !== null && to !== path) {
    const folder = directoryOf(to);
    steps.push({ words: ["mkdir", "-p"], on: [], last: [folder] });
    steps.push({ words: ["git", "mv"], on: [path], last: [folder] });
    place = to;
  }
  const member = (name: string): string => `"test_id": ${quoteJson(name, true).slice(0, -1)}`;
  const [from, into] = [member(rename.old), member(rename.new)];
  const mark = [..."|#,%!~@;"].find((one) => !`${from}${into}`.includes(one));
  if (mark === undefined) return [];
  const expression = ["s", pattern(from), replacement(into), ""].join(mark);
  // A suffix: the one form of -i that GNU's sed and BSD's both know.
  steps.push({ words: ["sed", "-i.orig", "-e", expression], on: [place] });
  return [...steps, ...rekeyTo(known, { kind, schemes, path: place, rename })];
}

const pattern = (text: string): string => text.replace(/[\\.*[\]^$]/g, "\\$&");
const replacement = (text: string): string => text.replace(/[\\&]/g, "\\$&");

import { quoteJson } from "../../recording/json/write.ts";
import type { Kind } from "../../recording/kinds.ts";
import { forShell } from "../../text/escape.ts";
import type { Asked } from "./asked.ts";
import type { Match } from "./goal.ts";
import type { Known, Past } from "./known.ts";
import { directoryOf, movedTo, type Rename, renameOf } from "./rename.ts";

/** A command to type: its words, and what it is done to, which may be joined with that of others. */
export interface Step {
  /** How it begins, as text for a shell. */
  readonly program?: string;
  readonly words: readonly string[];
  readonly on: readonly string[];
  /** What stands behind that. */
  readonly last?: readonly string[];
  /** The folder that it is done in, where that is not the one it is typed in. */
  readonly folder?: string | null;
}

/** A step as people type it. */
export function typed({ program, words, on, last = [], folder = null }: Step): string {
  const operands = [...on, ...last];
  // An operand that begins with a dash would be taken for an option.
  const guard = operands.some((word) => word.startsWith("-")) && !words.includes("--") ? ["--"] : [];
  const line = [...words, ...guard, ...operands].map(forShell);
  const text = (program === undefined ? line : [program, ...line]).join(" ");
  return folder === null ? text : `(cd ${forShell(folder)} && ${text})`;
}

/** As the recorder's own message says it. */
const RECORD = ["pytest", "--inference-mode=record-if-missing"];

/** How to record a test anew; nothing where it is not told which. */
export const recordAnew = ({ topOf }: Pick<Known, "topOf">, testId: string | null): Step[] =>
  testId === null ? [] : [{ words: RECORD, on: [testId], folder: topOf?.(testId) ?? null }];

const isRecording = ({ words }: Step): boolean => words === RECORD;

/** Ways to mend the miss of a server: nobody's pytest but the recorder's knows that option, and the server records by itself. */
export const asServed = ({ recctl = "recctl" }: Pick<Known, "recctl">, steps: readonly Step[]): Step[] =>
  steps.map((step) => {
    if (!isRecording(step)) return step;
    const isPytest = step.on.every((testId) => /\.py(?:::|$)/.test(testId));
    const words = ["serve", "--mode", "record-if-missing", "--", isPytest ? "pytest" : "COMMAND"];
    return { ...step, program: recctl, words, ...(!isPytest && { on: [] }) };
  });

/** What would tell more of a miss than is known: whose it is, or all that was asked. */
export function tellMore({ recctl = "recctl" }: Pick<Known, "recctl">, { hash, testId, request }: Asked): Step[] {
  if (request !== null) return [];
  const whose: Step = { program: recctl, words: ["why", "--test-id", "TEST_ID"], on: [hash ?? ""] };
  const all: Step[] = [
    { program: recctl, words: ["serve", "--journal", "run.jsonl", "--", "COMMAND"], on: [] },
    { program: recctl, words: ["why", "run.jsonl"], on: [] },
  ];
  return testId === null && hash !== null ? [whose, ...all] : all;
}

/** How to get back a file that a commit took away. */
export const bringBack = ({ folder = null }: Pick<Known, "folder">, { path, commit }: Past): Step[] => [
  { words: ["git", "checkout", commit ? `${commit.short}^` : "HEAD", "--"], on: [path], folder },
];

/** How to bring a recording into another folder; nothing where it lies there. */
export function moveTo({ folder = null }: Pick<Known, "folder">, path: string, to: string): Step[] {
  if (directoryOf(path) === to) return [];
  return [
    { words: ["mkdir", "-p"], on: [], last: [to], folder },
    // Not git's: it refuses what is not committed yet.
    { words: ["mv"], on: [path], last: [to], folder },
  ];
}

/** Where a recording lies once it was moved. */
export const pathIn = (folder: string, path: string): string =>
  [folder, path.slice(path.lastIndexOf("/") + 1)].filter(Boolean).join("/");

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
  const { folder = null } = known;
  const place = movedTo(path, testId as string, now) ?? path;
  const steps = moveTo(known, path, directoryOf(place));
  const member = (name: string): string => `"test_id": ${quoteJson(name, true).slice(0, -1)}`;
  const [from, into] = [member(rename.old), member(rename.new)];
  const mark = [..."|#,%!~@;"].find((one) => !`${from}${into}`.includes(one));
  if (mark === undefined) return [];
  const expression = ["s", pattern(from), replacement(into), ""].join(mark);
  // A suffix: the one form of -i that GNU's sed and BSD's both know.
  steps.push({ words: ["sed", "-i.orig", "-e", expression], on: [place], folder });
  steps.push({ words: ["rm", "-f"], on: [`${place}.orig`], folder });
  return [...steps, ...rekeyTo(known, { kind, schemes, path: place, rename })];
}

const pattern = (text: string): string => text.replace(/[\\.*[\]^$]/g, "\\$&");
const replacement = (text: string): string => text.replace(/[\\&]/g, "\\$&");

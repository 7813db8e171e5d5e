import type { Change, WordPiece } from "../compare/change.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { STRICT, writeJson } from "../recording/json/write.ts";
import { countText } from "../text/bytes.ts";
import type { Paint } from "../text/style.ts";

/** What of a change is told. */
export interface ToldChange {
  op: Change["op"];
  path: string;
  old: JsonValue | undefined;
  now: JsonValue | undefined;
  words: readonly WordPiece[] | null;
  volatile: Change["volatile"];
  evened: boolean;
}

/** A value on one line. */
export const valueText = (value: JsonValue | undefined): string =>
  value === undefined ? "" : writeJson(value, STRICT).replaceAll("\n", " ");

/** The sign of an operation: what is there now and was not, and so on. */
export const SIGNS: Readonly<Record<Change["op"], string>> = { add: "+", remove: "-", replace: "~", move: ">" };

/** A change on one line: its path and both values, always "recorded" before "asked now". */
export function changeText(change: ToldChange): string {
  const { op, path, old, now, words, volatile } = change;
  if (op === "move") return `> ${path} moved`;
  if (isAlike(change)) return `~ ${path}: another ${volatile}`;
  if (op === "add") return `+ ${path} = ${valueText(now)}`;
  if (op === "remove") return `- ${path} = ${valueText(old)}`;
  if (words) return `~ ${path}: ${wordsText(words)}`;
  const stopped = stoppedAt(old, now);
  if (stopped) return `~ ${path}: ${stoppedText(stopped)}`;
  return `~ ${path}: recorded ${valueText(old)}, asked now ${valueText(now)}`;
}

/** Whether both values are the same placeholder. */
const isAlike = ({ op, old, now, volatile }: Pick<ToldChange, "op" | "old" | "now" | "volatile">): boolean =>
  op === "replace" && volatile !== null && old !== undefined && valueText(old) === valueText(now);

/** Texts up to this length are shown, whether or not it is known which words changed. */
const SHOWN = 400;

/** Two long texts of which nobody knows which words changed: how far they are alike. */
export interface Stopped {
  old: string;
  now: string;
  /** How many characters are the same where they begin, and where they end. */
  before: number;
  behind: number;
}

/** null: the values are no such texts. */
export function stoppedAt(old: JsonValue | undefined, now: JsonValue | undefined): Stopped | null {
  if (typeof old !== "string" || typeof now !== "string" || Math.max(old.length, now.length) <= SHOWN) return null;
  const most = Math.min(old.length, now.length);
  let before = 0;
  while (before < most && old.charCodeAt(before) === now.charCodeAt(before)) before++;
  let behind = 0;
  while (
    behind < most - before &&
    old.charCodeAt(old.length - 1 - behind) === now.charCodeAt(now.length - 1 - behind)
  ) {
    behind++;
  }
  return { old, now, before, behind };
}

/** That the comparison stopped, and what is known all the same. */
export function stoppedText(
  { old, now, before, behind }: Stopped,
  [was, is]: readonly [old: string, now: string] = ["recorded", "asked now"],
): string {
  const alike = `the first ${countText(before, "character")} and the last ${countText(behind, "character")} are the same`;
  const sizes = `${was} ${countText(old.length, "character")}, ${is} ${countText(now.length, "character")}`;
  return `${sizes}: too much changed, words were not compared (${alike})`;
}

/** Why a change is expected, where it is and its text does not say so. */
export function kindText(change: Pick<ToldChange, "op" | "old" | "now" | "volatile" | "evened">): string {
  const parts = [change.volatile === null || isAlike(change) ? "" : change.volatile, change.evened ? UNSEEN : ""];
  return parts.filter((part) => part !== "").join(", ");
}

/** Whether a change says little: it comes with every run, or names do not see it. */
export const isRestless = ({ volatile, evened }: Pick<ToldChange, "volatile" | "evened">): boolean =>
  volatile !== null || evened;

/** Changes as they are told: those that say little last. */
export const inOrder = <One extends Pick<ToldChange, "volatile" | "evened">>(changes: readonly One[]): One[] => [
  ...changes.filter((one) => !isRestless(one)),
  ...changes.filter(isRestless),
];

const UNSEEN = "names do not see it";

/** How much of what stayed is shown around what changed. */
const AROUND = 24;

/** Words that changed, as git marks them, with a little of what stands around them. */
export function wordsText(words: readonly WordPiece[], paint: Paint = (_, text) => text): string {
  return words
    .map(({ op, text }, at) => {
      if (op === "remove") return paint("bad", `[-${text}-]`);
      if (op === "add") return paint("good", `{+${text}+}`);
      const [first, last] = [at === 0, at === words.length - 1];
      if (text.length <= 2 * AROUND) return text;
      const head = first ? "" : text.slice(0, AROUND);
      return `${head}…${last ? "" : text.slice(-AROUND)}`;
    })
    .join("")
    .replaceAll("\n", "↵");
}

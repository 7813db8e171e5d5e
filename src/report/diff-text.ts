import type { Change, WordPiece } from "../compare/change.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { STRICT, writeJson } from "../recording/json/write.ts";
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
export function changeText({ op, path, old, now, words, volatile }: ToldChange): string {
  if (op === "move") return `> ${path} moved`;
  const isAlike = volatile !== null && old !== undefined && valueText(old) === valueText(now);
  if (isAlike) return `~ ${path}: another ${volatile}`;
  if (op === "add") return `+ ${path} = ${valueText(now)}`;
  if (op === "remove") return `- ${path} = ${valueText(old)}`;
  if (words) return `~ ${path}: ${wordsText(words)}`;
  return `~ ${path}: recorded ${valueText(old)}, asked now ${valueText(now)}`;
}

/** Why a change is expected, where it is. */
export function kindText({ volatile, evened }: Pick<ToldChange, "volatile" | "evened">): string {
  const parts = [volatile === null ? "" : volatile, evened ? "names do not see it" : ""];
  return parts.filter((part) => part !== "").join(", ");
}

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

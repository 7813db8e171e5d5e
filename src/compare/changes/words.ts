import { diffArrays } from "diff";
import type { WordPiece } from "../change.ts";
import type { Budget } from "./budget.ts";
import { commonEnds } from "./ends.ts";

/** The most words that may be in one of two texts alone. Beyond, a list of words tells nobody anything. */
const MOST_EDITS = 1000;

/** Letters of scripts that put spaces between words. Of others each sign is a word. */
const LETTERS = ["Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Hangul", "Devanagari", "Armenian", "Georgian"]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** A word, a decimal or a mark, with the space before it; space alone where a text ends with it. */
const WORD = new RegExp(`\\s*(?:\\d+(?:\\.\\d+)+|[${LETTERS}\\p{N}\\p{M}_]+|[^\\s])|\\s+`, "gu");

/**
 * The words of two texts, in order: what is the same or removed is the first text, what is the same or added the
 * second. null where there is too much to compare.
 */
export function wordsBetween(old: string, now: string, budget: Budget): WordPiece[] | null {
  const { before, behind } = commonEnds(old, now);
  const [a, b] = [old.slice(before, old.length - behind), now.slice(before, now.length - behind)];
  const inner = between(a, b, budget);
  if (!inner) return null;
  const pieces: WordPiece[] = [
    { op: "same", text: old.slice(0, before) },
    ...inner,
    { op: "same", text: old.slice(old.length - behind) },
  ];
  return joinedPieces(pieces);
}

function between(a: string, b: string, budget: Budget): WordPiece[] | null {
  if (a === "" || b === "") return exchanged(a, b);
  if (a.length + b.length > budget.characters) return null;
  budget.characters -= a.length + b.length;
  const [left, right] = [a.match(WORD) ?? [], b.match(WORD) ?? []];
  // As many steps as the square of what differs; of it as much is certain as the words themselves show.
  const most = Math.min(MOST_EDITS, Math.floor(Math.sqrt(budget.steps)));
  const least = differing(left, right);
  if (least > most) return null;
  if (least === left.length + right.length) return exchanged(a, b);
  const found = diffArrays(left, right, { maxEditLength: most });
  const edits = found?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) ?? most;
  budget.steps -= edits * edits;
  return (
    found?.map(({ added, removed, value }) => ({
      op: added ? "add" : removed ? "remove" : "same",
      text: value.join(""),
    })) ?? null
  );
}

/** Of texts that have nothing in common. */
const exchanged = (a: string, b: string): WordPiece[] => [
  { op: "remove", text: a },
  { op: "add", text: b },
];

/** How many words, each as often as it stands there, only one of the two has. */
function differing(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of b) counts.set(word, (counts.get(word) ?? 0) - 1);
  let sum = 0;
  for (const count of counts.values()) sum += Math.abs(count);
  return sum;
}

/** Pieces without empty ones and without two of a kind beside each other; space before two words is in both, where they differ. */
function joinedPieces(pieces: readonly WordPiece[]): WordPiece[] {
  const joined: WordPiece[] = [];
  const spaced = pieces.flatMap((piece, at): WordPiece[] => {
    const [before, next] = [pieces[at - 1], pieces[at + 1]];
    if (piece.op === "remove" && next?.op === "add") {
      const space = commonSpace(piece.text, next.text);
      return [
        { op: "same", text: space },
        { op: "remove", text: piece.text.slice(space.length) },
      ];
    }
    if (piece.op !== "add" || before?.op !== "remove") return [piece];
    return [{ op: "add", text: piece.text.slice(commonSpace(before.text, piece.text).length) }];
  });
  for (const { op, text } of spaced) {
    const last = joined.at(-1);
    if (text === "") continue;
    if (last?.op === op) joined[joined.length - 1] = { op, text: last.text + text };
    else joined.push({ op, text });
  }
  return joined;
}

/** The space that both begin with. */
function commonSpace(a: string, b: string): string {
  let end = 0;
  while (end < a.length && a.charCodeAt(end) === b.charCodeAt(end) && /\s/.test(a.charAt(end))) end++;
  return a.slice(0, end);
}

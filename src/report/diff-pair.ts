import type { Change, WordPiece } from "../compare/change.ts";
import { type ComparedPair, inResponse, placeOf } from "../compare/diff.ts";
import { pathText } from "../recording/json/locate.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { pad, width } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import { inOrder, kindText, SIGNS, type Stopped, stoppedAt, stoppedText, valueText, wordsText } from "./diff-text.ts";
import type { Screen } from "./report.ts";

/** From so many columns on, what was recorded and what is asked now stand side by side. */
const SIDE_BY_SIDE = 100;
const GAP = 3;

/** What the two sides of a pair are called, on one line each and fit for a terminal. */
export interface Sides {
  readonly old: string;
  readonly asked: string;
  readonly answered: string;
  /** Before the test of the old one, where the other has another. */
  readonly oldTest: string;
}

const RECORDED: Sides = { old: "recorded", asked: "asked now", answered: "answered now", oldTest: "recorded as" };

/** A pair whole: every change of its request, and of its answer. */
export function* pairLines(pair: ComparedPair, screen: Screen, sides: Sides = RECORDED): Generator<string> {
  const { old, now, changes, response } = pair;
  const clean = (text: string): string => (screen.terminal ? forTerminalLine(text) : text);
  for (const line of fitted(now.testId ?? "no test", screen)) yield screen.paint("heading", line);
  if (old.testId !== now.testId) yield* inset(`${sides.oldTest} ${clean(old.testId ?? "no test")}`, screen, 2);
  const wide = Math.max(width(sides.old), width(sides.asked));
  yield* inset(`${pad(sides.old, wide)}  ${clean(old.path)}`, screen, 2);
  yield* inset(`${pad(sides.asked, wide)}  ${clean(now.path)}`, screen, 2);
  if (changes.length === 0) yield* inset("the same is asked", screen, 2);
  for (const change of inOrder(changes)) {
    yield* changeLines(change, pathText(placeOf(change)), [sides.old, sides.asked], screen);
  }
  if (response === null) return;
  const noise = response.noise.length > 0 ? `, but for noise (${response.noise.join(", ")})` : "";
  if (response.kind !== "changed") yield* inset(`the same is answered${noise}`, screen, 2);
  for (const change of response.changes)
    yield* changeLines(change, inResponse(placeOf(change)), [sides.old, sides.answered], screen);
}

const fitted = (text: string, { terminal, columns }: Screen): string[] =>
  terminal ? wrapLines(forTerminalLine(text), columns) : [text];

/** The names of the two sides of a change. */
type Two = readonly [old: string, now: string];

function* changeLines(change: Change, path: string, names: Two, screen: Screen): Generator<string> {
  const [old, now] = names;
  const clean = (text: string): string => (screen.terminal ? forTerminalLine(text) : text);
  const kind = kindText(change);
  const also = change.also.length > 0 ? `, and in ${countText(change.also.length, "more place")}` : "";
  const [first = "", ...rest] = fitted(`${SIGNS[change.op]} ${path}${kind === "" ? "" : ` (${kind})`}${also}`, screen);
  for (const line of [first, ...rest]) yield screen.paint("id", line);
  if (change.op === "move") return yield* inset("the same, at another place", screen);
  const stopped = change.op === "replace" && !change.words ? stoppedAt(change.old, change.now) : null;
  const isWide = screen.terminal && screen.columns >= SIDE_BY_SIDE && change.op === "replace";
  if (change.words && !(isWide && isRewritten(change.words))) yield* inset(wordsOf(change, screen), screen);
  else if (stopped) {
    yield* inset(stoppedText(stopped, names), screen);
    yield* inset(`${old}: ${clean(excerpt(stopped.old, stopped))}`, screen);
    yield* inset(`${now}: ${clean(excerpt(stopped.now, stopped))}`, screen);
  } else if (isWide) {
    yield* beside(change, names, screen);
  } else {
    if (change.old !== undefined) yield* inset(`${old}: ${clean(told(change.old))}`, screen);
    if (change.now !== undefined) yield* inset(`${now}: ${clean(told(change.now))}`, screen);
  }
}

/** Whether more words changed than stayed: then both texts are read more easily beside each other. */
function isRewritten(words: readonly WordPiece[]): boolean {
  const lengthOf = (is: (piece: WordPiece) => boolean): number =>
    words.filter(is).reduce((sum, { text }) => sum + text.length, 0);
  return lengthOf(({ op }) => op !== "same") > lengthOf(({ op }) => op === "same");
}

/** How much of a text is shown from where it changed, and how much before that. */
const BEHIND = 240;
const BEFORE = 40;

/** A long text where it begins to be another. */
function excerpt(text: string, { before, behind }: Stopped): string {
  const from = Math.max(0, before - BEFORE);
  const end = Math.min(text.length, Math.max(before, Math.min(before + BEHIND, text.length - behind)) + BEFORE);
  return `${from > 0 ? "…" : ""}${told(text.slice(from, end))}${end < text.length ? "…" : ""}`;
}

/** Each piece is cleaned by itself: its colours are not the recording's. */
const wordsOf = ({ words }: Change, { terminal, paint }: Screen): string =>
  wordsText(
    (words ?? []).map(({ op, text }) => ({
      op,
      text: terminal ? text.split("\n").map(forTerminalLine).join("\n") : text,
    })),
    paint,
  );

const told = (value: JsonValue): string => (typeof value === "string" ? value.replaceAll("\n", "↵") : valueText(value));

/** Text that was cleaned. */
function* inset(text: string, { terminal, columns }: Screen, by = 4): Generator<string> {
  const space = " ".repeat(by);
  if (!terminal) yield space + text;
  else for (const line of wrapLines(text, columns - by)) yield space + line;
}

function* beside({ old, now }: Change, [before, behind]: Two, { columns, paint }: Screen): Generator<string> {
  const wide = Math.floor((columns - 4 - GAP) / 2);
  const left = wrapLines(forTerminalLine(old === undefined ? "" : told(old)), wide);
  const right = wrapLines(forTerminalLine(now === undefined ? "" : told(now)), wide);
  yield `    ${paint("faint", `${pad(before, wide)}${" ".repeat(GAP)}${behind}`)}`;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    yield `    ${paint("bad", pad(left[at] ?? "", wide))}${" ".repeat(GAP)}${paint("good", right[at] ?? "")}`.trimEnd();
  }
}

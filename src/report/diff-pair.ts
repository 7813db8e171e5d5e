import type { Change } from "../compare/change.ts";
import { type ComparedPair, inResponse, placeOf } from "../compare/diff.ts";
import { pathText } from "../recording/json/locate.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { forTerminalLine } from "../text/escape.ts";
import { pad } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import { kindText, SIGNS, valueText, wordsText } from "./diff-text.ts";
import type { Screen } from "./report.ts";

/** From so many columns on, what was recorded and what is asked now stand side by side. */
const SIDE_BY_SIDE = 100;
const GAP = 3;

/** A pair whole: every change of its request, and of its answer. */
export function* pairLines(pair: ComparedPair, screen: Screen): Generator<string> {
  const { old, now, changes, response } = pair;
  const clean = (text: string): string => (screen.terminal ? forTerminalLine(text) : text);
  yield screen.paint("heading", clean(now.testId ?? "no test"));
  yield clean(`  recorded   ${old.path}`);
  yield clean(`  asked now  ${now.path}`);
  if (changes.length === 0) yield "  the same is asked";
  for (const change of changes) yield* changeLines(change, pathText(placeOf(change)), "asked now", screen);
  if (response === null) return;
  if (response.kind !== "changed") {
    const noise = response.noise.length > 0 ? `, but for noise (${response.noise.join(", ")})` : "";
    yield `  the same is answered${noise}`;
  }
  for (const change of response.changes)
    yield* changeLines(change, inResponse(placeOf(change)), "answered now", screen);
}

function* changeLines(change: Change, path: string, now: string, screen: Screen): Generator<string> {
  const clean = (text: string): string => (screen.terminal ? forTerminalLine(text) : text);
  const kind = kindText(change);
  const also = change.also.length > 0 ? ` and ${change.also.length} more that follow it` : "";
  yield `${SIGNS[change.op]} ${screen.paint("id", clean(path))}${kind === "" ? "" : ` (${kind})`}${also}`;
  if (change.op === "move") return;
  if (change.words) yield* inset(wordsOf(change, screen), screen);
  else if (screen.terminal && screen.columns >= SIDE_BY_SIDE && change.op === "replace") yield* beside(change, screen);
  else {
    if (change.old !== undefined) yield* inset(`recorded: ${clean(told(change.old))}`, screen);
    if (change.now !== undefined) yield* inset(`${now}: ${clean(told(change.now))}`, screen);
  }
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

function* inset(text: string, { terminal, columns }: Screen): Generator<string> {
  if (!terminal) yield `    ${text}`;
  else for (const line of wrapLines(text, columns - 4)) yield `    ${line}`;
}

function* beside({ old, now }: Change, { columns, paint }: Screen): Generator<string> {
  const wide = Math.floor((columns - 4 - GAP) / 2);
  const left = wrapLines(forTerminalLine(old === undefined ? "" : told(old)), wide);
  const right = wrapLines(forTerminalLine(now === undefined ? "" : told(now)), wide);
  yield `    ${paint("faint", `${pad("recorded", wide)}${" ".repeat(GAP)}now`)}`;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    yield `    ${paint("bad", pad(left[at] ?? "", wide))}${" ".repeat(GAP)}${paint("good", right[at] ?? "")}`.trimEnd();
  }
}

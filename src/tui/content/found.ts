import { type Finder, finderOf, withSpans } from "../../text/hits.ts";
import { withoutLooks } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";
import type { State } from "../state/state.ts";

const finderFor = remembering(finderOf);

/** Finds what is searched for; null where nothing is. */
export const finderIn = ({ search }: Pick<State, "search">): Finder | null => (search ? finderFor(search.text) : null);

/** So many lines are looked at together; a text that is found may be broken over a few. */
const TOGETHER = 400;
const BROKEN = 8;
/** A longer label, which no person gave, is not looked through in each frame. */
const LONGEST = 10_000;

/** The first line with what is looked for, or the beginning of it; -1 for none. */
export const firstHit = remembering((lines: readonly string[], finder: Finder): number => {
  for (let from = 0; from < lines.length; from += TOGETHER) {
    const text = withoutLooks(lines.slice(from, from + TOGETHER + BROKEN).join("\n"));
    const at = finder.first(text);
    if (at >= 0) return from + text.slice(0, at).split("\n").length - 1;
  }
  return -1;
});

/** Lines with what is looked for shown as found: those from `top` on, so many as `rows`. */
export const withHits = remembering(
  (lines: readonly string[], top: number, rows: number, finder: Finder | null): readonly string[] => {
    const seen = lines.slice(top, top + rows);
    if (finder === null) return seen;
    // What is broken over lines may begin above the first that is seen, and end below the last.
    const first = Math.max(0, top - BROKEN);
    const around = lines.slice(first, top + rows + BROKEN).map(withoutLooks);
    const spans = finder.spans(around.join("\n"));
    let from = around.slice(0, top - first).reduce((sum, { length }) => sum + length + 1, 0);
    return seen.map((line, at) => {
      const { length } = around[top - first + at] as string;
      const own = spans.map((span) => ({ from: span.from - from, to: Math.min(length, span.to - from) }));
      from += length + 1;
      return withSpans(line, own.map((span) => withoutIndent(around[top - first + at] as string, span)).filter(isSome));
    });
  },
);

const isSome = ({ from, to }: { from: number; to: number }): boolean => from < to;

/** What goes on from the line above begins behind the indentation. */
function withoutIndent(line: string, { from, to }: { from: number; to: number }) {
  return from >= 0 ? { from, to } : { from: line.length - line.trimStart().length, to };
}

/** A text of one line with what is looked for shown as found. */
export const litLine = (line: string, finder: Finder): string => withSpans(line, finder.spans(withoutLooks(line)));

/** The text of a label, cut or not: where what is looked for stands in a part that is cut out, all of the label is shown as found. */
export function litLabel(shown: string, label: string, finder: Finder | null): string {
  if (finder === null) return shown;
  const lit = litLine(shown, finder);
  if (lit !== shown || label.length > LONGEST || finder.first(label) < 0) return lit;
  const text = withoutLooks(shown).trimEnd();
  return withSpans(shown, [{ from: text.length - text.trimStart().length, to: text.length }]);
}

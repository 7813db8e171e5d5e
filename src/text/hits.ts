import { withFound } from "./style.ts";
import { isPlain, segmentsOf } from "./width.ts";

/** A part of a text, from one unit to before another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a text that is looked for stands. */
export interface Finder {
  /** Every place. */
  spans(text: string): Span[];
  /** The first place; -1 for none. */
  first(text: string): number;
}

/** Where a line of the screen may have been broken: behind it, the next one may be indented. */
const BREAK = "(?:\\n *)?";

/**
 * Finds what `matcher` finds: `*` for anything, capitals only where the pattern has some. In text that was wrapped it is found
 * across lines, too. Of a pattern with `*` every part is found wherever it stands. Null for a pattern that says nothing.
 */
export function finderOf(pattern: string): Finder | null {
  const parts = pattern.split("*").filter((part) => part !== "");
  if (parts.length === 0) return null;
  const sources = parts.map((part) =>
    part
      .split(/(\s+)/)
      .filter((piece) => piece !== "")
      .map((piece) => (piece.trim() === "" ? "\\s+" : [...piece].map(literal).join(BREAK)))
      .join(""),
  );
  const flags = /\p{Lu}/u.test(pattern) ? "u" : "iu";
  const every = new RegExp(sources.join("|"), `g${flags}`);
  const first = new RegExp(sources[0] as string, flags);
  return {
    spans: (text) =>
      Array.from(text.matchAll(every), ({ index, 0: { length } }) => ({ from: index, to: index + length })),
    first: (text) => text.search(first),
  };
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");

const LOOKS = /(\u001b\[[\d;]*m)/;

/** A line in looks with parts of its text shown as found; no character is torn apart. */
export function withSpans(line: string, spans: readonly Span[]): string {
  if (spans.length === 0) return line;
  const pieces = line.split(LOOKS);
  const text = pieces.filter((_, at) => at % 2 === 0).join("");
  const whole = isPlain(text) ? spans : spans.map((span) => widened(text, span));
  let place = 0;
  const shown = pieces.map((piece, at) => {
    if (at % 2 === 1) return piece;
    const from = place;
    place += piece.length;
    return inPiece(piece, from, whole);
  });
  return shown.join("");
}

/** A piece of text that begins at `start` of its line. */
function inPiece(piece: string, start: number, spans: readonly Span[]): string {
  let out = "";
  let done = 0;
  for (const span of spans) {
    const from = Math.max(done, span.from - start);
    const to = Math.min(piece.length, span.to - start);
    if (from >= to) continue;
    out += piece.slice(done, from) + withFound(piece.slice(from, to));
    done = to;
  }
  return out + piece.slice(done);
}

/** A span with all of the characters that it holds a part of. */
function widened(text: string, { from, to }: Span): Span {
  const segments = segmentsOf(text);
  const last = segments.containing(to - 1);
  return { from: segments.containing(from)?.index ?? from, to: last ? last.index + last.segment.length : to };
}

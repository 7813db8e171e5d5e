import stringWidth from "fast-string-width";

const PLAIN = /^[ -~]*$/;

/** Whether each unit of a text takes a column, on every terminal: most texts are so, and nothing of them has to be measured. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** How many columns of a terminal a text takes; its escapes take none. */
export function width(text: string): number {
  if (isPlain(text)) return text.length;
  if (text.length > 1) return stringWidth(text);
  const known = WIDTHS.get(text) ?? stringWidth(text);
  WIDTHS.set(text, known);
  return known;
}

/** Of single units: long texts are measured one by one. */
const WIDTHS = new Map<string, number>();

let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as people see them, with their places. What makes them is made once, and when it is needed: it is slow. */
export function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** A character as people see it is no longer than this, in any script; what goes on longer was made to. */
export const LONGEST = 64;

/** What every terminal takes for as wide as we do: letters, signs that frames are made of, ideographs. */
export const SAME =
  " -~\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u0588\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u21ff\\u2500-\\u25fc" +
  "\\u3001-\\u3029\\u3041-\\u3096\\u30a1-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60";
/** Those, and letters like them, never become one with their like: each is seen by itself. */
const ALONE = new RegExp(`^[${SAME}\\u05d0-\\u05ea\\u0621-\\u064a]*$`);

/** The same characters alone; one without end is taken apart, as no line has room for it. */
export function* graphemesOf(text: string): Generator<string> {
  if (ALONE.test(text)) yield* text;
  else for (const { segment } of segmentsOf(text)) yield* segment.length > LONGEST ? segment : [segment];
}

/** The first character as people see it, as {@link graphemesOf} gives it; "" of none. */
export function firstGrapheme(text: string): string {
  // One more than may be: asked of a row at each of its places, the rest of it would be copied each time.
  const [first = ""] = graphemesOf(text.slice(0, LONGEST + 1));
  return first;
}

/** The text in at most `columns`, with an ellipsis in place of its middle: both ends of a test id tell. */
export function squeeze(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  const end = endOf(text, Math.ceil((columns - 1) * 0.6));
  return `${beginningOf(text, columns - 1 - width(end))}…${end}`;
}

/** The text in at most `columns`, with an ellipsis in place of its end. */
export function clip(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  return `${beginningOf(text, columns - 1)}…`;
}

/** The text in at most `columns`, with an ellipsis in place of its beginning. */
export function clipStart(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  return `…${endOf(text, columns - 1)}`;
}

/** Measuring takes as long as a text is: one of megabytes is known not to fit. */
const fits = (text: string, columns: number): boolean => text.length <= LONGEST * columns && width(text) <= columns;

/** As much of a text as fits. */
const beginningOf = (text: string, columns: number): string => take(graphemesOf(text), columns).join("");

/** As much of a text's end as fits. */
const endOf = (text: string, columns: number): string =>
  take([...graphemesOf(text.slice(-LONGEST * columns))].reverse(), columns)
    .reverse()
    .join("");

function take(parts: Iterable<string>, columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += width(part);
    if (used > columns) break;
    taken.push(part);
  }
  return taken;
}

/** The text filled with spaces to `columns`, on the left or on the right. */
export function pad(text: string, columns: number, side: "left" | "right" = "right"): string {
  const fill = " ".repeat(Math.max(0, columns - width(text)));
  return side === "left" ? fill + text : text + fill;
}

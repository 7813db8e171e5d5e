import stringWidth from "fast-string-width";

const PLAIN = /^[ -~]*$/;

/** How many columns of a terminal a text takes; its escapes take none. */
export const width = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as people see them, with their places. What makes them is made once, and when it is needed: it is slow. */
export function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

const graphemes = (text: string): string[] =>
  PLAIN.test(text) ? [...text] : Array.from(segmentsOf(text), ({ segment }) => segment);

/** The first character as people see it; "" of none. */
export const firstGrapheme = (text: string): string => segmentsOf(text).containing(0)?.segment ?? "";

/** The text in at most `columns`, with an ellipsis in place of its middle: both ends of a test id tell. */
export function squeeze(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  const parts = graphemes(text);
  const tail = Math.ceil((columns - 1) * 0.6);
  const end = take(parts.toReversed(), tail).toReversed().join("");
  return `${take(parts, columns - 1 - width(end)).join("")}…${end}`;
}

/** The text in at most `columns`, with an ellipsis in place of its end. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  return `${take(graphemes(text), columns - 1).join("")}…`;
}

function take(parts: readonly string[], columns: number): string[] {
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

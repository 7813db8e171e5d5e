import { forLine } from "../../text/line.ts";
import { foundParts, type Look, type Paint, plain, withFound, withoutLooks } from "../../text/style.ts";
import { clip, clipStart, isPlain, pad, squeeze, width } from "../../text/width.ts";

/** A cell of a row: text of a recording is data, and is escaped here. */
export interface Cell {
  text: string;
  look?: Look;
  /** Columns; a cell without takes what the others leave. */
  width?: number;
  side?: "left" | "right";
  /** Where it is cut when it is too long. */
  cut?: keyof typeof CUTS;
  /** Makes the cell in place of all that: a line of exactly so many columns, in looks. */
  draw?: (columns: number) => string;
}

/** How a text is cut, by where. */
const CUTS = { start: clipStart, middle: squeeze, end: clip } as const;

/** A row of exactly `columns` columns, its cells a space apart. */
export function rowOf(cells: readonly Cell[], columns: number, paint: Paint): string {
  const fixed = cells.reduce((sum, cell) => sum + (cell.width ?? 0), 0);
  const rest = Math.max(0, columns - fixed - (cells.length - 1));
  const isFull = cells.filter((cell) => cell.width === undefined).length === 1 && fixed + cells.length - 1 <= columns;
  const parts = cells.map((cell) => {
    const wide = cell.width ?? rest;
    if (cell.draw) return cell.draw(wide);
    const text = exactly(forLine(cell.text, wide), wide, cell.side, cell.cut);
    return cell.look ? paint(cell.look, text) : text;
  });
  // Cells are as wide as they say: only where there is no room for all of them is the row measured.
  return isFull ? parts.join(" ") : fitted(parts.join(" "), columns);
}

/** A text that is fit for a terminal in exactly `columns` columns: cut, or filled up. */
export function exactly(
  text: string,
  columns: number,
  side: Cell["side"] = "left",
  cut: keyof typeof CUTS = "end",
): string {
  // Most cells are short and plain: their width is their length.
  if (text.length <= columns && isPlain(text)) {
    return side === "right" ? text.padStart(columns) : text.padEnd(columns);
  }
  const short = CUTS[cut](text, columns);
  return pad(short, columns, side === "right" ? "left" : "right");
}

/** A line that was made to fit, filled up to `columns`. One that does not fit is cut, and loses its looks. */
export function fitted(line: string, columns: number): string {
  const wide = width(line);
  if (wide === columns) return line;
  if (wide < columns) return line + " ".repeat(columns - wide);
  return pad(clip(withoutLooks(line), columns), columns);
}

/**
 * The row that the cursor is on: one look from end to end where its pane has the keys; a sign tells it without looks. What was
 * found in it stays seen: within what is in reverse it is not.
 */
export function cursorRow(line: string, hasKeys: boolean, paint: Paint): string {
  const found = (text: string): string => (hasKeys && paint !== plain ? paint("heading", text) : withFound(text));
  return foundParts(line)
    .map(withoutLooks)
    .map((text, at) => (text === "" ? "" : at % 2 === 1 ? found(text) : paint(hasKeys ? "cursor" : "here", text)))
    .join("");
}

/** The sign of the row that the cursor is on. */
export const hereSign = (isHere: boolean): Cell => ({ text: isHere ? "›" : " ", width: 1 });

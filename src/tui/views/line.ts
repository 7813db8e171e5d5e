import { forTerminalLine } from "../../text/escape.ts";
import type { Look, Paint } from "../../text/style.ts";
import { clip, pad, squeeze, width } from "../../text/width.ts";

/** A cell of a row: text of a recording is data, and is escaped here. */
export interface Cell {
  text: string;
  look?: Look;
  /** Columns; a cell without takes what the others leave. */
  width?: number;
  side?: "left" | "right";
  /** Where it is cut when it is too long. */
  cut?: "middle" | "end";
}

/** A row of exactly `columns` columns, its cells a space apart. */
export function rowOf(cells: readonly Cell[], columns: number, paint: Paint): string {
  const fixed = cells.reduce((sum, cell) => sum + (cell.width ?? 0), 0);
  const rest = Math.max(0, columns - fixed - (cells.length - 1));
  const parts = cells.map((cell) => {
    const wide = cell.width ?? rest;
    const clean = forTerminalLine(cell.text);
    const cut = cell.cut === "middle" ? squeeze(clean, wide) : clip(clean, wide);
    const text = pad(cut, wide, cell.side === "right" ? "left" : "right");
    return cell.look ? paint(cell.look, text) : text;
  });
  return fitted(parts.join(" "), columns);
}

/** A line that was made to fit, filled up to `columns`. One that does not fit is cut, and loses its looks. */
export function fitted(line: string, columns: number): string {
  const wide = width(line);
  if (wide === columns) return line;
  if (wide < columns) return line + " ".repeat(columns - wide);
  return pad(clip(withoutLooks(line), columns), columns);
}

/** The text alone. */
export const withoutLooks = (line: string): string => line.replace(/\u001b\[[\d;]*m/g, "");

/** The row that the cursor is on: one look from end to end where its pane has the keys; a sign tells it without looks. */
export const cursorRow = (line: string, hasKeys: boolean, paint: Paint): string =>
  hasKeys ? paint("cursor", withoutLooks(line)) : paint("here", withoutLooks(line));

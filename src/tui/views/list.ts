import type { Paint } from "../../text/style.ts";
import type { Placed } from "../state/layout.ts";
import { listOf } from "../state/moving.ts";
import type { Level, State } from "../state/state.ts";
import { cursorRow } from "./line.ts";
import { noteLines } from "./note.ts";
import { titleLine } from "./title.ts";

/** How a level is drawn: one row at a time, so that only rows that are seen are made. */
export interface ListView {
  title(state: State): string;
  /** What stands at the right of the title: forms of it, the longest first. */
  told(state: State): readonly string[];
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string;
  /** What stands in place of rows, where there are none; a line each. */
  empty?(state: State): readonly string[];
}

/** In wider rows the eye does not find from a name to its numbers. */
const MEASURE = 120;

/** A level in its pane: a title and the rows of its window. */
export function listLines(
  view: ListView,
  state: State,
  level: Level,
  { width, height }: Placed,
  paint: Paint,
): string[] {
  const { count, at } = listOf(state, level);
  const { top } = state[level];
  const beyond = Math.max(0, width - MEASURE);
  const lines = [titleLine(view.title(state), view.told(state), state.focus === level, width, paint)];
  for (let row = top; row < Math.min(count, top + height - 1); row++) {
    const line = view.row(state, row, Math.min(width, MEASURE), paint, row === at) + " ".repeat(beyond);
    lines.push(row === at ? cursorRow(line, state.focus === level, paint) : line);
  }
  if (count === 0) lines.push(...noteLines(view.empty?.(state) ?? [], width, paint));
  return lines.slice(0, height);
}

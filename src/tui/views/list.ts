import type { Paint } from "../../text/style.ts";
import type { Placed } from "../state/layout.ts";
import { listOf } from "../state/moving.ts";
import type { Level, State } from "../state/state.ts";
import { cursorRow, fitted } from "./line.ts";
import { titleLine } from "./title.ts";

/** How a level is drawn: one row at a time, so that only rows that are seen are made. */
export interface ListView {
  title(state: State): string;
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string;
  /** What stands in place of rows, where there are none; a line each. */
  empty?(state: State): readonly string[];
}

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
  const lines = [titleLine(view.title(state), state.focus === level, width, paint)];
  for (let row = top; row < Math.min(count, top + height - 1); row++) {
    const line = view.row(state, row, width, paint, row === at);
    lines.push(row === at ? cursorRow(line, state.focus === level, paint) : line);
  }
  if (count === 0) for (const line of view.empty?.(state) ?? []) lines.push(paint("faint", fitted(line, width)));
  return lines;
}

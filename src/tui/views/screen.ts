import type { Paint } from "../../text/style.ts";
import { paintOf } from "../content/answer.ts";
import { LEAST, layoutOf, type Placed } from "../state/layout.ts";
import type { Pane, Size, State } from "../state/state.ts";
import { answerPane } from "./answer.ts";
import { chunksView } from "./chunks.ts";
import { coverPane } from "./cover.ts";
import { emptyNotes } from "./empty.ts";
import { footerLines } from "./footer.ts";
import { headerLine } from "./header.ts";
import { fitted } from "./line.ts";
import { listLines } from "./list.ts";
import { noteLines } from "./note.ts";
import { requestsView } from "./requests.ts";
import { testsView } from "./tests.ts";

const PANES: Record<Pane, (state: State, placed: Placed, paint: Paint) => string[]> = {
  tests: (state, placed, paint) => listLines(testsView, state, "tests", placed, paint),
  requests: (state, placed, paint) => listLines(requestsView, state, "requests", placed, paint),
  chunks: (state, placed, paint) => listLines(chunksView, state, "chunks", placed, paint),
  answer: answerPane,
};

/** The whole screen: a line for each of its rows, each exactly as wide as it. */
export function screenOf(state: State): string[] {
  const layout = layoutOf(state);
  const paint = paintOf(state);
  if (layout.isTooSmall) return tooSmall(state.size);
  return [
    ...(layout.cover.y > 0 ? [headerLine(state, paint)] : []),
    ...body(state, layout.panes, layout.cover.height, paint),
    ...footerLines(state, paint),
  ];
}

/** What is between header and footer: a cover, a note where there is nothing to browse, or panes. */
function body(state: State, panes: readonly Placed[], height: number, paint: Paint): string[] {
  const notes = emptyNotes(state);
  if (!state.overlay && !notes) return sideBySide(state, panes, paint);
  const lines = state.overlay
    ? coverPane(state, state.overlay, paint)
    : ["", ...noteLines(notes ?? [], state.size.columns, paint, "heading")];
  return Array.from({ length: height }, (_, at) => fitted(lines[at] ?? "", state.size.columns));
}

/** Panes beside and below each other, a line between those that stand side by side. */
function sideBySide(state: State, panes: readonly Placed[], paint: Paint): string[] {
  const drawn = panes.map((placed) => ({ ...placed, lines: PANES[placed.pane](state, placed, paint) }));
  const first = Math.min(...panes.map(({ y }) => y));
  const last = Math.max(...panes.map(({ y, height }) => y + height));
  const lines: string[] = [];
  const between = paint("faint", "│");
  for (let y = first; y < last; y++) {
    const across = drawn.filter((pane) => y >= pane.y && y < pane.y + pane.height).sort((a, b) => a.x - b.x);
    lines.push(across.map((pane) => pane.lines[y - pane.y] ?? " ".repeat(pane.width)).join(between));
  }
  return lines;
}

function tooSmall({ columns, rows }: Size): string[] {
  const texts = [`too small: ${columns}×${rows}`, `${LEAST.columns}×${LEAST.rows} is wanted`, "q quits"];
  const isNarrow = rows >= texts.length && columns < texts.join("; ").length;
  const lines = isNarrow ? texts : [texts.join("; ")];
  return Array.from({ length: rows }, (_, at) => fitted(lines[at] ?? "", columns));
}

import { bytesText, countText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { paintOf } from "../content/answer.ts";
import { LEAST, layoutOf, type Placed } from "../state/layout.ts";
import type { Pane, State } from "../state/state.ts";
import { recordings } from "../state/tree.ts";
import { answerPane } from "./answer.ts";
import { chunksView } from "./chunks.ts";
import { fitted } from "./line.ts";
import { listLines } from "./list.ts";
import { requestsView } from "./requests.ts";
import { testsView } from "./tests.ts";

const PANES: Record<Pane, (state: State, placed: Placed, paint: Paint) => string[]> = {
  tests: (state, placed, paint) => listLines(testsView, state, "tests", placed, paint),
  requests: (state, placed, paint) => listLines(requestsView, state, "requests", placed, paint),
  chunks: (state, placed, paint) => listLines(chunksView, state, "chunks", placed, paint),
  answer: answerPane,
};

/** The whole screen: a line for each of its rows, none wider than it. */
export function screenOf(state: State): string[] {
  const { columns, rows } = state.size;
  const layout = layoutOf(state);
  if (layout.isTooSmall) return tooSmall(state);
  const paint = paintOf(state);
  const lines = [headerLine(state, paint), ...body(state, layout.panes, paint), ...footerLines(state, paint)];
  return lines.slice(0, rows).map((line) => fitted(line, columns));
}

/** Panes beside and below each other, a line between those that stand side by side. */
function body(state: State, panes: readonly Placed[], paint: Paint): string[] {
  const drawn = panes.map((placed) => {
    const lines = PANES[placed.pane](state, placed, paint);
    return { ...placed, lines };
  });
  const first = Math.min(...panes.map(({ y }) => y));
  const last = Math.max(...panes.map(({ y, height }) => y + height));
  const lines: string[] = [];
  for (let y = first; y < last; y++) {
    const across = drawn.filter((pane) => y >= pane.y && y < pane.y + pane.height).sort((a, b) => a.x - b.x);
    lines.push(across.map((pane) => fitted(pane.lines[y - pane.y] ?? "", pane.width)).join(paint("faint", "│")));
  }
  return lines;
}

function headerLine(state: State, paint: Paint): string {
  const { order } = recordings(state);
  const bytes = order.reduce((sum, entry) => sum + entry.bytes, 0);
  return paint(
    "faint",
    fitted(`recctl browse  ${countText(order.length, "recording")}, ${bytesText(bytes)}`, state.size.columns),
  );
}

function footerLines(state: State, paint: Paint): string[] {
  const message = state.message;
  return [message ? message.text : "", paint("faint", "? help  q quit")];
}

function tooSmall({ size }: State): string[] {
  const text = `too small: ${LEAST.columns}×${LEAST.rows} is wanted; q quits`;
  return Array.from({ length: size.rows }, (_, at) => fitted(at === 0 ? text : "", size.columns));
}

import { bytesText, numberText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";
import { bodyOf, chunkCount, openBodyOf, shownPath } from "../state/requests.ts";
import type { State } from "../state/state.ts";
import { chunkRowsOf, KIND_WIDTH } from "./chunk-rows.ts";
import { columnsThatFit } from "./columns.ts";
import { type Cell, exactly, hereSign, rowOf } from "./line.ts";
import type { ListView } from "./list.ts";

const shownIn = remembering((number: number, bar: number, columns: number) =>
  columnsThatFit(
    {
      here: { width: 1 },
      number: { width: number },
      kind: { width: KIND_WIDTH, drop: 3 },
      text: { width: 14 },
      bar: { width: bar, drop: 2 },
      bytes: { width: 6, drop: 1 },
    },
    columns,
  ),
);

/** The chunks of the recording at hand. */
export const chunksView: ListView = {
  title: (state) => {
    const count = chunkCount(state);
    const all = openBodyOf(state)?.units.length ?? 0;
    if (all === 0) return "Chunks";
    return `Chunks ${count < all ? `${numberText(count)} of ` : ""}${numberText(all)}`;
  },
  told(state) {
    const units = openBodyOf(state)?.units ?? [];
    const { bytes } = chunkRowsOf(units);
    return units.length === 0 || bytes === null ? [] : [bytesText(bytes)];
  },
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const units = openBodyOf(state)?.units ?? [];
    const rows = chunkRowsOf(units);
    const { kind, look, text, bytes } = rows.row(at);
    const largest = Math.max(rows.largest, bytes);
    const number = numberText(units.length).length;
    const bar = columns >= 46 ? 8 : 5;
    const shown = shownIn(number, bar, columns);
    const cells: Record<string, Cell> = {
      here: hereSign(isHere),
      number: { text: numberText(at + 1), width: number, side: "right", look: "faint" },
      kind: { text: kind, width: KIND_WIDTH, look: look ?? "faint" },
      text: { text: "", draw: (wide) => (look ? paint(look, exactly(text, wide)) : exactly(text, wide)) },
      bar: { text: barOf(bytes, largest, bar), width: bar, look: "faint" },
      bytes: { text: bytesText(bytes), width: 6, side: "right", look: "faint" },
    };
    return rowOf(
      [...shown].map((name) => cells[name] as Cell),
      columns,
      paint,
    );
  },
  empty(state) {
    const body = bodyOf(state);
    if (shownPath(state) === null || (body && "flaw" in body)) return [];
    if (!body || !("recording" in body)) return ["reading…"];
    if (state.play) return ["nothing has come yet"];
    return body.recording.head.streaming ? ["streamed, and nothing came"] : ["not streamed: one answer"];
  },
};

/** A bar as long as `part` is of `whole`, in at most `columns`; whatever is there at all is seen. */
function barOf(part: number, whole: number, columns: number): string {
  const halves = whole === 0 ? 0 : Math.max(part > 0 ? 1 : 0, Math.round((part / whole) * columns * 2));
  return "━".repeat(Math.floor(halves / 2)) + (halves % 2 === 0 ? "" : "╸");
}

import { bytesText, numberText } from "../../text/bytes.ts";
import { forLine } from "../../text/line.ts";
import type { Paint } from "../../text/style.ts";
import { finderIn, litLabel } from "../content/found.ts";
import { markedOf, totalBytes } from "../state/marks.ts";
import { remembering } from "../state/memo.ts";
import type { State } from "../state/state.ts";
import { recordings, type TestRow, testRows } from "../state/tree.ts";
import { type Cell, exactly, hereSign, rowOf } from "./line.ts";
import type { ListView } from "./list.ts";
import { marksCell, marksText } from "./marks.ts";
import { isTwin, testName } from "./test-name.ts";

/** A pane narrower than this has more use for names than for bytes and a deep indentation. */
const WIDE = 58;

/** Where what is no test is cut: names of files begin alike, as those of tests do. */
const CUT: Partial<Record<TestRow["kind"], Cell["cut"]>> = { folder: "start", file: "start", flaw: "middle" };

/** How wide the counts of a list are: as wide as the largest. */
const countWidth = remembering((rows: readonly TestRow[], broken: number): number =>
  rows.reduce((most, row) => Math.max(most, countOf(row, broken).length), 1),
);

/** The tests as a tree: count, bytes, and marks of what is below each row. */
export const testsView: ListView = {
  title: () => "Tests",
  told(state) {
    const { order } = recordings(state);
    const { of, present } = markedOf(state);
    const marks = marksText(present, of(0, order.length));
    const count = numberText(order.length);
    const bytes = bytesText(totalBytes(state));
    const forms = [[marks, count, bytes], [marks, count], [count, bytes], [count]];
    return forms.map((form) => form.filter((part) => part !== "").join(" · "));
  },
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const rows = testRows(state);
    const row = rows[at] as TestRow;
    const { of, present } = markedOf(state);
    const step = columns >= WIDE ? 2 : 1;
    const sign = row.flaw ? "✗" : row.isOpen === null ? " " : row.isOpen ? "▾" : "▸";
    const indent = Math.min(1 + step * row.depth, Math.floor(columns / 3));
    const count = countOf(row, state.tree.broken.length);
    return rowOf(
      [
        hereSign(isHere),
        { text: sign.padStart(indent), width: indent, look: row.flaw ? "bad" : "faint" },
        labelCell(state, at, paint),
        marksCell(present, of(row.from, row.to), paint),
        { text: count, width: countWidth(rows, state.tree.broken.length), side: "right", look: "faint" },
        ...(columns >= WIDE
          ? [
              {
                text: row.bytes === 0 ? "" : bytesText(row.bytes),
                width: 6,
                side: "right" as const,
                look: "faint" as const,
              },
            ]
          : []),
      ],
      columns,
      paint,
    );
  },
};

/** How many recordings are below a row; of files that cannot be read how many these are. */
function countOf({ kind, from, to }: TestRow, broken: number): string {
  if (kind === "flaw") return "";
  return numberText(kind === "broken" ? broken : to - from);
}

function labelCell(state: State, at: number, paint: Paint) {
  const rows = testRows(state);
  const row = rows[at] as TestRow;
  const isHit = markedOf(state).of(row.from, row.to).hit > 0;
  const lit = (text: string): string => (isHit ? litLabel(text, row.label, finderIn(state)) : text);
  const draw = (wide: number): string => lit(drawn(wide));
  const drawn = (wide: number): string => {
    if (row.kind !== "test") {
      const text = exactly(forLine(row.label, wide), wide, "left", CUT[row.kind]);
      if (row.kind === "flaw" || row.kind === "broken") return paint("bad", text);
      return row.kind === "shared" ? paint("faint", text) : paint("heading", text);
    }
    const [above, below] = [rows[at - 1], rows[at + 1]].map((one) => (one?.kind === "test" ? one.label : null));
    const isBelowTwin = at > state.tests.top && above != null && isTwin(row.label, above);
    const beside = [above, below].filter((label) => label != null);
    return exactly(testName(row.label, beside, isBelowTwin, wide), wide);
  };
  return { text: "", draw };
}

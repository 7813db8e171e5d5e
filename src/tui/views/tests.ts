import { bytesText, countText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import type { State } from "../state/state.ts";
import { type TestRow, testRows } from "../state/tree.ts";
import { rowOf } from "./line.ts";
import type { ListView } from "./list.ts";

/** The tests as a tree: count, bytes, and marks of what is below each row. */
export const testsView: ListView = {
  title: (state) => `Tests ${countText(testRows(state).length, "row")}`,
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const row = testRows(state)[at] as TestRow;
    const sign = row.isOpen === null ? " " : row.isOpen ? "▾" : "▸";
    const count = row.to - row.from;
    return rowOf(
      [
        { text: `${isHere ? "›" : " "}${"  ".repeat(row.depth)}${sign}`, width: 2 + 2 * row.depth },
        {
          text: row.label,
          cut: row.kind === "test" ? "middle" : "end",
          ...(row.isOpen === null ? {} : { look: "heading" }),
        },
        { text: row.failed > 0 ? "!" : "", width: 1, look: "bad" },
        { text: String(count), width: 4, side: "right", look: "faint" },
        { text: bytesText(row.bytes), width: 6, side: "right", look: "faint" },
      ],
      columns,
      paint,
    );
  },
};

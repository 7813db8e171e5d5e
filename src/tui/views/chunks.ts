import type { Paint } from "../../text/style.ts";
import { chunkCount, openBodyOf } from "../state/requests.ts";
import type { State } from "../state/state.ts";
import { rowOf } from "./line.ts";
import type { ListView } from "./list.ts";

/** The chunks of the recording at hand. */
export const chunksView: ListView = {
  title: (state) => `Chunks ${chunkCount(state)}`,
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const unit = openBodyOf(state)?.units[at];
    const text = unit?.pieces.map((piece) => ("text" in piece ? piece.text : piece.type)).join(" ") ?? "";
    return rowOf(
      [
        { text: isHere ? "›" : " ", width: 1 },
        { text: String(at + 1), width: 5, side: "right", look: "faint" },
        { text },
      ],
      columns,
      paint,
    );
  },
};

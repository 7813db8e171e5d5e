import type { Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { bytesText, countText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { requestsOf } from "../state/requests.ts";
import type { State } from "../state/state.ts";
import { rowOf } from "./line.ts";
import type { ListView } from "./list.ts";

/** The requests of the row at hand. */
export const requestsView: ListView = {
  title: (state) => `Requests ${countText(requestsOf(state).length, "request")}`,
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const entry = requestsOf(state)[at] as Entry;
    const peek = state.peeks.get(entry.path);
    const { head } = entry;
    return rowOf(
      [
        { text: isHere ? "›" : " ", width: 1 },
        { text: head.model ?? head.tool ?? dialectName(entry), width: 12, look: "id" },
        { text: peek?.opening ?? "…" },
        { text: head.failed ? "!" : "", width: 1, look: "bad" },
        { text: head.chunks === null ? "" : String(head.chunks), width: 4, side: "right", look: "faint" },
        { text: bytesText(entry.bytes), width: 6, side: "right", look: "faint" },
      ],
      columns,
      paint,
    );
  },
};

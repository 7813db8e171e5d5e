import { shortNames } from "../../report/short-names.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { layoutOf } from "./layout.ts";
import { requestOf } from "./requests.ts";
import type { State } from "./state.ts";
import { does, type Made, told } from "./step.ts";
import { testRow } from "./tree.ts";

/** Marks the recording at hand, takes its mark back, or compares it with the one that is marked. */
export function compared(state: State): Made {
  const entry = testRow(state)?.flaw ? null : requestOf(state);
  if (entry === null) return told(state, "no recording to compare");
  const { path: now } = entry;
  const { compareWith: old } = state;
  if (old === null)
    return told({ ...state, compareWith: now }, "marked with =: c on another one compares, c here drops the mark");
  if (old === now) return told({ ...state, compareWith: null }, "no longer marked");
  return asking({ ...state, overlay: { shows: "compare", top: 0, old, now, lines: null } });
}

/** Leaves what covers the panes; the mark of a comparison stays, for the next one. */
export function closed(state: State): State {
  const after: State = { ...state, overlay: null };
  if (state.overlay?.shows !== "compare" || state.compareWith === null) return after;
  const [name] = shortNames(state.compareWith, state.overlay.now);
  return told(after, forTerminalLine(`${name} stays marked with =: c on it drops the mark, on others compares them`));
}

/** Asks for the lines of what is compared, as wide as the screen is now. */
export function asking(state: State): Made {
  const { overlay } = state;
  if (overlay?.shows !== "compare") return state;
  const { old, now } = overlay;
  return does(state, { type: "compare", old, now, columns: columnsOf(state) });
}

const columnsOf = (state: State): number => layoutOf(state).cover.width;

/** Takes the lines of what is still compared, at the width it is shown with. */
export function withCompared(
  state: State,
  { old, now, columns, lines }: { old: string; now: string; columns: number; lines: readonly string[] },
): State {
  const { overlay } = state;
  const isWanted =
    overlay?.shows === "compare" && overlay.old === old && overlay.now === now && columns === columnsOf(state);
  return isWanted ? { ...state, overlay: { ...overlay, lines } } : state;
}

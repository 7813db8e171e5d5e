import type { Paint } from "../../text/style.ts";
import { coverLines, coverTitle } from "../content/cover.ts";
import { coverRows, layoutOf } from "../state/layout.ts";
import type { Overlay } from "../state/overlay.ts";
import type { State } from "../state/state.ts";
import { fitted } from "./line.ts";
import { positionOf } from "./position.ts";
import { titleLine } from "./title.ts";

/** What covers the panes: a title with where one is and how it is closed, and the lines that are seen. */
export function coverPane(state: State, { top }: Overlay, paint: Paint): string[] {
  const { width, height } = layoutOf(state).cover;
  const rows = coverRows(state);
  const all = coverLines(state);
  const seen = all.slice(top, top + rows);
  const place = positionOf(all.length, rows, top);
  return [
    titleLine(
      coverTitle(state),
      [place === "" ? "Esc closes" : `${place} · Esc closes`, "Esc closes"],
      true,
      width,
      paint,
    ),
    ...seen.map((line) => fitted(line, width)),
  ].slice(0, height);
}

import type { Paint } from "../../text/style.ts";
import { coverLines } from "../content/cover.ts";
import { coverRows, layoutOf } from "../state/layout.ts";
import type { Overlay, State } from "../state/state.ts";
import { fitted } from "./line.ts";
import { noteLines } from "./note.ts";
import { titleLine } from "./title.ts";

const TITLES: Record<Overlay["shows"], string> = {
  help: "Help: keys and marks",
  compare: "Compare",
  plan: "Removal: what would go",
};

/** What stands where a cover has no lines yet. */
const WAITING: Record<Overlay["shows"], string> = {
  help: "",
  compare: "comparing…",
  plan: "looking at what is marked…",
};

/** What covers the panes: a title with where one is and how it is closed, and the lines that are seen. */
export function coverPane(state: State, { shows, top }: Overlay, paint: Paint): string[] {
  const { width, height } = layoutOf(state).cover;
  const rows = coverRows(state);
  const all = coverLines(state);
  const seen = all.slice(top, top + rows);
  const place = all.length <= rows ? "" : `${Math.floor((Math.min(all.length, top + rows) / all.length) * 100)}% · `;
  return [
    titleLine(TITLES[shows], [`${place}Esc closes`, "Esc closes"], true, width, paint),
    ...(all.length === 0 ? noteLines([WAITING[shows]], width, paint) : seen.map((line) => fitted(line, width))),
  ].slice(0, height);
}

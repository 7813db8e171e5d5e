import { shortNames } from "../../report/short-names.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { wrapLines } from "../../text/wrap.ts";
import { layoutOf } from "../state/layout.ts";
import { remembering } from "../state/memo.ts";
import type { State } from "../state/state.ts";
import { paintOf } from "./answer.ts";
import { helpLines } from "./help.ts";
import { planLines } from "./plan.ts";

/** All lines of what covers the panes, those of the present width no wider than it; below its title, a window of them is seen. */
export function coverLines(state: State): readonly string[] {
  const { overlay } = state;
  const paint = paintOf(state);
  const { width } = layoutOf(state).cover;
  if (overlay === null) return [];
  if (overlay.shows === "help") return helpLines(width, paint);
  if (overlay.shows === "compare") return overlay.lines ?? waiting(width, "comparing…");
  const verdicts = state.verdicts.is === "known" ? state.verdicts.value : null;
  return overlay.plan === null
    ? waiting(width, "making the plan…")
    : planLines(overlay.plan, verdicts, state.recctl, width, paint);
}

const waiting = remembering((columns: number, text: string): readonly string[] => wrapLines(text, columns));

/** What stands above the lines. */
export function coverTitle({ overlay }: State): string {
  if (overlay?.shows === "plan") return "To be removed";
  if (overlay?.shows === "compare")
    return forTerminalLine(`Compared: ${shortNames(overlay.old, overlay.now).join(" → ")}`);
  return "Keys";
}

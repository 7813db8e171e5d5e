import { KEYS } from "../keys.ts";
import { MARK_NAMES, MARKS } from "../state/marks.ts";
import type { State } from "../state/state.ts";

/** All lines of what covers the panes, each no wider than it; those that are seen are a window of them. */
export function coverLines({ overlay }: State): readonly string[] {
  if (overlay?.shows === "compare") return overlay.lines ?? [];
  if (overlay?.shows !== "help") return [];
  const keys = Object.values(KEYS).map(({ keys, does }) => `  ${keys.join(" ").padEnd(18)} ${does}`);
  const marks = MARK_NAMES.map((mark) => `  ${MARKS[mark].sign.padEnd(18)} ${MARKS[mark].means}`);
  return [...keys, "", ...marks];
}

/** What stands above the lines. */
export const coverTitle = ({ overlay }: State): string => (overlay?.shows === "help" ? "Keys" : (overlay?.shows ?? ""));

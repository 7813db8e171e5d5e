import { countText } from "../../text/bytes.ts";
import type { State } from "../state/state.ts";
import { recordings } from "../state/tree.ts";

/** What stands in place of all panes where there is nothing to browse, and what to do about it; null where there is. */
export function emptyNotes(state: State): readonly string[] | null {
  const { tree, filter, folder, recctl } = state;
  if (!tree.isRead) return ["reading…", ...(folder === "" ? [] : [folder])];
  if (recordings(state).order.length > 0) return null;
  if (filter && tree.entries.length > 0) {
    return [
      `no recording fits the filter ${filter.line}`,
      "F takes it away; f changes it.",
      `It hides ${countText(tree.entries.length, "recording")}${brokenToo(tree.broken.length)}.`,
    ];
  }
  if (tree.broken.length > 0) return null;
  return [
    folder === "" ? "no recordings here" : `no recordings below ${folder}`,
    "They are .json files in folders called recordings; a folder or file that is named is taken as it is.",
    `${recctl} browse FOLDER looks elsewhere, r reads again, q quits.`,
  ];
}

const brokenToo = (count: number): string =>
  count === 0 ? "" : `, and ${countText(count, "file")} that cannot be read`;

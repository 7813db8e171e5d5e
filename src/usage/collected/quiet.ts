import { isNodeId } from "../node-id.ts";
import type { Form } from "./collection.ts";
import { counted, isError, isSection, partsOf, summaryOf } from "./summary.ts";

/** `pytest --collect-only -q`: a node id a line, then how many there are. */
export const quiet: Form = {
  id: "quiet",
  // Ids alone are a plain list; anything of pytest's beside them makes a collection, whole or not.
  is: (_text, lines) => lines.some((line) => summaryOf(line) !== null) || isBroken(lines),
  read(_text, lines) {
    const ids = new Set<string>();
    let deselectedCount = 0;
    for (const part of partsOf(lines, isNodeId)) {
      const end = part.lines.findIndex(isSection);
      const listed = part.lines.slice(0, end < 0 ? undefined : end).filter(isNodeId);
      counted(part, listed.length);
      for (const id of listed) ids.add(id);
      deselectedCount += part.summary.deselected;
    }
    return { ids, deselectedCount };
  },
};

const isBroken = (lines: readonly string[]): boolean =>
  lines.some((line) => isSection(line) || isError(line)) && lines.some(isNodeId);

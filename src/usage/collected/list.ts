import { isNodeId } from "../node-id.ts";
import { Refused } from "../refusal.ts";
import type { Form } from "./collection.ts";

/** A line of a run, which would read as the id of a test that nobody has. */
const OUTCOME = /\s(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?:\s.*)?$/;

/** A plain list: an id a line, comments that begin with `#`, empty lines. */
export const list: Form = {
  id: "list",
  is: (_text, lines) => lines.some((line) => isNodeId(line.trim())),
  read(_text, lines) {
    const ids = new Set<string>();
    for (const [index, written] of lines.entries()) {
      const line = written.trim();
      if (line === "" || line.startsWith("#")) continue;
      if (!isNodeId(line) || (OUTCOME.test(line) && !line.endsWith("]"))) throw new Refused(problem(line), index + 1);
      ids.add(line);
    }
    return { ids, vouched: false };
  },
};

const problem = (line: string): string => `a list with a line that is no test id: ${line.slice(0, 200)}`;

import { forShell } from "../text/escape.ts";
import type { Rule } from "./rule.ts";
import { schemeFor } from "./today.ts";

export const name: Rule = {
  id: "name",
  title: "names that today's recorder would not compute",
  variants: { "": "error", older: "warning" },
  *tree(facts, today, { recctl }) {
    for (const { path, kind, verifies } of facts) {
      const wanted = schemeFor(kind, today);
      if (verifies === null || wanted === undefined || verifies.includes(wanted)) continue;
      const last = verifies.at(-1);
      if (last === undefined) {
        yield {
          path,
          at: [],
          message: "its name is the hash of no such request: no run finds it, or it was edited since",
          remedy: `${recctl} validate --rule name --explain ${forShell(path)}`,
          cause: "no scheme gives the name",
        };
        continue;
      }
      // A name that only younger schemes give is outdated just as well where an older one was chosen.
      yield {
        path,
        variant: "older",
        at: [],
        message: `its name is that of scheme ${last}; under ${wanted} a run looks for another`,
        remedy: `${recctl} rekey ${forShell(path)}`,
        cause: `named by ${last}`,
      };
    }
  },
};

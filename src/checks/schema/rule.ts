import type { Rule } from "../rule.ts";
import { schemaProblems } from "./schema.ts";

export const schema: Rule = {
  id: "schema",
  title: "not of the format of recordings",
  variants: { "": "error" },
  *file({ root }, { recctl }) {
    for (const problem of schemaProblems(root)) yield { ...problem, remedy: `${recctl} schema tells the format` };
  },
};

import type { Rule } from "./rule.ts";

/** Its findings come from reading the file, before any rule has something to look at. */
export const json: Rule = { id: "json", title: "files that cannot be read as JSON", variants: { "": "error" } };

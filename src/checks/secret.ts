import { countText } from "../text/bytes.ts";
import { forShell } from "../text/escape.ts";
import type { Rule } from "./rule.ts";
import { type Found, secretsOfRecording } from "./secrets/document.ts";
import { masked } from "./secrets/mask.ts";
import { PATTERNS } from "./secrets/patterns.ts";

export const secret: Rule = {
  id: "secret",
  title: "keys, tokens and account data",
  variants: {
    key: "error",
    token: "error",
    "private-key": "error",
    jwt: "error",
    "project-id": "warning",
    host: "warning",
    email: "warning",
    home: "warning",
  },
  *file({ path, root, units }, { allow, recctl }) {
    for (const places of byText(secretsOfRecording({ root, units }, allow))) {
      const [first] = places;
      const { pattern, group } = first.secret;
      const title = PATTERNS.find(({ id }) => id === pattern)?.title ?? pattern;
      const more = places.length > 1 ? ` and in ${countText(places.length - 1, "more place")}` : "";
      const where = first.joined ? ", spread over the chunks of the stream" : first.where === "key" ? ", in a key" : "";
      yield {
        variant: group,
        at: first.path,
        message: `${title}: ${masked(first.text)}${where}${more}`,
        remedy: first.joined
          ? "record it anew with another answer, and revoke what was told"
          : `${recctl} redact secret/${group} ${forShell(path)}`,
        cause: title,
      };
    }
  },
};

/** What was found, a list for each text: one key in forty places is one finding. */
function byText(found: readonly Found[]): [Found, ...Found[]][] {
  const groups = new Map<string, [Found, ...Found[]]>();
  for (const one of found) {
    const known = groups.get(one.text);
    if (known) known.push(one);
    else groups.set(one.text, [one]);
  }
  return [...groups.values()];
}

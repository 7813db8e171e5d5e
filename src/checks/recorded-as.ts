import { recordedIds } from "./chunks.ts";
import type { Rule } from "./rule.ts";

export const recordedAs: Rule = {
  id: "recorded-as",
  title: "rec- ids that are not of this name",
  variants: { "": "warning" },
  *file(subject) {
    const own = subject.name.hash.slice(0, 12);
    const others = recordedIds(subject.recording).filter(({ hash }) => hash !== own);
    const [first] = others;
    if (!first || own.length < 12) return;
    yield {
      at: first.at,
      message: `recorded as rec-${first.hash}, in a file named ${own}…: renamed, or its request was edited since`,
      remedy: "record it anew where the answer no longer fits what is asked",
    };
  },
};

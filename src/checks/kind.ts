import type { Rule } from "./rule.ts";

export const kind: Rule = {
  id: "kind",
  title: "requests that no recorder knows any more",
  variants: { "": "warning" },
  *file({ recording }) {
    if (recording.head.kind !== "file-processor") return;
    yield {
      at: ["request"],
      message: "a file processor's request, which recorders wrote in April 2026 only: no run looks for it",
      remedy: "remove it, once its test is gone or recorded anew",
    };
  },
};

import { memberPath } from "./chunks.ts";
import type { Rule } from "./rule.ts";

const RECORDED = /^rec-[0-9a-f]{12}$/;

export const recordedAs: Rule = {
  id: "recorded-as",
  title: "rec- ids that are not of this name",
  variants: { "": "warning" },
  *file(subject) {
    const own = subject.name.hash.slice(0, 12);
    const right = `rec-${own}`;
    const other = subject.wrapped.find((wrapped) => {
      const id = wrapped.data.get("id");
      return typeof id === "string" && id !== right && RECORDED.test(id);
    });
    if (!other || own.length < 12) return;
    yield {
      at: memberPath(other, "id"),
      message: `recorded as ${other.data.get("id")}, in a file named ${own}…: renamed, or its request was edited since`,
      remedy: "record it anew where the answer no longer fits what is asked",
    };
  },
};

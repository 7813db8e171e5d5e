import { anew } from "../remedy.ts";
import type { Problem, Rule, Subject } from "../rule.ts";
import { failureProblems } from "./failure.ts";
import { flowProblems } from "./flow.ts";
import { shapeProblems } from "./shape.ts";
import { lineProblems } from "./sse-lines.ts";

/** What can be wrong with a stream, one after another; none has anything to say of what an earlier one refuses. */
const CHECKS: readonly (readonly [cause: string, check: (subject: Subject) => Problem[]])[] = [
  ["no such stream", shapeProblems],
  ["failures", failureProblems],
  ["lines", lineProblems],
  ["chunks", flowProblems],
];

export const stream: Rule = {
  id: "stream",
  title: "streams that no client could read, or that broke off",
  variants: { "": "error" },
  *file(subject) {
    for (const [cause, check] of CHECKS) {
      const problems = check(subject);
      for (const problem of problems) yield { cause, remedy: anew(subject.path), ...problem };
      if (problems.length > 0) return;
    }
  },
};

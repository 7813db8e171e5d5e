import { asObject } from "../../recording/json/value.ts";
import type { Problem, Subject } from "../rule.ts";

/** Whether a recorded failure carries what a replay raises. */
export function failureProblems({ recording: { head, response } }: Subject): Problem[] {
  if (head.failed) {
    const data = asObject(response.get("exception_data"));
    return data || typeof response.get("exception_message") === "string"
      ? []
      : [
          {
            at: ["response", "is_exception"],
            message: "a recorded failure without its data: no run can raise it again",
          },
        ];
  }
  const left = ["exception_data", "exception_message"].find((key) => (response.get(key) ?? null) !== null);
  return left ? [{ at: ["response", left], message: `${left} without "is_exception": true` }] : [];
}

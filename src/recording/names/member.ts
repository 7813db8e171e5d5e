import type { JsonValue } from "../json/value.ts";
import { dumps } from "./dumps.ts";

/** A writer of the member for a test id that remembers the last one: all schemes of a kind ask for the same. */
export function testMembers(): (testId: JsonValue | undefined) => string {
  let last: { testId: JsonValue; text: string } | undefined;
  return (testId) => {
    if (testId === undefined) return "";
    if (last?.testId !== testId) last = { testId, text: `, "test_id": ${dumps(testId)}` };
    return last.text;
  };
}

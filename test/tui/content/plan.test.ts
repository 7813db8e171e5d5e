import { expect, it } from "vitest";
import { plain } from "../../../src/text/style.ts";
import { planLines } from "../../../src/tui/content/plan.ts";

it("names of tests lose their folders first in a plan", () => {
  const testId = "tests/integration/agents/test_responses.py::test_a_response_that_streams[client=openai-txt=small-1]";
  const item = { path: "recordings/aa.json", testId, bytes: 100, digest: "" };
  const row = planLines({ items: [item], notes: [], refusals: [] }, null, "recctl", 70, plain).at(-2);
  expect(row).toMatch(/…\w*a_response_that_streams\[….*-txt=small-1\]$/);
});

import { expect, it } from "vitest";
import { testIdIn } from "../../src/listing/test-id.ts";
import { width } from "../../src/text/width.ts";

const ID = "tests/integration/agents/test_tools.py::TestTools::test_calls_twice[client-txt=openai/gpt-4o]";

it.each([
  [200, ID],
  [80, "…ion/agents/test_tools.py::TestTools::test_calls_twice[client-txt=openai/gpt-4o]"],
  [60, "…s.py::TestTools::test_calls_twice[client-txt=openai/gpt-4o]"],
  [46, "…s::test_calls_twice[client-txt=openai/gpt-4o]"],
  [40, "…test_calls_twice[…nt-txt=openai/gpt-4o]"],
  [30, "…test_calls_twice[…nai/gpt-4o]"],
  [20, "…calls_twice[…pt-4o]"],
  [10, "…twice[…o]"],
  [4, "…e[…"],
])("in %i columns a test id keeps its function, then the end of its parameters, then its file", (columns, cut) => {
  expect(testIdIn(ID, columns)).toBe(cut);
});

it("without parameters, or without a function, the end tells most", () => {
  expect(testIdIn("tests/a/test_x.py::test_high_water", 20)).toBe("…py::test_high_water");
  expect(testIdIn("docs/a/very/long/path.md", 12)).toBe("…ong/path.md");
  expect(testIdIn("a[b]/test_x.py::test_y[z]", 12)).toBe("…::test_y[z]");
});

it.each(["test_潮.py::test_漁港漁港[灯台=岬]", ID, "::[", "x::[]", "", "e\u0301".repeat(50)])(
  "%s fits any width",
  (id) => {
    for (let columns = 1; columns <= 60; columns++) expect(width(testIdIn(id, columns))).toBeLessThanOrEqual(columns);
  },
);

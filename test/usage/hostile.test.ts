import { describe, expect, it } from "vitest";
import { readCollection } from "../../src/usage/collected/index.ts";
import { isRefusal } from "../../src/usage/refusal.ts";
import { readRun } from "../../src/usage/runs/index.ts";

const SIZE = 10_000_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

// What reads each run anew from each place takes hours, and the test runs into its limit.
describe("10 MB of junk are refused", () => {
  it.each([
    ["one letter", fill("a")],
    ["hex digits", fill("0123456789abcdef")],
    ["spaces", `${fill(" ")}x`],
    ["empty lines", `x${fill("\n")}x`],
    ["escapes", fill("\u001b")],
    ["escapes that open", fill("\u001b]")],
    ["escapes with numbers", fill("\u001b[1;")],
    ["carriage returns", fill("\r")],
    ["brackets", fill("[")],
    ["angles", fill("<")],
    ["braces", fill("{")],
    ["lines of braces", fill('{"event": \n')],
    ["colons", fill("::")],
    ["ids without an end", fill("a.py::t[")],
    ["lines that are almost ids", fill("a.py::t[\n")],
    ["dots", fill("a.")],
    ["words of outcomes", fill(" PASSED")],
    ["lines of words", fill("a PASSED (\n")],
    ["a long name in a tree", `<Dir p>\n  <Function ${fill("a>")}>`],
    ["lines that are almost a journal's", fill('{"time":"","test_id":\n')],
    ["a line that is almost a journal's", fill('{"time":"","test_id":')],
    ["a long event", `{"event": "  Request hash: ${fill("a  ")}"}`],
    ["a long miss", `Recording not found for a.b | Request ${fill("a | ")}`],
    ["underscores", fill("_")],
    ["a long id", `a.py::t[${fill("] ")}]x`],
    ["equals signs", fill("=")],
    ["exclamation marks", fill("!")],
    ["lines of sections", fill("=== x ===\n")],
    ["almost a miss", fill("Recording not found for \n")],
    ["almost a miss, on one line", fill("Recording not found for ")],
    ["labels", fill("  Request hash: ")],
    ["tags", `<?xml version="1.0"?>${fill("<testsuite>")}`],
    ["JSON", `{"created": ${fill("[")}`],
    ["control characters", fill("\u0000\u0007\u009b\u202e")],
  ])("%s", async (_what, text) => {
    for (const read of [readCollection, readRun]) {
      expect(isRefusal(await read(text, "x"))).toBe(true);
    }
  });
});

describe("XML that would grow is refused", () => {
  const lol = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${[1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((n) => `<!ENTITY lol${n} "${`&lol${n > 1 ? n - 1 : ""};`.repeat(10)}">`)
    .join("")}]><testsuites><testsuite><testcase classname="a" name="&lol9;"/></testsuite></testsuites>`;

  it.each([
    ["the billion laughs", lol],
    ["a file from outside", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><testsuites/>'],
    ["two roots", "<testsuites/><testsuites/>"],
  ])("%s", async (_what, text) => {
    for (const read of [readCollection, readRun]) expect(isRefusal(await read(text, "x"))).toBe(true);
  });
});

it("a megabyte of a good log is read", async () => {
  const hash = "ab".repeat(32);
  const event = (text: string): string =>
    `${JSON.stringify({ event: text, timestamp: "2026-11-22T16:52:54.626349Z" })}\n`;
  const one =
    event("[RECORDING DEBUG] Looking up recording:") +
    event(`  Request hash: ${hash}`) +
    event(`  Primary path: /r/${hash}.json`) +
    event("  Primary exists: True") +
    event("  Found in primary location");
  const text = one.repeat(Math.ceil(1_000_000 / one.length));
  expect(isRefusal(await readRun(text, "x"))).toBe(false);
});

import { describe, expect, it } from "vitest";
import { bytesText, parseBytes } from "../../src/text/bytes.ts";
import { forField, forShell, forTerminal, forTerminalLine, TerminalFlow } from "../../src/text/escape.ts";
import { plain } from "../../src/text/style.ts";
import { tableLines, tsvLine } from "../../src/text/table.ts";
import { clip, firstGrapheme, graphemesOf, squeeze, width } from "../../src/text/width.ts";

describe("what a terminal may see", () => {
  it.each([
    ["clipboard theft (OSC 52)", "\u001b]52;c;aGk=\u0007", "\\u001b]52;c;aGk=\\u0007"],
    ["a forged line (carriage return)", "ok\rbad", "ok\\rbad"],
    ["C1 controls", "\u009b31m", "\\u009b31m"],
    ["bidi override", "a\u202eb", "a\\u202eb"],
    ["isolates and marks", "\u2066\u200f", "\\u2066\\u200f"],
    ["zero-width space", "a\u200bb", "a\\u200bb"],
    ["tags that hide text", "a\u{e0041}", "a\\u{e0041}"],
    ["a lone surrogate", "a\ud83d", "a\\ud83d"],
    ["DEL", "\u007f", "\\u007f"],
    ["newline and tab stay", "a\n\tb", "a\n\tb"],
    ["an emoji family stays", "👩‍👩‍👧", "👩‍👩‍👧"],
    ["a joiner elsewhere does not", "a\u200db", "a\\u200db"],
    ["thirty marks stay", `e${"\u0301".repeat(30)}`, `e${"\u0301".repeat(30)}`],
    ["more on one letter do not", `e${"\u0301".repeat(32)} e\u0301`, `e${"\u0301".repeat(30)}\\u0301\\u0301 e\u0301`],
    ["ten joiners stay", `${"👩🏽\u200d".repeat(10)}👩`, `${"👩🏽\u200d".repeat(10)}👩`],
    ["more of one emoji do not", `${"👩\u200d".repeat(12)}👩`, `${"👩\u200d".repeat(10)}👩\\u200d👩\\u200d👩`],
    ["many families stay", "👨‍👩‍👧‍👦".repeat(20), "👨‍👩‍👧‍👦".repeat(20)],
    ["Arabic, Hebrew, Japanese, accents stay", "مرحبا שלום 灯台 é", "مرحبا שלום 灯台 é"],
  ])("%s", (_, text, safe) => {
    expect(forTerminal(text)).toBe(safe);
  });

  it("in pieces as in one", () => {
    for (const text of [`e${"\u0301".repeat(100)}!`, `${"👩🏽\u200d".repeat(30)}👩`, "a\u200d👩\u200d\u202eb\u0301"]) {
      for (const size of [1, 2, 3, 7, 40]) {
        const flow = new TerminalFlow();
        const units = [...text];
        const pieces = units.flatMap((_, at) => (at % size === 0 ? [units.slice(at, at + size).join("")] : []));
        expect(pieces.map((piece) => flow.add(piece)).join("") + flow.end()).toBe(forTerminal(text));
      }
    }
  });

  it("on one line, newlines too are written out", () => {
    expect(forTerminalLine("a\n\tb")).toBe("a\\n\\tb");
  });
});

it("a field of a tab-separated line loses nothing and breaks nothing", () => {
  expect(forField("a\tb\nc\rd\\e")).toBe("a\\tb\\nc\\rd\\\\e");
  expect(tsvLine(["a\tb", "c"])).toBe("a\\tb\tc");
});

it("a word is quoted where a shell would act on it", () => {
  expect(forShell("recordings/a.json")).toBe("recordings/a.json");
  expect(forShell("it's $(x)")).toBe("'it'\\''s $(x)'");
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 KB"],
  [9949, "9.9 KB"],
  [9950, "10 KB"],
  [999_499, "999 KB"],
  [999_500, "1.0 MB"],
  [87_000_000, "87 MB"],
])("%d bytes read %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([
  ["500", 500],
  ["500k", 500_000],
  ["1.5MB", 1_500_000],
  ["1 G", 1e9],
  ["", undefined],
  ["-1", undefined],
  ["12 parsecs", undefined],
])("size %s", (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

it("a squeezed text fits, and keeps both ends", () => {
  const id = "test_night_watch.py::TestNightWatch::test_agent[txt=灯台👩‍👩‍👧]";
  for (let columns = 0; columns < 70; columns++) expect(width(squeeze(id, columns))).toBeLessThanOrEqual(columns);
  expect(squeeze("abcdefghij", 5)).toBe("a…hij");
});

it("of a text without end as much is looked at as fits", () => {
  const from = performance.now();
  const jamo = "\u1100".repeat(2_000_000);
  expect(clip(jamo, 5)).toBe("\u1100\u1100…");
  expect(squeeze(jamo, 6)).toBe("\u1100…\u1100");
  expect(firstGrapheme(jamo)).toBe("\u1100");
  expect(firstGrapheme("👩‍👩‍👧x")).toBe("👩‍👩‍👧");
  expect([...graphemesOf("e\u0301👩‍👩‍👧")]).toEqual(["e\u0301", "👩‍👩‍👧"]);
  expect(performance.now() - from).toBeLessThan(10_000);
});

it("what is seen by itself is told apart as everything is", () => {
  const units = Array.from({ length: 0xd800 }, (_, at) => String.fromCharCode(at));
  const pairs = units.flatMap((unit) => [`${unit}a`, `a${unit}`, `${unit}م`, `港${unit}`, unit + unit]);
  for (const text of pairs) {
    const seen = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
    if (seen.length !== 2 || [...graphemesOf(text)].length !== 2) expect([...graphemesOf(text)]).toEqual(seen);
  }
});

describe("tables", () => {
  const head = [
    { title: "id" },
    { title: "test", stretch: { least: 6 } },
    { title: "model", drop: 1 },
    { title: "size", side: "right" as const },
  ];
  const rows = [
    ["5d64994c", "test_a_very_long_name", "gpt-4o", "12 KB"],
    ["0c02316e", "灯台", "x\u001b[31m", "991 B"],
  ];
  it.each([20, 30, 40, 60, 200])("fit %d columns", (columns) => {
    const lines = [...tableLines(head, rows, columns, plain)];
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(Math.max(columns, 24));
    expect(lines.join("")).not.toContain("\u001b");
    expect(lines).toMatchSnapshot();
  });
});

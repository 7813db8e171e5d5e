import { describe, expect, it } from "vitest";
import { EDITS, MOST, typed } from "../../../src/tui/state/prompt.ts";
import type { Prompt } from "../../../src/tui/state/state.ts";

/** A line with its cursor at `|`. */
function lineOf(text: string): Prompt {
  const at = text.indexOf("|");
  return { asks: "search", text: text.replace("|", ""), at, error: "odd", path: null };
}
const shown = ({ text, at }: Prompt): string => `${text.slice(0, at)}|${text.slice(at)}`;

const FAMILY = "👩‍👩‍👧";

describe("a key in a line", () => {
  it.each([
    ["erase", "ab|c", "a|c"],
    ["erase", "|c", "|c"],
    ["erase", `a${FAMILY}|b`, "a|b"],
    ["erase", "ae\u0301|", "a|"],
    ["delete", "a|bc", "a|c"],
    ["delete", "a|", "a|"],
    ["delete", `|${FAMILY}b`, "|b"],
    ["eraseWord", "one two |x", "one |x"],
    ["eraseWord", "one|", "|"],
    ["eraseWord", "  |", "|"],
    ["eraseAll", "one t|wo", "|wo"],
    ["toStart", "one|", "|one"],
    ["toEnd", "o|ne", "one|"],
    ["left", `a${FAMILY}|`, `a|${FAMILY}`],
    ["left", "|a", "|a"],
    ["right", "|e\u0301a", "e\u0301|a"],
    ["right", "a|", "a|"],
  ] as const)("%s: %s → %s", (key, before, after) => {
    expect(shown(EDITS[key](lineOf(before)))).toBe(after);
  });
});

describe("text in a line", () => {
  it.each([
    ["a|c", "b", "ab|c"],
    ["|", "x\r\ny\tz", "x y z|"],
    ["|", "\u001b[31mred\u0007", "[31mred|"],
    ["|\u0301", "e", "e\u0301|"],
    ["👩|", "\u200d", "👩\u200d|"],
    ["a|", "\ud800", "a|"],
    ["a|", "\u2028", "a |"],
  ])("%j with %j: %j", (before, input, after) => {
    const line = typed(lineOf(before), input);
    expect(shown(line)).toBe(after);
    expect(line.error).toBeNull();
  });
});

describe("a line that is too long", () => {
  it.each([
    ["plain", "x".repeat(1_000_000), 1_000_000],
    ["of line ends", "\r\n".repeat(30_000), 30_000],
    ["of pairs", "😀".repeat(5_000), 10_000],
    ["of one grapheme", `e${"\u0301".repeat(5_000)}`, 5_001],
  ])("%s keeps what it has room for, and says so", (_, input) => {
    const line = typed(lineOf("ab|c"), input);
    expect(line.text.length).toBeGreaterThan(MOST - 2);
    expect(line.text.length).toBeLessThanOrEqual(MOST);
    expect(line.text).not.toMatch(/\p{Cs}/u);
    expect(line.text.endsWith("c")).toBe(true);
    expect(line.error).toMatch("2,000 characters");
    expect(typed(line, "more").text.length).toBeLessThanOrEqual(MOST);
  });

  it("is typed and pasted key by key in no time", () => {
    let line = lineOf("|");
    const began = performance.now();
    for (let at = 0; at < 30_000; at++) line = typed(line, "x");
    for (let at = 0; at < MOST; at++) line = EDITS.left(line);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(line).toMatchObject({ at: 0 });
    expect(line.text).toHaveLength(MOST);
    expect(typed(EDITS.eraseAll(EDITS.toEnd(line)), "y")).toMatchObject({ text: "y", error: null });
  });
});

it("what takes two cuts to become one stays between graphemes", () => {
  const cut = EDITS.erase(lineOf("🇩x|🇪"));
  expect(shown(cut)).toBe("🇩🇪|");
});

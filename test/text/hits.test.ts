import { describe, expect, it } from "vitest";
import { matcher } from "../../src/listing/filter.ts";
import { finderOf, withSpans } from "../../src/text/hits.ts";
import { coloured } from "../../src/text/style.ts";
import { wrapLines } from "../../src/text/wrap.ts";

const hits = (pattern: string, text: string): string[] =>
  (finderOf(pattern)?.spans(text) ?? []).map(({ from, to }) => text.slice(from, to));
const lit = (line: string, pattern: string): string => withSpans(line, finderOf(pattern)?.spans(line) ?? []);
const shown = (text: string): string => text.replaceAll("\u001b[7m", "<").replaceAll("\u001b[27m", ">");

describe("what is looked for", () => {
  it("is found with the rules of a search", () => {
    expect(hits("tide", "Tide, TIDE, tides")).toEqual(["Tide", "TIDE", "tide"]);
    expect(hits("Tide", "Tide, TIDE, tides")).toEqual(["Tide"]);
    expect(hits("a.c", "abc a.c")).toEqual(["a.c"]);
    expect(hits("low*high", "from low to high")).toEqual(["low", "high"]);
    for (const pattern of ["(", "[x", "a|b", "\\d", "{2}", "$^", "?+", "/", "-"]) {
      expect(hits(pattern, `so ${pattern} it is`), pattern).toEqual([pattern]);
      expect(matcher(pattern)(`so ${pattern} it is`)).toBe(true);
    }
    for (const nothing of ["", "*", "**"]) expect(finderOf(nothing)).toBeNull();
  });

  it("is found where the lines of a text are broken, and only there", () => {
    const text = "High water comes at the lighthouse-keeper's own pier.";
    for (let columns = 8; columns < 60; columns++) {
      const wrapped = wrapLines(text, columns).join("\n   ");
      for (const pattern of ["water comes at", "lighthouse-keeper", "own pier"]) {
        expect(hits(pattern, wrapped), `${columns} ${pattern}`).toHaveLength(1);
      }
    }
    expect(hits("therapist", "the rapist")).toEqual([]);
  });
});

describe("a line with what was found", () => {
  it("keeps its looks, and tears no character apart", () => {
    const line = `so ${coloured("id", "high")} water`;
    expect(shown(withSpans(line, finderOf("high water")?.spans("so high water") ?? []))).toBe(
      `so ${coloured("id", "<high>")}< water>`,
    );
    expect(shown(lit("cafe\u0301 👩‍👩‍👧 end", "e"))).toBe("caf<e\u0301> 👩‍👩‍👧 <e>nd");
    expect(shown(lit("one 👩‍👩‍👧 two", "👧"))).toBe("one <👩‍👩‍👧> two");
    expect(lit("nothing", "x")).toBe("nothing");
  });
});

import { describe, expect, it } from "vitest";
import lineUpdate from "../../src/tui/ink/line-update.ts";
import { isAgreed, pinned } from "../../src/tui/ink/row.ts";
import { newScreen, planesOf, type Screen } from "../cli/planes.ts";

const PIECES = [
  "a",
  "tide ",
  "│",
  "é",
  "e\u0301",
  "港",
  "👩‍👩‍👧",
  "🇯🇵",
  "✈️",
  "नमस्ते",
  "م",
  "\u001b[2m",
  "\u001b[22m",
  "\u001b[7m",
  "\u001b[27m",
];

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const write = (screen: Screen, text: string): Promise<void> => new Promise((done) => screen.write(text, done));

describe("a row", () => {
  it("is left as it is where every terminal agrees on its width", () => {
    const row = "│ tide \u001b[2m港は\u001b[22m ▾ é";
    expect(isAgreed(row)).toBe(true);
    expect(pinned(row)).toBe(row);
  });

  it("goes on where it should behind what terminals disagree on", () => {
    expect(pinned("ab👩‍👩‍👧│")).toBe("ab👩‍👩‍👧\u001b[5G│");
    expect(pinned("e\u0301│")).toMatch(/^e\u0301\u001b\[2G│$/);
    expect(pinned("│👩")).toBe("│👩");
  });

  it("changes into another one without a trace", async () => {
    const next = random(7);
    const row = (from: string): string => {
      const kept = [...new Intl.Segmenter().segment(from.replace(/\u001b\[\d+m/g, ""))].map(({ segment }) => segment);
      const parts = kept.slice(0, Math.floor(next() * kept.length));
      while (parts.length < 12) parts.push(PIECES[Math.floor(next() * PIECES.length)] as string);
      return `${parts.join("")}\u001b[22;27m`;
    };
    const size = { columns: 60, rows: 1 };
    const [changed, anew] = [newScreen(size), newScreen(size)];
    await write(changed, "\u001b[?7l");
    await write(anew, "\u001b[?7l");
    let before = "";
    for (let round = 0; round < 80; round++) {
      const after = pinned(row(before));
      await write(changed, lineUpdate(before, after, size.columns));
      await write(anew, `\u001b[G\u001b[m\u001b[K${after}`);
      expect(planesOf(changed), `${JSON.stringify(before)} -> ${JSON.stringify(after)}`).toEqual(planesOf(anew));
      before = after;
    }
    changed.dispose();
    anew.dispose();
  });

  it("keeps what is the same at its beginning", () => {
    expect(lineUpdate("one two", "one too", 80)).toBe("\u001b[6G\u001b[Koo");
    expect(lineUpdate("\u001b[1mone\u001b[22m a", "\u001b[1mone\u001b[22m b", 80)).toMatch(/^\u001b\[5G\u001b\[K.*b$/);
    expect(lineUpdate("\u001b[1mone", "\u001b[2mone", 80)).toBe("\u001b[G\u001b[K\u001b[2mone");
    expect(lineUpdate("one e", "one e\u0301", 80)).toContain("e\u0301");
  });
});

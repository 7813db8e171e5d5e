import fc from "fast-check";
import { expect, it } from "vitest";
import { Budget } from "../../src/compare/changes/budget.ts";
import { changesOf } from "../../src/compare/changes/changes.ts";
import { wordsBetween } from "../../src/compare/changes/words.ts";

/** Words as one text: `[-gone-]`, `{+new+}`. */
const told = (old: string, now: string): string | undefined =>
  wordsBetween(old, now, new Budget())
    ?.map(({ op, text }) => (op === "same" ? text : op === "add" ? `{+${text}+}` : `[-${text}-]`))
    .join("");

it.each([
  ["The cat sat", "The dog sat", "The [-cat-]{+dog+} sat"],
  ["The cat sat", "The cat sat down", "The cat sat{+ down+}"],
  ["cat sat", "The cat sat", "{+The +}cat sat"],
  ["one two three four", "one 2 three 4", "one [-two-]{+2+} three [-four-]{+4+}"],
  ["score: 0.00990886, so", "score: 0.00990887, so", "score: [-0.00990886-]{+0.00990887+}, so"],
  ['{"city": "Paris"}', '{"city": "Rome"}', '{"city": "[-Paris-]{+Rome+}"}'],
  ["", "all", "{+all+}"],
  ["日本語を話す", "日本人を話す", "日本[-語-]{+人+}を話す"],
  ["a\n\nb", "a\nb", "a\n[-\n-]b"],
  ["x 😀 y", "x 😁 y", "x [-😀-]{+😁+} y"],
])("%j, %j", (old, now, expected) => {
  expect(told(old, now)).toBe(expected);
});

it("both texts can be read off the words", () => {
  const word = fc.constantFrom(
    "the",
    "cat",
    "sat",
    " ",
    "  ",
    "\n",
    ",",
    "0.5",
    ".",
    "1",
    "日",
    "😀",
    "\ud83d",
    "\ude00",
    "é",
  );
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));
  fc.assert(
    fc.property(text, text, (old, now) => {
      fc.pre(old !== now);
      const words = wordsBetween(old, now, new Budget());
      expect(words?.map((piece) => (piece.op === "add" ? "" : piece.text)).join("")).toBe(old);
      expect(words?.map((piece) => (piece.op === "remove" ? "" : piece.text)).join("")).toBe(now);
      expect(words?.every((piece, at) => piece.text !== "" && piece.op !== words[at - 1]?.op)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

it("of a text of 1 MB with a quarter changed no words are told, of one with an edit here and there they are", () => {
  const text = (changed: (at: number) => boolean): string =>
    Array.from({ length: 150_000 }, (_, at) => `${changed(at) ? "x" : "w"}${at % 5000}`).join(" ");
  const old = text(() => false);
  expect(
    told(
      old,
      text((at) => at % 4 === 0),
    ),
  ).toBeUndefined();
  expect(
    told(
      old,
      text((at) => at % 50_000 === 7),
    )?.match(/\{\+/g),
  ).toHaveLength(3);
  const [change] = changesOf(
    old,
    text((at) => at % 4 === 0),
  );
  expect([change?.op, change?.words]).toEqual(["replace", null]);
});

it("what all words of a comparison may cost is bounded too", () => {
  const text = (mark: string, at: number): string =>
    Array.from({ length: 900 }, (_, nth) => `${nth % 3 ? "w" : mark}${nth + at}`).join(" ");
  const changes = changesOf(
    Array.from({ length: 60 }, (_, at) => text("a", at)),
    Array.from({ length: 60 }, (_, at) => text("b", at)),
  );
  const told = changes.filter(({ words }) => words !== null).length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(60);
});

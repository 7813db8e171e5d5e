import fc from "fast-check";
import { wrapAnsi } from "fast-wrap-ansi";
import { expect, it } from "vitest";
import { wrapLines } from "../../src/text/wrap.ts";

it("plain text is wrapped as any other", () => {
  const slowly = (text: string, columns: number): string[] =>
    wrapAnsi(text, columns, { hard: true, trim: false })
      .split("\n")
      .map((line, index) => (index === 0 ? line : line.replace(/^ +/, "")))
      .filter((line, index) => index === 0 || line !== "");
  const plain = fc.string({ unit: fc.constantFrom("a", "b", "-", " "), maxLength: 120 });
  fc.assert(
    fc.property(plain, fc.integer({ min: 8, max: 40 }), (text, columns) => {
      expect(wrapLines(text, columns)).toEqual(slowly(text, columns));
    }),
    { numRuns: 2_000 },
  );
});

import { expect, it } from "vitest";
import { likeness, sketchOf } from "../../src/compare/pairs/sketch.ts";

const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `word${from + at}`).join(" ");

it("tells exactly how many words two short texts share", () => {
  const of = (a: string, b: string): number => likeness(sketchOf(a), sketchOf(b));
  expect(of("", "")).toBe(1);
  expect(of("", "a")).toBe(0);
  expect(of("a b c", "c b a a")).toBe(1);
  expect(of("a b c", "a b d")).toBe(2 / 4);
  for (let at = 0; at < 1000; at++) expect(of(`part ${at} of it`, `part ${at + 1} of it`)).toBe(3 / 5);
});

it("and about how many of long ones, in whichever pieces they come", () => {
  for (const share of [0, 0.25, 0.5, 1]) {
    const cut = 20_000 * (1 - share);
    const [a, b] = [words(0, 20_000), words(cut, cut + 20_000)];
    const exact = (20_000 - cut) / (20_000 + cut);
    expect(Math.abs(likeness(sketchOf(a), sketchOf(b)) - exact)).toBeLessThan(0.2);
  }
  expect(sketchOf(words(0, 3000), words(3000, 9000))).toEqual(sketchOf(words(0, 9000)));
  expect(sketchOf(words(0, 9000))).toHaveLength(32);
});

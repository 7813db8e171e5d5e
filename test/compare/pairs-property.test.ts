import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALONE, assign } from "../../src/compare/pairs/assign.ts";
import { pairUp } from "../../src/compare/pairs/pair.ts";
import type { Subject } from "../../src/compare/pairs/subject.ts";
import { assistant, complete, type Made, OVERLAY, Subjects, user } from "./made.ts";

const text = fc
  .array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(" "));

const recording: fc.Arbitrary<Made> = fc.record({
  test: fc.constantFrom("t/x.py::one[a]", "t/x.py::one[b]", "t/y.py::two", null),
  messages: fc
    .array(fc.tuple(fc.boolean(), text), { maxLength: 4 })
    .map((turns) => turns.map(([answer, said]) => (answer ? assistant(said) : user(said)))),
  body: fc.constantFrom({}, { stream: true }, { stream: true, seed: 1 }),
});

const file = fc.tuple(recording, fc.nat({ max: 30 }));

const scene = fc.record({
  olds: fc.uniqueArray(file, { maxLength: 12, selector: ([, name]) => name }),
  nows: fc.uniqueArray(file, { maxLength: 12, selector: ([, name]) => name }),
  lists: fc.boolean(),
  overlay: fc.boolean(),
});

describe("any run", () => {
  it("has each recording in pairs or in added, once, and no predecessor twice, in whichever order it is read", () => {
    fc.assert(
      fc.property(scene, fc.infiniteStream(fc.nat()), ({ olds, nows, lists, overlay }, random) => {
        const all = new Subjects();
        const subject = ([made, name]: readonly [Made, number]): Subject =>
          all.of(
            made,
            lists && name % 3 === 0 ? `r/models-${"abc"[name % 2]}-0000000${name % 10}-${name}.json` : `r/${name}.json`,
          );
        const [before, behind] = [olds.map(subject), nows.map(subject)];
        const options = overlay ? OVERLAY : complete(...before.filter((_, at) => at % 2 === 0));
        const { pairs, added, superseded, removed } = pairUp(before, behind, options);
        expect([...pairs.map(({ now }) => now), ...added].sort(byPath)).toEqual([...behind].sort(byPath));
        expect(new Set(pairs.map(({ old }) => old)).size).toBe(pairs.length);
        expect(superseded.every((pair) => pairs.includes(pair))).toBe(true);
        expect(removed.some((old) => pairs.some((pair) => pair.old === old))).toBe(false);
        expect(pairs.every(({ old, now, same }) => same === (old.asked === now.asked))).toBe(true);
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => [random.next().value as number, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
        const again = pairUp(shuffled(before), shuffled(behind), options);
        const named = (from: typeof pairs) => from.map(({ old, now }) => `${old.path} ${now.path}`).sort();
        expect(named(again.pairs)).toEqual(named(pairs));
      }),
      { numRuns: 300 },
    );
  });

  it("against itself has no change", () => {
    fc.assert(
      fc.property(fc.uniqueArray(file, { maxLength: 12, selector: ([, name]) => name }), (files) => {
        const all = new Subjects();
        const olds = files.map(([made, name]) => all.of(made, `r/${name}.json`));
        const { pairs, added } = pairUp(olds, olds, OVERLAY);
        expect(added).toEqual([]);
        expect(pairs.every(({ old, now, same }) => old === now && same)).toBe(true);
      }),
    );
  });
});

const byPath = (a: Subject, b: Subject): number => (a.path < b.path ? -1 : 1);

it("an assignment is the best there is", () => {
  const cost = fc.oneof(fc.double({ min: 0, max: 1.2, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
  const matrix = fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    );
  fc.assert(
    fc.property(matrix, (costs) => {
      const columns = costs[0]?.length ?? 0;
      const found = assign(costs.length, columns, (row, column) => costs[row]?.[column] as number);
      const taken = found.filter((column) => column >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      const sum = found.reduce((all, column, row) => all + (column < 0 ? ALONE : (costs[row]?.[column] as number)), 0);
      expect(sum).toBeCloseTo(best(costs, 0, new Set()), 9);
    }),
    { numRuns: 500 },
  );
});

/** By trying all. */
function best(costs: readonly (readonly number[])[], row: number, taken: ReadonlySet<number>): number {
  const own = costs[row];
  if (!own) return 0;
  const ways = own.flatMap((cost, column) =>
    taken.has(column) ? [] : [cost + best(costs, row + 1, new Set([...taken, column]))],
  );
  return Math.min(ALONE + best(costs, row + 1, taken), ...ways);
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Plan, settle } from "../../src/mend/settle.ts";
import type { Left, Wish } from "../../src/mend/wish.ts";
import { sha256 } from "../../src/recording/digest.ts";
import type { Step } from "../../src/store/transaction/change.ts";
import { ordered } from "../../src/store/transaction/order.ts";

/** What files hold, by name. */
type Files = Record<string, string>;

/** A file that wants another name, other content, or both. */
type Want = readonly [name: string, to: string | null, after?: string];

const digest = (content: string): string => sha256(Buffer.from(content));

const wishOf =
  (files: Files) =>
  ([name, to, after]: Want): Wish => ({
    path: `r/${name}`,
    place: `/tree/r/${name}`,
    before: digest(files[name] as string),
    to: to === name ? null : to,
    after: after === undefined ? null : Buffer.from(after),
    why: "a test",
  });

/** What is at a place of these files; `links` are names that lead elsewhere. */
const digestIn =
  (files: Files, links: readonly string[] = []) =>
  (place: string): string | null => {
    const name = place.slice("/tree/r/".length);
    if (links.includes(name)) return "";
    return Object.hasOwn(files, name) ? digest(files[name] as string) : null;
  };

const settled = (
  files: Files,
  wants: readonly Want[],
  left: readonly Left[] = [],
  links: readonly string[] = [],
): Plan => settle(wants.map(wishOf(files)), left, digestIn(files, links));

/** Files in short: `a1` holds 1. */
const filesIn = (short: string): Files => Object.fromEntries(short.split(" ").map(([name, held]) => [name, held]));

/** What they want in short: `a>b` a name, `a*2` other content, `a>b2` both. */
const wantsIn = (short: string): Want[] =>
  short.split(" ").map(([name = "", sort, ...rest]) => {
    const [to, after] = sort === ">" ? rest : [null, rest[0]];
    return after === undefined ? [name, to as string] : [name, to as string, after];
  });

/** A plan in short: `a>b`, `a*` for a rewrite, `a=b` for one that falls away as the same; what is left alone, by name. */
function short({ steps, left }: Plan): [steps: string, left: string] {
  const signs = { rename: ">", rewrite: "*", remove: "=" };
  const told = steps.map(({ type, path, to }) => `${path}${signs[type]}${type === "rewrite" ? "" : to}`);
  return [told.join(" ").replaceAll("r/", ""), left.map(({ path }) => path.replace("r/", "")).join(" ")];
}

describe("what files can have together", () => {
  it.each([
    ["a free name", "a1", "a>b", "a>b", ""],
    ["other content", "a1", "a*2", "a*", ""],
    ["two that are alike: one stays", "a1 b1", "a>c b>c", "a>c b=c", ""],
    ["two that become alike", "a1 b2", "a>c3 b>c3", "a>c b=c", ""],
    ["two that differ", "a1 b2", "a>c b>c", "", "a b"],
    ["three of which two are alike", "a1 b1 c2", "a>d b>d c>d", "", "a b c"],
    ["the name of one that stays and differs", "a1 b2", "a>b", "", "a"],
    ["the name of one that stays and is the same", "a1 b1", "a>b", "a=b", ""],
    ["the same as one that becomes so", "a1 b2", "a>b b*1", "a=b b*", ""],
    ["as one that becomes another, which it still does", "a1 b1", "a>b b*2", "b*", "a"],
    ["a chain", "a1 b2 c3", "a>b b>c c>d", "a>b b>c c>d", ""],
    ["a chain whose end is taken", "a1 b2 c3 d4", "a>b b>c c>d", "", "a b c"],
    ["a chain whose end falls away", "a1 b2 c2", "a>b b>c", "a>b b=c", ""],
    ["the same as one that falls away: it must not fall, too", "a1 b1 c2", "a>b b>c2", "a>b b=c", ""],
    ["the same as one that was refused", "a1 b1 c2", "a>b b>c", "a=b", "b"],
    ["a circle of two", "a1 b2", "a>b b>a", "", "a b"],
    ["a circle of three, and one that waits for it", "a1 b2 c3 d4", "a>b b>c c>a d>a", "", "a b c d"],
    ["a circle of two that are alike", "a1 b1", "a>b b>a", "", "a b"],
  ])("%s", (_, files, wants, steps, left) => {
    expect(short(settled(filesIn(files), wantsIn(wants)))).toEqual([steps, left]);
    expect(short(settled(filesIn(files), wantsIn(wants).toReversed()))[1]).toBe(left);
  });

  it("what is no file of its own is like no other, though a link leads to the very content", () => {
    expect(short(settled(filesIn("a1 b1"), wantsIn("a>b"), [], ["b"]))).toEqual(["", "a"]);
  });

  it("who is refused is told why, by the name it would have, among those that were left before", () => {
    const before: Left = { path: "r/b", why: "it was", cause: "before" };
    const { left } = settled(filesIn("a1 c2 d3 e4"), wantsIn("a>z c>z d>e"), [before]);
    const several = { cause: "one name for several that differ", to: "r/z" };
    expect(left).toEqual([
      { path: "r/a", why: "z is also what r/c would be called, and they differ", ...several },
      before,
      { path: "r/c", why: "z is also what r/a would be called, and they differ", ...several },
      { path: "r/d", why: "e is there already, and differs", cause: "another that differs has the name", to: "r/e" },
    ]);
  });

  it("folders do not mix: a name is taken in its own alone", () => {
    const wish = (folder: string): Wish => ({
      ...wishOf({ a: folder })(["a", "b"]),
      path: `${folder}/a`,
      place: `/tree/${folder}/a`,
    });
    const { steps } = settle([wish("x"), wish("y")], [], () => null);
    expect(steps.map(({ toPlace }) => toPlace)).toEqual(["/tree/x/b", "/tree/y/b"]);
  });
});

const NAMES = ["a", "b", "c", "d", "e", "f"];
const name = fc.constantFrom(...NAMES);
const content = fc.constantFrom("1", "2", "3");
/** Each name: what the file holds where there is one, and what it wants where it wants anything. */
const trees = fc.record(
  Object.fromEntries(
    NAMES.map((one) => [
      one,
      fc.option(
        fc.record({
          content,
          wants: fc.option(fc.record({ to: fc.option(name), after: fc.option(content, { nil: undefined }) })),
        }),
      ),
    ]),
  ),
);

it("whatever is wished: nothing is lost, nothing done twice, and every wish is granted or left", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const there = Object.entries(tree).flatMap(([one, file]) => (file ? [[one, file] as const] : []));
      const files: Files = Object.fromEntries(there.map(([one, file]) => [one, file.content]));
      const wants = there.flatMap(([one, { wants }]): Want[] =>
        wants ? [wants.after === undefined ? [one, wants.to] : [one, wants.to, wants.after]] : [],
      );
      const { steps, left } = settled(files, wants);
      const told = [...steps, ...left].map(({ path }) => path).sort();
      expect(told).toEqual(wants.map(([one]) => `r/${one}`).sort());
      const order = ordered(
        steps.map(
          ({ type, place, toPlace, before, after }) => ({ type, path: place, to: toPlace, before, after }) as Step,
        ),
      );
      if ("fact" in order) expect.fail(order.fact);
      const now = new Map(Object.entries(files));
      const ends = new Map(now);
      for (const step of order) {
        const from = step.path.slice("/tree/r/".length);
        const held = now.get(from) as string;
        now.delete(from);
        const after = step.type === "remove" ? undefined : (step.after?.toString() ?? held);
        ends.set(from, wants.find(([one]) => one === from)?.[2] ?? held);
        if (after === undefined) continue;
        const to = step.type === "rename" ? step.to.slice("/tree/r/".length) : from;
        expect(now.has(to), `${to} is taken when ${from} comes`).toBe(false);
        now.set(to, after);
      }
      for (const [one, held] of ends) expect([...now.values()], `what ${one} holds`).toContain(held);
      expect(now.size).toBe(there.length - steps.filter(({ type }) => type === "remove").length);
    }),
    { numRuns: 3000 },
  );
});

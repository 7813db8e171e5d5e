import { describe, expect, it } from "vitest";
import { sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const at = (name: string | number): string => `recordings/${name}.json`;

describe("open", () => {
  it("reads at once after a while, then the last one alone once the cursor rests", async () => {
    const browsing = new Browsing(tree(Object.fromEntries([1, 2, 3].map((n) => [at(n), sample({ asked: `${n}?` })]))));
    const first = await browsing.does({ type: "open", path: at(1) }, "opened");
    expect(first.body).toMatchObject({ path: at(1), asked: { turns: [{ role: "user" }] } });
    browsing.perform({ type: "open", path: at(2) }, browsing.state);
    const began = performance.now();
    await browsing.does({ type: "open", path: at(3) }, "opened");
    expect(performance.now() - began).toBeGreaterThan(30);
    expect([...browsing.state.bodies.keys()]).toEqual([at(1), at(3)]);
  });

  it("tells what stands in the place of a recording", async () => {
    const browsing = new Browsing(tree({ [at(1)]: "[1,", [at("\u001b[2J")]: sample() }));
    const { body } = await browsing.does({ type: "open", path: at(1) }, "opened");
    expect(body).toMatchObject({ path: at(1), flaw: { line: 1, column: 4 } });
    const gone = await browsing.does({ type: "open", path: at("gone") }, "opened");
    expect(gone.body).toMatchObject({ flaw: { message: expect.stringContaining("gone") } });
    const odd = await browsing.does({ type: "open", path: at("\u001b[2J") }, "opened");
    expect(odd.body).toMatchObject({ path: at("\u001b[2J"), bytes: expect.any(Number) });
  });
});

describe("peek", () => {
  /** 331 requests, each hundredth of them half a megabyte. */
  const files = Object.fromEntries(
    Array.from({ length: 331 }, (_, n) => [
      at(n),
      sample({ asked: `Question ${n}?`, answered: Array(n % 100 === 0 ? 2000 : 10).fill("wave ") }),
    ]),
  );

  it("tells of all, with keys in between", async () => {
    const browsing = new Browsing(tree({ ...files, [at(7)]: "{" }));
    let turns = 0;
    const peeks = new Map();
    const turn = (): void => {
      turns++;
      if (peeks.size < 331) setImmediate(turn);
    };
    setImmediate(turn);
    browsing.perform({ type: "peek", paths: Object.keys(files) }, browsing.state);
    while (peeks.size < 331) for (const [path, peek] of (await browsing.next("peeked")).peeks) peeks.set(path, peek);
    // More than one slice; how many hangs on the machine.
    expect(turns).toBeGreaterThan(2);
    expect(peeks.get(at(8))).toMatchObject({ turns: 1, opening: "Question 8?" });
    expect(peeks.get(at(7))).toEqual({ turns: 0, length: 0, opening: "", tools: [] });
  });

  it("lets go of what an earlier one has left", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, one) => [at(one), sample({ asked: `Question ${one}?` })]),
    );
    const browsing = new Browsing(tree(many));
    browsing.perform({ type: "peek", paths: Object.keys(many) }, browsing.state);
    await browsing.next("peeked");
    const wanted = [at(1_499), at(1_498)];
    await browsing.does({ type: "peek", paths: wanted }, "peeked", ({ peeks }) =>
      wanted.every((path) => peeks.has(path)),
    );
    const peeked = browsing.actions.flatMap((action) => (action.type === "peeked" ? [...action.peeks.keys()] : []));
    expect(peeked.length).toBeLessThan(1_500);
    expect(new Set(peeked).size).toBe(peeked.length);
  });
});

describe("a file of more than a megabyte", () => {
  const big = sample({ asked: "tide ".repeat(250_000) });

  it("is read once the cursor has rested a while, and the list is told of it from what was read", async () => {
    const browsing = new Browsing(tree({ [at(1)]: big, [at(2)]: sample() }));
    await browsing.scan();
    const began = performance.now();
    browsing.perform({ type: "peek", paths: [at(1), at(2)] }, browsing.state);
    const small = await browsing.next("peeked");
    expect([...small.peeks.keys()]).toEqual([at(2)]);
    await browsing.does({ type: "open", path: at(1) }, "opened");
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
    const { peeks } = await browsing.next("peeked");
    expect(peeks.get(at(1))).toMatchObject({ turns: 1, opening: expect.stringMatching(/^tide tide/) });
  });

  it("is not read at all where the cursor goes on", async () => {
    const browsing = new Browsing(tree({ [at(1)]: big, [at(2)]: sample() }));
    await browsing.scan();
    browsing.perform({ type: "open", path: at(1) }, browsing.state);
    browsing.perform({ type: "peek", paths: [at(1)] }, browsing.state);
    browsing.perform({ type: "peek", paths: [at(2)] }, browsing.state);
    await browsing.does({ type: "open", path: at(2) }, "opened");
    await new Promise((done) => setTimeout(done, 500));
    expect([...browsing.state.bodies.keys()]).toEqual([at(2)]);
    expect(browsing.actions.some((action) => action.type === "peeked" && action.peeks.has(at(1)))).toBe(false);
  });
});

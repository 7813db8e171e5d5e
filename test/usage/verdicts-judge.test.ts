import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALL_TELLS,
  type Evidence,
  evidence,
  REMOVES,
  type Tells,
  type Verdict,
} from "../../src/usage/verdicts/evidence.ts";
import { isAnyones } from "../../src/usage/verdicts/file.ts";
import { decide, judge, PRECEDENCE } from "../../src/usage/verdicts/judge.ts";
import { candidate, F } from "./verdict-tree.ts";

const all: readonly Evidence[] = ALL_TELLS.map((tells) => evidence(tells, tells));
const FOR = all.filter(({ speaks }) => speaks === "for");

/** What shows that a test is there, and which verdicts rest on what is nearer to the file: nothing else outweighs use. */
const OUTWEIGHED: Partial<Record<Verdict, readonly Tells[]>> = {
  "not collected": ["defined"],
  "not hit": ["defined", "collected"],
  superseded: ["defined", "collected"],
  unreachable: ["defined", "collected"],
};

const subject = fc
  .record({
    testId: fc.constantFrom(null, "", `${F}::test_y`),
    unreadable: fc.constantFrom(null, null, "no JSON"),
    kind: fc.constantFrom("inference" as const, "tool" as const),
  })
  .map(({ testId, ...more }) => candidate(testId, more));
const told = fc.subarray([...all], { minLength: 0 });
const check = <T extends unknown[]>(property: fc.IPropertyWithHooks<T>): void => fc.assert(property, { numRuns: 5000 });

describe("whatever the evidence", () => {
  it("nothing is removed that any evidence shows in use, but for what is nearer to the file", () => {
    check(
      fc.property(subject, told, (one, evidence) => {
        const judged = judge(one, evidence);
        if (!REMOVES.has(judged.verdict)) return;
        const uses = judged.evidence.filter(({ speaks }) => speaks === "for").map(({ tells }) => tells);
        expect(uses.filter((use) => !OUTWEIGHED[judged.verdict]?.includes(use))).toEqual([]);
      }),
    );
  });

  it("nothing is removed without evidence against it", () => {
    check(
      fc.property(subject, told, (one, evidence) => {
        const judged = judge(one, evidence);
        if (REMOVES.has(judged.verdict)) expect(judged.evidence.some(({ speaks }) => speaks === "against")).toBe(true);
      }),
    );
  });

  it("more evidence of use never removes what was kept", () => {
    check(
      fc.property(subject, told, fc.constantFrom(...FOR), (one, evidence, more) => {
        const [before, after] = [judge(one, evidence), judge(one, [...evidence, more])];
        if (!REMOVES.has(before.verdict)) expect(REMOVES.has(after.verdict)).toBe(false);
      }),
    );
  });

  it("less evidence against never removes what was kept", () => {
    check(
      fc.property(subject, told, (one, evidence) => {
        if (REMOVES.has(judge(one, evidence).verdict)) return;
        const without = evidence.filter(({ speaks }) => speaks !== "against");
        expect(REMOVES.has(judge(one, without).verdict)).toBe(false);
      }),
    );
  });

  it("what cannot be read or names no test stays, and all evidence is told, in its order", () => {
    check(
      fc.property(subject, told, (one, evidence) => {
        const judged = judge(one, evidence);
        if (one.unreadable !== null) expect(judged.verdict).toBe("unknown");
        if (!one.testId) expect(REMOVES.has(judged.verdict)).toBe(false);
        expect(judged.evidence.slice(judged.evidence.length - evidence.length)).toEqual(evidence);
      }),
    );
  });
});

describe("each line of the precedence", () => {
  it.each(PRECEDENCE.map((line, at) => ({ ...line, at })))("$at: $all $any -> $verdict", (line) => {
    const { all, any = [], verdict, because } = line;
    // The least that the line asks for is decided by it, and no line above takes it.
    expect(decide(new Set([...all, ...any.slice(0, 1)]))).toMatchObject({ verdict, because });
    if (any.length > 0) expect(decide(new Set(all)).because).not.toBe(because);
  });

  it.each<[Tells[], Verdict]>([
    [["unreadable", "kept", "asked"], "unknown"],
    [["no test", "kept", "asked"], "shared"],
    [["kept", "asked"], "kept"],
    [["kept", "gone", "not collected", "not asked", "out of reach"], "kept"],
    [["asked", "gone", "not collected", "not asked", "out of reach"], "used"],
    [["collected", "gone", "not asked", "out of reach"], "used"],
    [["collected", "not collected"], "used"],
    [["defined", "gone"], "used"],
    [["anyone", "gone", "not asked"], "shared"],
    [["anyone", "gone", "defined"], "used"],
    [["anyone", "gone", "collected"], "used"],
    [["collected", "not covered"], "used"],
    [["anyone", "not collected", "out of reach"], "shared"],
    [["gone", "not collected", "not asked", "out of reach", "not covered"], "test gone"],
    [["not collected", "not asked", "out of reach", "defined"], "not collected"],
    [["not asked", "out of reach", "defined", "collected"], "not hit"],
    [["out of reach", "defined", "collected"], "unreachable"],
    [["newer", "out of reach", "defined"], "unreachable"],
    [["newer", "not covered", "defined", "collected", "anyone"], "unknown"],
    [["collected", "anyone"], "used"],
    [["not covered", "defined"], "not covered"],
    [["defined", "anyone"], "used"],
    [["named", "run unclear", "collection unclear", "sources unclear"], "unknown"],
    [[], "unknown"],
  ])("%j -> %s", (told, verdict) => {
    expect(decide(new Set(told)).verdict).toBe(verdict);
  });
});

it("which recordings other tests find too", () => {
  const [one, list] = [
    candidate(null),
    candidate(null, { path: `a/recordings/models-${"a".repeat(64)}-01234567.json` }),
  ];
  expect([one, { ...one, kind: "http" as const }].map(isAnyones)).toEqual([false, false]);
  expect([list, { ...one, kind: "tool" as const, verifies: [] }].map(isAnyones)).toEqual([true, true]);
  expect(isAnyones({ ...one, verifies: ["2025-07-29"] })).toBe(true);
  expect([[], ["2025-10-04"], null].map((verifies) => isAnyones({ ...one, verifies }))).toEqual([false, false, false]);
});

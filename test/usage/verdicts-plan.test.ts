import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/usage/verdicts/evidence.ts";
import { type Judged, type PlanOptions, planOf } from "../../src/usage/verdicts/index.ts";
import { candidate } from "./verdict-tree.ts";

const OPTIONS: PlanOptions = { dirty: new Map(), rekeyable: new Set(), allowMany: false, allowDirty: false };
let made = 0;
const judged = (verdict: Verdict, test = "t", bytes = 1, folder = "a/recordings"): Judged => ({
  candidate: candidate(`a/test_x.py::${test}`, { path: `${folder}/${made++}.json`, bytes }),
  verdict,
  evidence: [],
  because: "",
});
const many = (count: number, verdict: Verdict, folder?: string): Judged[] =>
  Array.from({ length: count }, () => judged(verdict, "t", 1, folder));
const facts = (all: readonly Judged[], more: Partial<PlanOptions> = {}): string[] =>
  planOf(all, { ...OPTIONS, ...more }).refusals.map(({ fact, places }) => `${places[0]}: ${fact}`);

it("only four verdicts remove", () => {
  const verdicts: Verdict[] = ["test gone", "not collected", "not hit", "unreachable"];
  const kept: Verdict[] = ["used", "shared", "kept", "not covered", "unknown"];
  const { remove, count, bytes, byVerdict } = planOf(
    [...verdicts, ...kept].map((one) => judged(one, "t", 7)),
    OPTIONS,
  );
  expect(remove.map(({ verdict }) => verdict).sort()).toEqual(verdicts.sort());
  expect([count, bytes]).toEqual([4, 28]);
  expect([...byVerdict.values()]).toEqual(Array(9).fill({ count: 1, bytes: 7 }));
  expect(planOf([], OPTIONS)).toMatchObject({ remove: [], groups: [], count: 0, bytes: 0, refusals: [] });
});

it("by test, biggest first", () => {
  const all = [
    judged("test gone", "small", 5),
    judged("not hit", "big", 2),
    judged("not hit", "big", 9),
    judged("not hit", "alike", 5),
  ];
  const { groups, remove } = planOf(all, OPTIONS);
  expect(groups.map(({ test, count, bytes }) => [test.split("::")[1], count, bytes])).toEqual([
    ["big", 2, 11],
    ["alike", 1, 5],
    ["small", 1, 5],
  ]);
  expect(remove.map(({ candidate: { bytes } }) => bytes)).toEqual([9, 2, 5, 5]);
});

it("tells how many rekey could save of those that go for their names", () => {
  const all = [judged("unreachable"), judged("unreachable"), judged("test gone"), judged("used")];
  const rekeyable = new Set(all.filter((_, at) => at !== 1).map(({ candidate: { path } }) => path));
  expect(planOf(all, { ...OPTIONS, rekeyable }).rekeyable).toBe(1);
});

describe("too many of a folder", () => {
  it.each<[string, Judged[], string[]]>([
    [
      "21 of 41",
      [...many(21, "not hit"), ...many(20, "used")],
      ["a/recordings: 21 of 41 recordings would go (not hit)"],
    ],
    ["half", [...many(21, "not hit"), ...many(21, "used")], []],
    ["20 of 20", many(20, "not hit"), []],
    ["all, their tests gone", many(100, "test gone"), []],
    ["most, some with their tests gone", [...many(20, "not hit"), ...many(100, "test gone")], []],
    [
      "of several grounds",
      [...many(11, "not collected"), ...many(10, "unreachable")],
      ["a/recordings: 21 of 21 recordings would go (not collected, unreachable)"],
    ],
    ["of two folders", [...many(15, "not hit"), ...many(15, "not hit", "b/recordings")], []],
    [
      "of one folder among others",
      [...many(50, "used"), ...many(21, "not hit", "b/recordings")],
      ["b/recordings: 21 of 21 recordings would go (not hit)"],
    ],
  ])("%s", (_, all, expected) => {
    expect(facts(all)).toEqual(expected);
    expect(facts(all, { allowMany: true })).toEqual([]);
  });
});

describe("what git could not give back", () => {
  const all = [judged("not hit"), judged("not hit"), judged("test gone"), judged("used")];
  const [a, b, c, used] = all.map(({ candidate: { path } }) => path) as [string, string, string, string];

  it.each<[string, PlanOptions["dirty"], string[]]>([
    ["nothing", new Map(), []],
    ["a file that stays", new Map([[used, "changed"]]), []],
    ["one changed", new Map([[a, "changed"]]), [`${a}: 1 file to go has uncommitted changes`]],
    [
      "some of each",
      new Map([
        [a, "untracked"],
        [b, "changed"],
        [c, "untracked"],
      ]),
      [`${b}: 1 file to go has uncommitted changes`, `${a}: 2 files to go are untracked by git`],
    ],
  ])("%s", (_, dirty, expected) => {
    expect(facts(all, { dirty })).toEqual(expected);
    expect(facts(all, { dirty, allowDirty: true })).toEqual([]);
    expect(planOf(all, { ...OPTIONS, dirty }).count).toBe(3);
  });
});

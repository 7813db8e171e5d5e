import { describe, expect, it } from "vitest";
import { KEYS, type Verb, type Where } from "../../../src/tui/keys.ts";
import { update, whereOf } from "../../../src/tui/state/update.ts";
import { CASES } from "./verb-cases.ts";
import { withAll } from "./wheres.ts";

const all = (Object.keys(KEYS) as Verb[]).flatMap((verb) => KEYS[verb].where.map((where) => [verb, where] as const));

it("every verb has a case in every place where its keys hold", () => {
  const wanted = all.map(([verb, where]) => `${verb} ${where}`);
  expect(wanted.filter((name) => !(name in CASES))).toEqual([]);
  expect(Object.keys(CASES).filter((name) => !wanted.includes(name))).toEqual([]);
});

describe("a verb where its keys hold", () => {
  it.each(Object.entries(CASES))("%s", (name, check) => {
    const [verb, where] = name.split(" ") as [Verb, Where];
    const before = withAll(where);
    expect(whereOf(before)).toBe(where);
    const { state, effects } = update(before, { type: "do", verb });
    check(state, before, effects);
  });
});

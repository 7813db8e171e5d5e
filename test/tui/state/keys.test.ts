import { describe, expect, it } from "vitest";
import { KEYS, type Key, keyText, type Verb, verbOf, type Where } from "../../../src/tui/keys.ts";

const VERBS = Object.entries(KEYS) as [Verb, Key][];

it("no key does two things in one place", () => {
  const all = VERBS.flatMap(([, { keys, where }]) => where.flatMap((place) => keys.map((key) => `${place} ${key}`)));
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
});

describe("every key does its verb, in each place where it holds and in no other", () => {
  it.each(VERBS)("%s", (verb, { keys, where }) => {
    expect(keys.length).toBeGreaterThan(0);
    expect(where.length).toBeGreaterThan(0);
    for (const place of ["lists", "answer", "prompt", "help", "compare", "plan", "play"] satisfies Where[]) {
      for (const key of keys) expect(verbOf(place, key) === verb).toBe(where.includes(place));
    }
  });
});

it("what is typed into a line is no key there", () => {
  const typed = VERBS.flatMap(([, { keys, where }]) => (where.includes("prompt") ? keys : []));
  expect(typed.filter((key) => key.length === 1 || key === "space")).toEqual([]);
});

it.each([
  ["down", "↓"],
  ["ctrl-d", "Ctrl-D"],
  ["shift-tab", "Shift-Tab"],
  ["enter", "Enter"],
  ["pagedown", "PgDn"],
  ["G", "G"],
])("people read %s as %s", (name, text) => {
  expect(keyText(name)).toBe(text);
});

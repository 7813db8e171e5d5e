import { expect, it } from "vitest";
import { shortNames } from "../../src/report/short-names.ts";

it.each([
  ["a/recordings/0123456789ab.json", "recordings/fedcba987654.json", "01234567", "fedcba98"],
  ["recordings/models-1-a.json", "recordings/models-1-b.json", "models-1-a", "models-1-b"],
  ["a/x.json", "a/xy.json", "x", "xy"],
  ["a/recordings/same.json", "b/recordings/same.json", "first", "second"],
  [`${"x".repeat(30)}1.json`, `${"x".repeat(30)}2.json`, "first", "second"],
])("%s and %s are called %s and %s", (old, now, first, second) => {
  expect(shortNames(old, now)).toEqual([first, second]);
});

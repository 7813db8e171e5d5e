import { describe, expect, it } from "vitest";
import { fits, keeps, unused } from "../../src/usage/verdicts/keep.ts";
import { candidate } from "./verdict-tree.ts";

describe("globs", () => {
  it.each([
    ["a/b.json", "a/b.json", true],
    ["a/b.json", "x/a/b.json", false],
    ["a/*.json", "a/b.json", true],
    ["a/*.json", "a/b/c.json", false],
    ["a/*", "a/b/c.json", true],
    ["*/b.json", "a/b.json", true],
    ["*/b.json", "a/c/b.json", false],
    ["a/?.json", "a/b.json", true],
    ["a/?.json", "a/bb.json", false],
    ["a?b.json", "a/b.json", false],
    ["a/**/b.json", "a/b.json", true],
    ["a/**/b.json", "a/x/y/b.json", true],
    ["a/**/b.json", "a/xb.json", false],
    ["**/b.json", "b.json", true],
    ["**/**/b.json", "x/y/b.json", true],
    ["a/**", "a/x/b.json", true],
    ["a/**", "ab/x.json", false],
    ["a", "a/x/b.json", true],
    ["a/", "a/x/b.json", true],
    ["a/", "x/a/b.json", true],
    ["a/x/", "b/a/x/b.json", false],
    ["a/x", "a/x/b.json", true],
    ["a/x", "a/xy/b.json", false],
    ["b.json", "a/x/b.json", true],
    ["models-*", "a/models-1-2.json", true],
    ["models-*", "a/x-models-1-2.json", false],
    ["a.json", "axjson", false],
    ["a[b].json", "a[b].json", true],
    ["a[b].json", "ab.json", false],
    ["{a,b}.json", "a.json", false],
    ["a|b", "b", false],
    ["a/*\n*", "a/x\ny", true],
  ] as const)("%s %s", (glob, path, is) => {
    expect(fits(glob, path)).toBe(is);
  });

  it("long ones take no time", () => {
    const before = performance.now();
    expect(fits(`${"**/".repeat(50)}${"*".repeat(50)}x`, `${"a/".repeat(200)}b`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe("test ids", () => {
  const id = "tests/a/test_x.py::TestK::test_y[a*b::c]";

  it.each([
    [id, true],
    ["tests/a/test_x.py::TestK::test_y", true],
    ["tests/a/test_x.py::TestK", true],
    ["tests/a/test_x.py::Test", false],
    ["tests/a/test_x.py::TestK::test_y[", false],
    ["*::test_y", true],
    ["*::test_*[a*", true],
    ["*::test_z*", false],
    ["*::test_?", false],
    ["*::TestK*", true],
    ["test_x.py::TestK", false],
    ["tests/a/test_x.py", true],
    ["tests/a/*.py", true],
    ["test_x.py", true],
    ["tests/*.py", false],
    ["tests/**/test_x.py", true],
    ["./tests/a/test_x.py", true],
    ["tests/a", false],
    ["", false],
  ] as const)("%s", (pattern, is) => {
    expect(keeps(pattern, { path: "r/x.json", place: "/q/r/x.json", testId: id })).toBe(is);
    expect(keeps(pattern, { path: "r/x.json", place: "/q/r/x.json", testId: null })).toBe(false);
  });
});

it("paths from the root, and with ./", () => {
  const one = { path: "./r/x.json", place: "/q/r/x.json", testId: null };
  expect(["/q/r", "/q/**", "r/x.json", "./r", "r\\x.json"].map((pattern) => keeps(pattern, one))).toEqual(
    Array(5).fill(true),
  );
  expect(["/r", "/q/x.json", "q/r"].map((pattern) => keeps(pattern, one))).toEqual([false, false, false]);
});

it("tells patterns that fit nothing", () => {
  const keep = ["tests/**", "test/**"].map((pattern) => ({ pattern, from: "--keep" }));
  expect(unused(keep, [candidate("tests/a/test_x.py::t")])).toEqual([keep[1]]);
});

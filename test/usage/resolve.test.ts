import { describe, expect, it } from "vitest";
import { sourceParser } from "../../src/usage/sources/parse.ts";
import { type Resolved, resolveTest } from "../../src/usage/sources/resolve.ts";
import { CLASSES } from "./classes.ts";
import { F, type Files, K, METHOD, NAMES, Y } from "./names.ts";

const parse = await sourceParser();

/** Resolves an id among files by path; null for one that cannot be read. */
function resolve(id: string, files: Files): Resolved {
  return resolveTest(id, {
    read: (path) => {
      const text = files[path];
      if (text === undefined) return "absent";
      // Sources are remembered as JSON: what does not survive it must not matter.
      return text === null ? "unreadable" : JSON.parse(JSON.stringify(parse(text)));
    },
  });
}

describe.each(Object.entries({ ...NAMES, ...CLASSES }))("%s", (_, { id = `${F}::test_y`, ...states }) => {
  const all = Object.entries(states).flatMap(([state, list]) => list.map((files) => ({ state, files })));
  it.each(all)("$state: $files", ({ state, files }) => {
    expect(resolve(id, files)).toMatchObject({ state });
  });
});

describe("the fact and its place", () => {
  it.each<[string, Files, Omit<Resolved, "state">]>([
    [Y, {}, { why: `${F} is gone`, file: F, line: null }],
    [Y, { [F]: "" }, { why: `${F} has no test_y`, file: F, line: null }],
    [K, { [F]: "class TestK: pass" }, { why: "class TestK has no test_y", file: F, line: null }],
    [
      K,
      { [F]: "from base import B\nclass TestK(B): pass", "tests/base.py": "class B: pass" },
      { why: "class TestK has no test_y, nor have its bases B (tests/base.py)", file: F, line: null },
    ],
    [
      K,
      { [F]: "from base import B\nclass TestK(B): pass", "tests/base.py": `\nclass B:\n${METHOD}` },
      { why: "tests/base.py:3 has TestK::test_y", file: "tests/base.py", line: 3 },
    ],
    [Y, { [F]: "a = '''\n\n'''\n\n@f(\n)\nasync def test_y(): pass" }, { why: `${F}:7 has test_y`, file: F, line: 7 }],
    [Y, { [F]: "a\ndef f(" }, { why: `${F} cannot be read: line 2: a bracket is not closed`, file: F, line: null }],
    [Y, { [F]: "\nexec(a)" }, { why: `${F} makes names at run time (exec, line 2)`, file: F, line: null }],
  ])("%s %j", (id, files, expected) => {
    expect(resolve(id, files)).toMatchObject(expected);
  });
});

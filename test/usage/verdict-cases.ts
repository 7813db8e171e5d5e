import { F, H, type Made, OTHER, quiet } from "./verdict-tree.ts";

/** A made tree, and the verdict on the recording that it asks about. */
export type Case = readonly [what: string, made: Made, verdict: string];

const Y = `${F}::test_y`;
const P = `${F}::test_y[a]b-[c]]`;
const K = `${F}::TestK::test_y`;
const Z = `${F}::test_z`;
const there = { [F]: "def test_y(): pass\nclass TestK:\n  def test_y(self): pass" };
const without = { [F]: "def test_z(): pass" };
const report = (deselected: string, ...ids: readonly string[]): string =>
  JSON.stringify({
    created: 1,
    exitcode: 0,
    collectors: [
      {
        nodeid: F,
        outcome: "passed",
        result: [
          { nodeid: deselected, type: "Function", deselected: true },
          ...ids.map((nodeid) => ({ nodeid, type: "Function" })),
        ],
      },
    ],
    tests: [],
  });

/** Of test sources: each case that removes beside what looks like it and is kept. */
export const SOURCES: readonly Case[] = [
  ["a function that is gone", { files: without }, "test gone"],
  ["a function that is there", { files: there }, "used"],
  ["a parametrised id with ], gone", { id: P, files: without }, "test gone"],
  ["a parametrised id with ], there", { id: P, files: there }, "used"],
  ["a class renamed", { id: K, files: { [F]: "class TestL:\n  def test_y(self): pass" } }, "test gone"],
  [
    "a class that has both names",
    { id: K, files: { [F]: "class TestL:\n  def test_y(self): pass\nTestK = TestL" } },
    "used",
  ],
  [
    "a test moved out of its class",
    { id: K, files: { [F]: "class B: pass\nclass TestK(B): pass\nclass TestL:\n  def test_y(self): pass" } },
    "test gone",
  ],
  [
    "a test moved to a base class",
    { id: K, files: { [F]: "class B:\n  def test_y(self): pass\nclass TestK(B): pass" } },
    "used",
  ],
  ["a test file moved", { files: { "tests/a/test_new.py": "def test_y(): pass" } }, "test gone"],
  [
    "a test file moved that imports back",
    { files: { "tests/a/test_new.py": "def test_y(): pass", [F]: "from tests.a.test_new import *" } },
    "used",
  ],
  ["a file that cannot be read", { files: { [F]: "def f(" } }, "unknown"],
  ["names made at run time", { files: { [F]: "exec(a)" } }, "unknown"],
  ["a made-up id", { id: "bff/testdata/test.py::record", files: null }, "unknown"],
  ["a tree of a single test", { files: null }, "unknown"],
  ["a fallback file", { of: { path: `tests/common/recordings/${H("a")}.json` }, files: without }, "unknown"],
];

/** Of collections. */
export const COLLECTIONS: readonly Case[] = [
  ["parameters that are gone", { id: P, files: there, collected: [quiet(`${F}::test_y[a]`)] }, "not collected"],
  ["parameters that are there", { id: P, files: there, collected: [quiet(P)] }, "used"],
  ["with the group of a worker", { id: `${P}@group`, files: there, collected: [quiet(P)] }, "used"],
  ["the same in another class", { id: K, files: there, collected: [quiet(Y)] }, "not collected"],
  ["another suite alone", { files: there, collected: [quiet(`${OTHER}::test_one`)] }, "not covered"],
  ["another suite and its own", { files: there, collected: [quiet(`${OTHER}::test_one`), quiet(Z)] }, "not collected"],
  [
    "another suite, which is all",
    { files: there, collected: [quiet(`${OTHER}::test_one`)], complete: true },
    "not collected",
  ],
  [
    "a suite without a function that is gone",
    { files: without, collected: [quiet(`${OTHER}::test_one`)] },
    "test gone",
  ],
  ["collected and gone: sources misread", { files: without, collected: [quiet(Y)] }, "used"],
  ["not collected and gone", { files: without, collected: [quiet(Z)] }, "test gone"],
  ["a list, which may have been cut", { files: there, collected: [`${Z}\n`] }, "not covered"],
  ["a list that is said to be whole", { files: there, collected: [`${Z}\n`], complete: true }, "not collected"],
  ["a list that has it", { files: there, collected: [`${Y}\n`] }, "used"],
  ["a deselected id", { files: there, collected: [report(Y, Z)] }, "not collected"],
  [
    "a deselected id of a file that has no other",
    { files: there, collected: [report(Y, `${OTHER}::test_one`)] },
    "not covered",
  ],
  ["deselected here, collected there", { files: there, collected: [report(Y, Z), quiet(Y)] }, "used"],
  ["another is deselected, and has a name", { files: there, collected: [report(K, Z)] }, "not collected"],
  [
    "another is deselected here and collected there",
    { files: there, collected: [report(K, Z), quiet(K)] },
    "not collected",
  ],
  [
    "others are deselected, without names",
    { files: there, collected: [`${Z}\n\n1/2 tests collected (1 deselected) in 0.01s\n`] },
    "not covered",
  ],
  [
    "a made-up id, all collected",
    { id: "bff/test.py::record", files: null, collected: [quiet(Z)], complete: true },
    "unknown",
  ],
  ["an id of no Python file", { id: "docs/a.md::x", files: there, collected: [quiet(Z)] }, "unknown"],
  [
    "a fallback file, not collected",
    { of: { path: `tests/common/recordings/${H("a")}.json` }, files: there, collected: [quiet(Z)] },
    "not collected",
  ],
  [
    "a fallback file, collected",
    { of: { path: `tests/common/recordings/${H("a")}.json` }, files: there, collected: [quiet(Y)] },
    "used",
  ],
];

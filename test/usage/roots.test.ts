import { expect, it } from "vitest";
import { rootsOf } from "../../src/usage/sources/roots.ts";

const isFile = (path: string): boolean => /\/(test_x|test_w)\.py$/.test(path);

const roots = (...recordings: [place: string, testId: string][]): (string | null)[] =>
  rootsOf(
    recordings.map(([place, testId]) => ({ place, testId })),
    isFile,
  ).map(({ root }) => root);

const THERE: [string, string] = ["/r/tests/a/recordings", "tests/a/test_x.py::test_y"];
const THERE_TOO: [string, string] = ["/r/tests/b/recordings", "tests/b/test_w.py::test_y"];
const GONE: [string, string] = ["/r/tests/a/recordings", "tests/a/test_gone.py::test_y"];

it("a test whose file is gone has a root where another test's file is there", () => {
  expect(roots(THERE, GONE)).toEqual([null, "/r"]);
  expect(roots(THERE, THERE_TOO, GONE)).toEqual(["/r", "/r", "/r"]);
});

it("and none where no other is: ids are made up", () => {
  expect(roots(GONE)).toEqual([null]);
  expect(roots(GONE, ["/r/tests/a/recordings", "tests/a/test_gone.py::test_z"])).toEqual([null, null]);
  expect(roots(["/bff/testdata/llamastack/recordings", "bff/testdata/llamastack/test.py::record"])).toEqual([null]);
});

it("a test does not count for itself, with other parameters neither", () => {
  const other: [string, string] = ["/r/tests/a/recordings", "tests/a/test_x.py::test_y[b]"];
  expect(roots(THERE, other)).toEqual([null, null]);
  expect(roots(THERE, ["/r/tests/a/recordings", "tests/a/test_x.py::test_z"])).toEqual(["/r", "/r"]);
});

it("a root counts for itself alone", () => {
  expect(roots(THERE, THERE_TOO, ["/s/tests/a/recordings", "tests/a/test_gone.py::test_y"])).toEqual([
    "/r",
    "/r",
    null,
  ]);
});

it("a recording that does not lie beside its test has none", () => {
  for (const place of [
    "/r/tests/common/recordings",
    "/r/tests/a/recordings/responses",
    "/r/xtests/a/recordings",
    "tests/a/recordings",
  ]) {
    expect(roots(THERE, THERE_TOO, [place, "tests/a/test_gone.py::test_y"])[2], place).toBeNull();
  }
});

it("files at the root, and the root of the disk", () => {
  const top: [string, string] = ["/r/recordings", "test_gone.py::test_y"];
  expect(roots(THERE, THERE_TOO, top)[2]).toBe("/r");
  expect(roots(["/a/recordings", "a/test_x.py::b"], ["/a/recordings", "a/test_x.py::c"])).toEqual(["/", "/"]);
  expect(roots(["C:/r/a/recordings", "a\\test_x.py::b"], ["C:/r/a/recordings", "a\\test_x.py::c"])).toEqual([
    "C:/r",
    "C:/r",
  ]);
});

it("asks for a file once", () => {
  const asked: string[] = [];
  const many = Array.from({ length: 100 }, (_, at) => ({
    place: "/r/a/recordings",
    testId: `a/test_g.py::test_${at}`,
  }));
  rootsOf(many, (path) => asked.push(path) < 0);
  expect(asked).toEqual(["/r/a/test_g.py"]);
});

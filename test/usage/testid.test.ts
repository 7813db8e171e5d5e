import { describe, expect, it } from "vitest";
import { splitTestId } from "../../src/usage/sources/testid.ts";

const X = "tests/a/test_x.py";

describe("a node id comes apart", () => {
  it.each<[string, string, string[], string | null]>([
    [`${X}::test_y`, X, ["test_y"], null],
    [`${X}::TestK::test_y`, X, ["TestK", "test_y"], null],
    [`${X}::TestK::TestIn::test_y[a]`, X, ["TestK", "TestIn", "test_y"], "a"],
    [
      `${X}::TestK::test_y[client_with_models-txt=openai/gpt-4o:emb=…::x-pdf]`,
      X,
      ["TestK", "test_y"],
      "client_with_models-txt=openai/gpt-4o:emb=…::x-pdf",
    ],
    [`${X}::test_y[a[0]::b-]-c d]`, X, ["test_y"], "a[0]::b-]-c d"],
    [`${X}::test_y[a.py::test_z]`, X, ["test_y"], "a.py::test_z"],
    [`${X}::test_y[]`, X, ["test_y"], ""],
    [`${X}::test_y[a@b]@gpu`, X, ["test_y"], "a@b"],
    [`${X}::test_y@gpu`, X, ["test_y"], null],
    [`${X}::test_größe`, X, ["test_größe"], null],
    [`${X}::test_\uFB01`, X, ["test_fi"], null],
    ["tests\\a\\test_x.py::test_y[a\\b]", X, ["test_y"], "a\\b"],
    ["./tests/a/test_x.py::test_y", X, ["test_y"], null],
    ["te [1] st/x.py::test_y", "te [1] st/x.py", ["test_y"], null],
    ["test_x.py::test_y", "test_x.py", ["test_y"], null],
    ["bff/testdata/llamastack/test.py::record", "bff/testdata/llamastack/test.py", ["record"], null],
    [X, X, [], null],
  ])("%s", (id, file, names, parameters) => {
    expect(splitTestId(id)).toEqual({ file, names, parameters });
  });
});

describe("nothing is said of", () => {
  it.each([
    `${X}::pkg.module.function`,
    `${X}::[doctest] pkg.function`,
    "[doctest]",
    `${X}::mypy`,
    `${X}::FLAKE8`,
    `${X}::ruff::format`,
    `${X}::`,
    `${X}::TestK::`,
    `${X}::test_y[cut off`,
    `${X}::test_y[a]b`,
    `${X}::test_y (call)`,
    "docs/guide.txt::guide.txt",
    "docs/guide.rst::test_y",
    "tests/case.yaml::case",
    "../tests/test_x.py::test_y",
    "/tests/test_x.py::test_y",
    "C:\\tests\\test_x.py::test_y",
    "tests//test_x.py::test_y",
    "tests",
    "",
  ])("%j", (id) => {
    expect(splitTestId(id)).toEqual({ why: expect.any(String) });
  });

  it("but a test that is called like a linter, in a class", () => {
    expect(splitTestId(`${X}::TestK::mypy`)).toMatchObject({ names: ["TestK", "mypy"] });
  });
});

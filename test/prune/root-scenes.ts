import { F, hashOf, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const COMMON = "tests/integration/common/recordings";
const MADE_UP = "bff/testdata/llamastack/test.py::record";

/** Of the folder that test ids are relative to, and of what lies elsewhere. */
export const ROOTS: readonly Scene[] = [
  {
    what: "made-up ids whose file never was, beside a tree of real ones in another folder",
    files: { "py/tests/a/test_x.py": "def test_y(): pass\n" },
    goes: [[{ id: X("test_z"), in: "py/tests/a/recordings" }, "test gone"]],
    stays: [
      [{ id: X("test_y"), in: "py/tests/a/recordings" }, "used"],
      [{ id: MADE_UP, in: "ui/bff/testdata/llamastack/recordings" }, "unknown"],
      [{ id: MADE_UP, in: "ui/bff/testdata/llamastack/recordings", asked: "How low is" }, "unknown"],
      [{ id: MADE_UP.replace("record", "play"), in: "ui/bff/testdata/llamastack/recordings" }, "unknown"],
    ],
  },
  {
    what: "made-up ids alone",
    beside: null,
    stays: [
      [MADE_UP, "unknown"],
      [MADE_UP.replace("record", "play"), "unknown"],
    ],
  },
  {
    what: "one test alone, whatever its parameters",
    files: { [F]: "def test_y(): pass\n" },
    beside: null,
    stays: [
      [X("test_z"), "unknown"],
      [X("test_z[b]"), "unknown"],
    ],
  },
  {
    what: "one test and another one, whose file is there",
    files: { [F]: "def test_y(): pass\n" },
    beside: null,
    goes: [[X("test_z"), "test gone"]],
    stays: [[X("test_y"), "used"]],
  },
  {
    what: "two tests, and no file of either",
    files: { "tests/a/test_new.py": "def test_y(): pass\n" },
    beside: null,
    stays: [
      [X("test_y"), "unknown"],
      ["tests/a/test_w.py::test_y", "unknown"],
    ],
  },
  {
    what: "a test file at the root, and one that Windows wrote",
    files: { "test_top.py": "def test_y(): pass\n", [F]: "def test_y(): pass\n" },
    goes: [
      ["test_top.py::test_z", "test gone"],
      ["tests\\a\\test_x.py::test_z", "test gone"],
    ],
    stays: [
      ["test_top.py::test_y", "used"],
      ["tests\\a\\test_x.py::test_y", "used"],
    ],
  },
  {
    what: "the folder of what runs outside a test, and any other that is not beside the test",
    files: { [F]: "def test_y(): pass\n", "tests/integration/common/test_c.py": "def test_y(): pass\n" },
    goes: [
      [X("test_z"), "test gone"],
      ["tests/integration/common/test_c.py::test_z", "test gone"],
    ],
    stays: [
      [{ id: X("test_z"), in: COMMON }, "unknown"],
      [{ id: X("test_z"), in: "tests/a/recordings/responses" }, "unknown"],
      [{ id: X("test_z"), in: "tests/b/recordings" }, "unknown"],
      ["tests/integration/common/test_c.py::test_y", "used"],
    ],
  },
  {
    what: "chosen by test id, by folder: the rest is neither judged nor planned, and tells where tests are",
    files: { [F]: "def test_y(): pass\n" },
    args: ["-t", "test_z"],
    goes: [[X("test_z"), "test gone"]],
    stays: [
      [X("test_w"), null],
      [X("test_y"), null],
    ],
    beside: null,
  },
  {
    what: "chosen by test id, and what was chosen stays: nobody hears of the rest",
    files: { [F]: "def test_y(): pass\n" },
    args: ["-t", "test_y"],
    stays: [
      [X("test_z"), null],
      [X("test_y"), "used"],
    ],
    beside: null,
    says: /^nothing to remove of 1 recording: 1 used\n$/,
  },
  {
    what: "chosen by file: the rest of its folder tells where its test is",
    files: { [F]: "def test_y(): pass\n" },
    args: [`tests/a/recordings/${hashOf(X("test_z"))}.json`],
    goes: [[X("test_z"), "test gone"]],
    stays: [
      [X("test_w"), null],
      [X("test_y"), null],
    ],
    beside: null,
  },
];

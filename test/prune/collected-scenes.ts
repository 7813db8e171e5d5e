import { quiet } from "../usage/verdict-tree.ts";
import { BESIDE, F, gone, OTHER, type Row, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const THERE = { [F]: "def test_y(a): pass\ndef test_z(): pass\nclass TestK:\n  def test_y(self): pass\n" };
/** A collection of tests of the one file, and of the two of the other. */
const all = (...tests: string[]): string => quiet(...BESIDE, ...tests.map(X));

/** `-v` of pytest 8: the outermost folder is no part of an id. */
const TREE = `<Dir root>
  <Dir tests>
    <Package a>
      <Module test_x.py>
        <Function test_y[a b]>
        <Class TestK>
          <Coroutine test_y>
    <Dir b>
      <Module test_other.py>
        <Function test_one>
        <Function test_two>

========================= 4 tests collected in 0.01s =========================
`;

/** pytest-json-report of a collection. */
export const report = (ids: readonly string[], deselected: readonly string[] = [], exitcode = 0): string =>
  JSON.stringify({
    created: 1,
    exitcode,
    collectors: [
      {
        nodeid: F,
        outcome: "passed",
        result: [
          ...deselected.map((nodeid) => ({ nodeid, type: "Function", deselected: true })),
          ...ids.map((nodeid) => ({ nodeid, type: "Function" })),
        ],
      },
    ],
    tests: [],
  });

export const junit = (...cases: readonly (readonly [string, string])[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="${cases.length}">${cases
    .map(([classname, name]) => `<testcase classname="${classname}" name="${name}" time="0.1" />`)
    .join("")}</testsuite></testsuites>`;

const BY_FORM: Pick<Scene, "files" | "goes" | "stays"> = {
  files: THERE,
  goes: [
    [X("test_y[a]"), "not collected"],
    [X("test_z"), "not collected"],
  ],
  stays: [
    [X("test_y[a b]"), "used"],
    [X("TestK::test_y"), "used"],
  ],
};
const BY_FORM_IDS = [...BESIDE, X("test_y[a b]"), X("TestK::test_y")];

const ODD = ["a]b-[c]", "a::b", "two words", "Gr\\xfc\\xdfe", "日本 😀", "x] - y", "@group", "::"];
const SIXTEEN = Array.from({ length: 16 }, (_, at) => `test_y[${at}]`);

/** Of collections: forms, and what they do not cover. */
export const COLLECTIONS: readonly Scene[] = [
  { what: "--collect-only -q", collected: [quiet(...BY_FORM_IDS)], ...BY_FORM },
  { what: "--collect-only -v", collected: [TREE], ...BY_FORM },
  { what: "json-report", collected: [report(BY_FORM_IDS)], ...BY_FORM },
  {
    what: "JUnit",
    collected: [
      junit(
        ["tests.a.test_x", "test_y[a b]"],
        ["tests.a.test_x.TestK", "test_y"],
        ["tests.b.test_other", "test_one"],
        ["tests.b.test_other", "test_two"],
      ),
    ],
    ...BY_FORM,
  },
  {
    what: "JUnit of a test file that is in git's index alone",
    collected: [junit(["tests.a.test_x", "test_y[a b]"], ["tests.a.test_x.TestK", "test_y"])],
    git: gone(F),
    beside: "not covered",
    ...BY_FORM,
  },
  { what: "a collection from stdin", args: ["--collected", "-"], stdin: quiet(...BY_FORM_IDS), ...BY_FORM },
  {
    what: "a plain list of ids, which may have been cut",
    files: THERE,
    collected: [`${BY_FORM_IDS.join("\n")}\n`],
    stays: [...(BY_FORM.stays ?? []), [X("test_z"), "not covered"]],
  },
  {
    what: "a plain list that is said to be complete",
    args: ["--complete"],
    collected: [`${BY_FORM_IDS.join("\n")}\n`],
    ...BY_FORM,
  },
  {
    what: "parameters with ], ::, spaces and letters beyond ASCII",
    files: THERE,
    collected: [all(...ODD.map((odd) => `test_y[${odd}]`))],
    goes: ODD.map((odd): Row => [X(`test_y[${odd}-]`), "not collected"]),
    stays: [...ODD.map((odd): Row => [X(`test_y[${odd}]`), "used"]), [X("test_y[two words]@group"), "used"]],
  },
  {
    what: "a collection of one suite only",
    files: THERE,
    collected: [quiet(X("test_z"))],
    goes: [[X("test_y[a]"), "not collected"]],
    stays: [[X("test_z"), "used"]],
    beside: "not covered",
    says: /2 not covered by the collections/,
  },
  {
    what: "a collection of one suite only, which is said to be all",
    files: { ...THERE, "tests/c/test_c.py": "def test_y(): pass\ndef test_z(): pass\n" },
    args: ["--complete"],
    collected: [all("test_z")],
    goes: [
      [X("test_y[a]"), "not collected"],
      ["tests/c/test_c.py::test_y", "not collected"],
    ],
    stays: [
      [X("test_z"), "used"],
      [{ id: "bff/testdata/llamastack/test.py::record", in: "ui/bff/testdata/llamastack/recordings" }, "unknown"],
    ],
  },
  {
    what: "sixteen collections united",
    files: THERE,
    collected: SIXTEEN.map((test) => all(test)),
    goes: [[X("test_y[16]"), "not collected"]],
    stays: SIXTEEN.map((test): Row => [X(test), "used"]),
  },
  {
    what: "sixteen collections, the last of which may have been cut",
    files: THERE,
    collected: [...SIXTEEN.slice(1).map((test) => all(test)), `${X("test_y[0]")}\n`],
    stays: [...SIXTEEN.map((test): Row => [X(test), "used"]), [X("test_y[16]"), "not covered"]],
  },
];

/** Of what was deselected, and of evidence that speaks otherwise. */
export const OTHERWISE: readonly Scene[] = [
  {
    what: "ids that json-report names as deselected, here or everywhere",
    files: THERE,
    collected: [report([...BESIDE, X("TestK::test_y")], [X("test_z"), X("test_y[a]")]), all("test_y[a]")],
    goes: [
      [X("test_z"), "not collected"],
      [X("test_y[b]"), "not collected"],
    ],
    stays: [
      [X("test_y[a]"), "used"],
      [X("TestK::test_y"), "used"],
    ],
  },
  {
    what: "tests that were deselected without names",
    files: THERE,
    collected: [all("test_z").replace("3 tests collected", "3/4 tests collected (1 deselected)")],
    goes: [[X("test_gone"), "test gone"]],
    stays: [
      [X("test_z"), "used"],
      [X("test_y[a]"), "not covered"],
    ],
  },
  {
    what: "tests deselected without names, and one that another collection names",
    files: THERE,
    collected: [
      all("test_z").replace("3 tests collected", "3/4 tests collected (1 deselected)"),
      report([X("test_z")], [X("test_y[a]")]),
    ],
    goes: [[X("test_y[a]"), "not collected"]],
    stays: [
      [X("test_z"), "used"],
      [X("test_y[b]"), "not covered"],
    ],
  },
  {
    what: "collected, and missed by the sources; gone, and not collected or not covered",
    files: { ...THERE, "tests/c/test_c.py": "def test_z(): pass\n" },
    collected: [all("test_z", "test_seen")],
    goes: [
      [X("test_gone"), "test gone"],
      ["tests/c/test_c.py::test_y", "test gone"],
      ["tests/c/test_deleted.py::test_y", "test gone"],
    ],
    stays: [
      [X("test_seen"), "used"],
      ["tests/c/test_c.py::test_z", "not covered"],
    ],
  },
  {
    what: "sources that tell nothing",
    files: { [F]: "exec(a)\n", "tests/c/test_c.py": "exec(a)\n" },
    collected: [all("test_z")],
    goes: [[X("test_y"), "not collected"]],
    stays: [
      [X("test_z"), "used"],
      ["tests/c/test_c.py::test_z", "not covered"],
    ],
  },
  {
    what: "a test file that is in git's index alone, and is not collected",
    files: { "tests/c/test_c.py": "def test_z(): pass\n" },
    git: gone("tests/c/test_c.py"),
    collected: [all("test_z")],
    goes: [["tests/c/test_d.py::test_z", "test gone"]],
    stays: [["tests/c/test_c.py::test_z", "not covered"]],
  },
  {
    what: "a recording that does not lie beside its test",
    files: THERE,
    args: ["--complete"],
    collected: [all("test_z")],
    goes: [[{ id: X("test_y[a]"), in: "tests/integration/common/recordings" }, "not collected"]],
    stays: [
      [{ id: X("test_z"), in: "tests/integration/common/recordings" }, "used"],
      [{ id: `${OTHER.replace("other", "no")}::test_one`, in: "tests/integration/common/recordings" }, "unknown"],
    ],
  },
];

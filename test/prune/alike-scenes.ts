import { log, outcomes, quiet } from "../usage/verdict-tree.ts";
import { junit, report } from "./collected-scenes.ts";
import { stamped } from "./run-scenes.ts";
import { BESIDE, F, gone, type Recorded, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const of = (project: string, test: string, more: Partial<Recorded> = {}): Recorded => ({
  id: X(test),
  in: `${project}/tests/a/recordings`,
  ...more,
});
const [ONE, TWO] = [`one/${F}`, `two/${F}`] as const;
const PROJECTS = {
  [ONE]: "def test_y(): pass\ndef test_w(): pass\n",
  [TWO]: "def test_y(): pass\ndef test_z(): pass\n",
};
const OF_ONE = quiet(X("test_y"), X("test_w"));
const PASSED = [stamped(log([X("test_y"), "b".repeat(64)])), outcomes("PASSED", X("test_y"))];

/** Of two projects in one tree, whose tests have the same ids: what tells of the one must not condemn the other's. */
export const PROJECTS_ALIKE: readonly Scene[] = [
  {
    what: "the same path, and other tests in it",
    beside: null,
    files: PROJECTS,
    goes: [
      [of("one", "test_z"), "test gone"],
      [of("two", "test_w"), "test gone"],
    ],
    stays: [
      [of("one", "test_w"), "used"],
      [of("two", "test_z"), "used"],
    ],
  },
  {
    what: "a collection of one project, where the other has a test file of the same path",
    beside: null,
    files: { ...PROJECTS, "one/tests/a/test_own.py": "def test_y(): pass\ndef test_o(): pass\n" },
    collected: [quiet(X("test_y"), X("test_w"), "tests/a/test_own.py::test_o")],
    goes: [
      [of("one", "test_gone"), "test gone"],
      [of("one", "test_own", { id: "tests/a/test_own.py::test_y" }), "not collected"],
    ],
    stays: [
      [of("one", "test_w"), "used"],
      [of("two", "test_y"), "used"],
      [of("two", "test_z"), "not covered"],
    ],
  },
  {
    what: "a collection of one project, where the other has one test alone",
    beside: null,
    files: PROJECTS,
    collected: [OF_ONE],
    stays: [
      [of("one", "test_y"), "used"],
      [of("one", "test_w"), "used"],
      [of("two", "test_z"), "not covered"],
    ],
  },
  {
    what: "collections that have all tests of both",
    beside: null,
    files: PROJECTS,
    args: ["--complete"],
    collected: [OF_ONE],
    goes: [[of("two", "test_z"), "not collected"]],
    stays: [
      [of("one", "test_y"), "used"],
      [of("two", "test_y"), "used"],
    ],
  },
  {
    what: "the test file of the other project is in git's index alone, and has no recording",
    beside: null,
    files: { ...PROJECTS, "one/tests/a/test_own.py": "def test_o(): pass\ndef test_p(): pass\n" },
    git: gone(ONE),
    collected: [OF_ONE],
    stays: [
      [of("one", "test_o", { id: "tests/a/test_own.py::test_o" }), "not covered"],
      [of("one", "test_p", { id: "tests/a/test_own.py::test_p" }), "not covered"],
      [of("two", "test_y"), "used"],
      [of("two", "test_z"), "not covered"],
    ],
  },
  {
    what: "the test file of the other project is gone",
    beside: null,
    files: { [TWO]: PROJECTS[TWO], "one/tests/a/test_own.py": "def test_y(): pass\ndef test_o(): pass\n" },
    collected: [quiet(X("test_y"))],
    goes: [
      [of("one", "test_v"), "test gone"],
      [of("two", "test_z"), "not collected"],
    ],
    stays: [
      [of("two", "test_y"), "used"],
      [of("one", "test_own", { id: "tests/a/test_own.py::test_y" }), "not covered"],
      [of("one", "test_own", { id: "tests/a/test_own.py::test_o" }), "not covered"],
    ],
  },
  {
    what: "a run of one project",
    beside: null,
    files: PROJECTS,
    runs: PASSED,
    stays: [
      [of("one", "test_y", { asked: "never again" }), "used"],
      [of("one", "test_w"), "used"],
      [of("two", "test_y"), "used"],
      [of("two", "test_z"), "used"],
    ],
  },
  {
    what: "a run where there is one project",
    beside: null,
    files: { [ONE]: PROJECTS[ONE] },
    runs: PASSED,
    goes: [[of("one", "test_y", { asked: "never again" }), "not hit"]],
    stays: [[of("one", "test_w"), "used"]],
  },
];

const files = { [F]: "def test_y(a): pass\ndef test_z(): pass\n" };

/** Of ids that are the same though they are written otherwise. */
export const WRITTEN: readonly Scene[] = [
  {
    what: "recorded by pytest-xdist, with groups",
    files,
    collected: [quiet(...BESIDE, X("test_z"), X("test_y[a]"), X("test_y[x@y]"))],
    goes: [
      [X("test_y[b]@gpu"), "not collected"],
      [X("test_y[x]"), "not collected"],
      [X("test_y@gpu"), "not collected"],
    ],
    stays: [
      [X("test_z@gpu"), "used"],
      [X("test_y[a]@gpu"), "used"],
      [X("test_y[x@y]@gpu"), "used"],
    ],
  },
  {
    what: "collected by a run of pytest-xdist, with groups",
    files,
    collected: [
      junit(["tests.a.test_x", "test_z@gpu"], ["tests.a.test_x", "test_y[a]@gpu"]),
      report([...BESIDE, X("test_y@gpu")]),
    ],
    goes: [[X("test_y[b]"), "not collected"]],
    stays: [
      [X("test_z"), "used"],
      [X("test_z@other"), "used"],
      [X("test_y"), "used"],
      [X("test_y[a]"), "used"],
      [X("test_y[a]@gpu"), "used"],
    ],
  },
  {
    what: "recorded with a path of Windows, or one that begins with ./",
    files,
    collected: [quiet(...BESIDE, X("test_z"))],
    goes: [["tests\\a\\test_x.py::test_y", "not collected"]],
    stays: [
      ["tests\\a\\test_x.py::test_z", "used"],
      [`./${X("test_z")}`, "used"],
    ],
  },
];

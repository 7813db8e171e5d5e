import { F, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;

/** Of ways to define tests. */
export const DEFINITIONS: readonly Scene[] = [
  {
    what: "decorators and async def",
    files: {
      [F]: '@pytest.mark.parametrize("a", [\n  1, # def test_c(): pass\n])\n@skip\nasync def test_y(a):\n  def test_z(): pass\n\nclass TestK:\n  @staticmethod\n  @pytest.mark.slow\n  async def test_k(): pass\n',
    },
    goes: [
      [X("test_z"), "test gone"],
      [X("test_c"), "test gone"],
      [X("TestK::test_y[1]"), "test gone"],
    ],
    stays: [
      [X("test_y[1]"), "used"],
      [X("TestK::test_k"), "used"],
    ],
  },
  {
    what: "decorators that may make names",
    files: {
      [F]: "@parameterized.expand([1])\ndef test_y(): pass\n",
      "tests/a/test_w.py": "@repeated\ndef test_y(): pass\n@pytest.mark.slow\ndef test_v(): pass\n",
    },
    goes: [
      ["tests/a/test_w.py::test_z_0", "test gone"],
      ["tests/a/test_w.py::test_v_0", "test gone"],
    ],
    stays: [
      [X("test_z_0"), "unknown"],
      [X("test_y"), "used"],
      ["tests/a/test_w.py::test_y_0", "unknown"],
      ["tests/a/test_w.py::test_y", "used"],
    ],
  },
  {
    what: "conditional definitions",
    files: {
      [F]: "if a:\n  def test_if(): pass\nelif b:\n  def test_elif(): pass\nelse:\n  class TestElse:\n    if c:\n      def test_y(self): pass\ntry:\n  from pool import test_try\nexcept ImportError:\n  def test_except(): pass\nfinally:\n  def test_finally(): pass\nwith d:\n  def test_with(): pass\nmatch e:\n  case 1:\n    def test_case(): pass\n",
    },
    goes: [
      [X("test_not"), "test gone"],
      [X("TestElse::test_if"), "test gone"],
    ],
    stays: [
      ...["test_if", "test_elif", "TestElse::test_y", "test_try", "test_except", "test_finally", "test_with"].map(
        (test) => [X(test), "used"] as const,
      ),
      [X("test_case"), "used"],
    ],
  },
  {
    what: "what only stands in comments, strings and bodies",
    files: { [F]: '"""\ndef test_doc(): pass\n"""\n# def test_note(): pass\ndef f():\n  def test_in(): pass\n' },
    goes: [
      [X("test_doc"), "test gone"],
      [X("test_note"), "test gone"],
      [X("test_in"), "test gone"],
    ],
    stays: [[X("f"), "used"]],
  },
  {
    what: "names made at run time",
    files: {
      [F]: "for n in ALL:\n  globals()[n] = make(n)\ndef test_y(): pass\n",
      "tests/a/test_w.py": "def globals_(): pass\ndef test_y(): pass\n",
      "tests/a/test_v.py": "class TestK: pass\nsetattr(TestK, name, f)\n",
      "tests/a/test_u.py": "class TestK: pass\nTestK.test_y = f\n",
      "tests/a/test_t.py": "@decorated\nclass TestK: pass\nclass TestL: pass\n",
      "tests/a/test_s.py": "TestK = make()\nTestL = TestK\n",
    },
    goes: [
      ["tests/a/test_w.py::test_z", "test gone"],
      ["tests/a/test_u.py::TestK::test_z", "test gone"],
      ["tests/a/test_t.py::TestL::test_y", "test gone"],
      ["tests/a/test_s.py::TestM::test_y", "test gone"],
    ],
    stays: [
      [X("test_z"), "unknown"],
      [X("test_y"), "used"],
      ["tests/a/test_v.py::TestK::test_y", "unknown"],
      ["tests/a/test_u.py::TestK::test_y", "unknown"],
      ["tests/a/test_t.py::TestK::test_y", "unknown"],
      ["tests/a/test_s.py::TestK::test_y", "unknown"],
      ["tests/a/test_s.py::TestL::test_y", "unknown"],
    ],
  },
  {
    what: "a module that reaches for its caller's frame, or collects by a hook",
    files: {
      "tests/a/maker.py": "import sys\ndef make(): sys._getframe(1).f_globals['test_y'] = f\n",
      [F]: "from .maker import make\nmake()\n",
      "tests/c/test_c.py": "from b import make\nmake()\n",
      "tests/d/conftest.py": "def pytest_collect_file(parent): return 1\n",
      "tests/d/deep/test_d.py": "\n",
    },
    goes: [["tests/c/test_c.py::test_y", "test gone"]],
    stays: [
      [X("test_y"), "unknown"],
      ["tests/d/deep/test_d.py::test_y", "unknown"],
    ],
  },
  {
    what: "files that cannot be read, and tests that are switched off",
    files: {
      [F]: "def test_y(: pass\n",
      "tests/a/test_w.py": "__test__ = False\ndef test_y(): pass\n",
      "tests/a/test_v.py": "class TestK:\n  __test__ = False\n  def test_y(self): pass\n",
      "tests/a/test_u.py": "# coding: klingon\ndef test_z(): pass\n",
      "tests/a/test_t.py/x": "a folder\n",
      "tests/a/test_s.py": "# coding: latin-1\ndef test_z(): pass\n",
    },
    goes: [["tests/a/test_s.py::test_y", "test gone"]],
    stays: [
      [X("test_z"), "unknown"],
      ["tests/a/test_w.py::test_y", "unknown"],
      ["tests/a/test_v.py::TestK::test_y", "unknown"],
      ["tests/a/test_u.py::test_y", "unknown"],
      ["tests/a/test_t.py::test_y", "unknown"],
    ],
  },
  {
    what: "a plain file where a package of that name is imported from",
    files: { "tests/a/tide": "no folder\n", [F]: "from tide.pool import crab\ndef test_y(): pass\n" },
    goes: [[X("test_z"), "test gone"]],
    stays: [[X("test_y"), "used"]],
  },
  {
    what: "a test file moved, and one that imports what it had",
    files: {
      "tests/a/test_new.py": "def test_y(): pass\n",
      "tests/c/test_x.py": "def test_y(): pass\n",
      "tests/a/test_back.py": "from .test_new import *\n",
    },
    goes: [[X("test_y"), "test gone"]],
    stays: [
      ["tests/a/test_new.py::test_y", "used"],
      ["tests/c/test_x.py::test_y", "used"],
      ["tests/a/test_back.py::test_y", "used"],
    ],
  },
];

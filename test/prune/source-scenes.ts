import { F, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const BASE = "tests/a/base.py";

/** Of test sources: what goes beside what looks like it and stays. */
export const NAMES: readonly Scene[] = [
  {
    what: "a function that is gone, and one that is there",
    files: { [F]: "def test_y(): pass\n" },
    goes: [[X("test_z"), "test gone"]],
    stays: [[X("test_y"), "used"]],
  },
  {
    what: "a function that only begins alike",
    files: { [F]: "def test_yy(): pass\ndef _test_y(): pass\n" },
    goes: [[X("test_y"), "test gone"]],
    stays: [[X("test_yy"), "used"]],
  },
  {
    what: "parameters with ], [, ::, /, spaces and a look of other tests",
    files: { [F]: "def test_y(a): pass\nclass TestK:\n  def test_k(self): pass\n" },
    goes: [
      [X("test_z[a]b-[c]]"), "test gone"],
      [X("test_z[a::b::c]"), "test gone"],
      [X("test_z[two words  and ]"), "test gone"],
      [X("test_z[tests/a/test_x.py::test_y]"), "test gone"],
      [X("TestK::test_z[::test_k]"), "test gone"],
      [X("TestL::test_k[TestK::test_k]"), "test gone"],
    ],
    stays: [
      [X("test_y[a]b-[c]]"), "used"],
      [X("test_y[a::b::c]"), "used"],
      [X("test_y[two words  and ]"), "used"],
      [X("test_y[tests/a/test_x.py::test_z]"), "used"],
      [X("TestK::test_k[::test_z]"), "used"],
    ],
  },
  {
    what: "letters beyond ASCII, in parameters and in names",
    files: { [F]: "def test_größe(a): pass\ndef test_ﬁne(): pass\n" },
    goes: [[X("test_grösse[Grüße, 日本語 😀]"), "test gone"]],
    stays: [
      [X("test_größe[Grüße, 日本語 😀]"), "used"],
      [X("test_gro\u0308ße[decomposed]"), "used"],
      [X("test_fine"), "used"],
    ],
  },
  {
    what: "ids that no Python source tells of",
    files: { [F]: "def test_y(): pass\n" },
    goes: [[X("test_z[a]@group"), "test gone"]],
    stays: [
      [X("test_y[a]@group"), "used"],
      [X("test_z[a"), "unknown"],
      [X("two words"), "unknown"],
      ["tests/a/notes.md::test_z", "unknown"],
      ["tests/a/../a/test_gone.py::test_z", "unknown"],
    ],
  },
  {
    what: "a class renamed",
    files: { [F]: "class TestL:\n  def test_y(self): pass\nTestM = TestL\n" },
    goes: [[X("TestK::test_y"), "test gone"]],
    stays: [
      [X("TestL::test_y"), "used"],
      [X("TestM::test_y"), "used"],
    ],
  },
  {
    what: "a test moved out of its class, and one inside a class inside",
    files: { [F]: "def test_y(): pass\nclass TestK:\n  class TestDeep:\n    def test_d(self): pass\n" },
    goes: [
      [X("TestK::test_y"), "test gone"],
      [X("TestK::test_d"), "test gone"],
      [X("TestDeep::test_d"), "test gone"],
    ],
    stays: [
      [X("test_y"), "used"],
      [X("TestK::TestDeep::test_d"), "used"],
    ],
  },
  {
    what: "a test moved to a base class of the same file",
    files: { [F]: "class Base:\n  def test_y(self): pass\nclass TestK(Base): pass\nclass TestL: pass\n" },
    goes: [
      [X("TestL::test_y"), "test gone"],
      [X("TestK::test_z"), "test gone"],
    ],
    stays: [[X("TestK::test_y"), "used"]],
  },
  {
    what: "a test moved to a base class of another file, however it is imported",
    files: {
      [BASE]: "class Base:\n  def test_y(self): pass\n",
      [F]: "from .base import Base\nclass TestK(Base): pass\n",
      "tests/a/test_w.py": "import tests.a.base as b\nclass TestK(b.Base): pass\n",
      "tests/a/test_v.py": "from base import *\nclass TestK(Base): pass\n",
    },
    goes: [
      [X("TestK::test_z"), "test gone"],
      ["tests/a/test_w.py::TestK::test_z", "test gone"],
      ["tests/a/test_v.py::TestK::test_z", "test gone"],
    ],
    stays: [
      [X("TestK::test_y"), "used"],
      ["tests/a/test_w.py::TestK::test_y", "used"],
      ["tests/a/test_v.py::TestK::test_y", "used"],
    ],
  },
  {
    what: "a base class that cannot be read, and one that is gone",
    files: {
      [BASE]: "class Base(\n",
      [F]: "from .base import Base\nfrom .no import None_\nclass TestK(Base): pass\nclass TestL(None_): pass\nclass TestM(object): pass\n",
    },
    goes: [[X("TestM::test_y"), "test gone"]],
    stays: [
      [X("TestK::test_y"), "unknown"],
      [X("TestL::test_y"), "unknown"],
    ],
  },
  {
    what: "imported test classes and functions",
    files: {
      [BASE]: "class TestShared:\n  def test_y(self): pass\ndef test_f(): pass\n",
      [F]: "from tests.a.base import TestShared, TestShared as TestMine, test_f\n",
      "tests/a/test_star.py": "from .base import *\n",
    },
    goes: [
      [X("TestShared::test_z"), "test gone"],
      [X("TestOther::test_y"), "test gone"],
      ["tests/a/test_star.py::test_g", "test gone"],
    ],
    stays: [
      [X("TestShared::test_y"), "used"],
      [X("TestMine::test_y"), "used"],
      [X("test_f"), "used"],
      ["tests/a/test_star.py::test_f", "used"],
      ["tests/a/test_star.py::TestShared::test_y", "used"],
    ],
  },
];

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
    },
    goes: [
      ["tests/a/test_w.py::test_z", "test gone"],
      ["tests/a/test_u.py::TestK::test_z", "test gone"],
      ["tests/a/test_t.py::TestL::test_y", "test gone"],
    ],
    stays: [
      [X("test_z"), "unknown"],
      [X("test_y"), "used"],
      ["tests/a/test_v.py::TestK::test_y", "unknown"],
      ["tests/a/test_u.py::TestK::test_y", "unknown"],
      ["tests/a/test_t.py::TestK::test_y", "unknown"],
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

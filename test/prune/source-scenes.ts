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
      [F]: "from .base import Base\nfrom .no import None_\nclass TestK(Base): pass\nclass TestL(None_): pass\n",
      "tests/a/test_m.py": "class TestM(object): pass\n",
    },
    goes: [["tests/a/test_m.py::TestM::test_y", "test gone"]],
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

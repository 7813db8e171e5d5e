/** Files by path; null for one that cannot be read. */
export type Files = Record<string, string | null>;

export const F = "tests/a/test_x.py";
export const K = `${F}::TestK::test_y`;
export const Y = `${F}::test_y[p]`;
export const METHOD = "    def test_y(self): pass\n";
export const EMPTY = "    def test_z(self): pass\n";

/** Each case is a test id and files for each answer that it can have: what is gone stands beside what is there. */
export interface Case {
  id?: string;
  there?: Files[];
  gone?: Files[];
  unknown?: Files[];
}

export const NAMES: Record<string, Case> = {
  "a file": { id: Y, there: [{ [F]: "def test_y(): pass" }], gone: [{}], unknown: [{ [F]: null }] },
  "a file without names": { id: F, there: [{ [F]: "" }, { [F]: "def (" }], gone: [{}], unknown: [{ [F]: null }] },
  "a function": {
    there: [{ [F]: "def test_y(): pass" }, { [F]: "async def test_y(): pass" }, { [F]: "@a.b(1)\ndef test_y(): pass" }],
    gone: [
      { [F]: "" },
      { [F]: "def test_yy(): pass" },
      { [F]: "# def test_y(): pass" },
      { [F]: "'''\ndef test_y(): pass\n'''" },
    ],
  },
  "a definition in a block": {
    there: [
      "if a:\n",
      "try: pass\nexcept B:\n",
      "with a:\n",
      "for a in b:\n",
      "if a: pass\nelse:\n",
      "while a:\n  if b:\n    pass\n",
    ].map((head) => ({ [F]: `${head}    def test_y(): pass` })),
    gone: [
      { [F]: "if a:\n    test_y" },
      { [F]: "def f():\n    def test_y(): pass" },
      { [F]: "class test:\n    def test_y(self): pass" },
    ],
  },
  "a name bound otherwise": {
    there: [
      "test_y = test_b",
      "test_y = f()",
      "a, test_y = f()",
      "from a import test_y",
      "from a import b as test_y",
      "import test_y",
    ].map((text) => ({ [F]: text })),
    gone: [
      "test_a = test_y",
      "f(test_y)",
      "from a import test_y as b",
      "import a.test_y",
      "x = {'test_y': 1}",
      "a.b = 1",
    ].map((text) => ({
      [F]: text,
    })),
    unknown: ["a.test_y = f", "a.b, a.test_y = f", "def test_y(): pass\ndel test_y"].map((text) => ({ [F]: text })),
  },
  "names made at run time": {
    gone: [
      "def f():\n    locals()",
      "def f(): setattr(self, 'a', 1)",
      "a.exec(b)",
      "log = getLogger(__name__)",
      "if __name__ == '__main__': f()",
      "'globals()'  # exec()",
    ].map((text) => ({ [F]: text })),
    unknown: [
      "globals()['test_y'] = f",
      "for a in b:\n    globals().update({a: f})",
      "def f():\n    globals()[a] = 1",
      "exec('def test_y(): pass')",
      "setattr(sys.modules[__name__], a, b)",
      "f(setattr)",
      "vars()['a'] = 1",
      "locals().update(a)",
      "eval(a)",
      "sys.modules[__name__].a = 1",
      "make_tests(__name__)",
      "sys._getframe().f_globals",
      "from pytest_bdd import scenarios\nscenarios('a.feature')",
      "@parameterized.expand([1])\ndef f(): pass",
    ].map((text) => ({ [F]: text })),
  },
  "names made by a helper": {
    gone: [
      { [F]: "from tests.make import make\nmake()", "tests/make.py": "def make(): return inspect.stack" },
      { [F]: "make()", "tests/make.py": "def make(): sys._getframe(1).f_globals['a'] = f" },
    ],
    unknown: [
      {
        [F]: "from tests.make import make\nmake()",
        "tests/make.py": "def make(): sys._getframe(1).f_globals['a'] = f",
      },
      { [F]: "from tests import make\nmake.make()", "tests/make.py": "exec(a)\ndef make(): inspect.currentframe()" },
    ],
  },
  "names made of others by a decorator": {
    id: `${F}::test_y_0`,
    gone: [
      "@pytest.mark.parametrize('a', [1])\ndef test_y(a): pass",
      "def test_y(a): pass",
      "@many\ndef test_z(): pass",
    ].map((text) => ({ [F]: text })),
    unknown: [{ [F]: "@many\ndef test_y(): pass" }, { [F]: "@many\nclass test_y: pass" }],
  },
  "a global of a function": {
    there: [{ [F]: "def f():\n    global a, test_y" }],
    gone: [{ [F]: "def f():\n    nonlocal test_y" }],
  },
  "a star import": {
    there: [
      { [F]: "from base import *", "tests/base.py": "def test_y(): pass" },
      { [F]: "from .base import *", "tests/a/base.py": "from .more import *", "tests/a/more.py": "def test_y(): pass" },
    ],
    gone: [
      { [F]: "from base import *", "tests/base.py": "" },
      { [F]: "from .base import *", "tests/a/base.py": "from .test_x import *" },
    ],
    unknown: [
      { [F]: "from base import *" },
      { [F]: "from base import *", "tests/base.py": null },
      { [F]: "from base import *", "tests/base.py": "def (" },
      { [F]: "from base import *", "tests/base.py": "globals()[a] = b" },
    ],
  },
  "a class": {
    id: K,
    there: [
      { [F]: `class TestK:\n${METHOD}` },
      { [F]: `if a:\n  class TestK(unittest.TestCase):\n${METHOD}` },
      { [F]: "class TestK:\n    test_y = f" },
    ],
    gone: [
      { [F]: "" },
      { [F]: `class TestJ:\n${METHOD}` },
      { [F]: `class TestK:\n${EMPTY}` },
      { [F]: `class TestK(object):\n${EMPTY}def test_y(): pass` },
    ],
    unknown: [
      { [F]: "def TestK(): pass" },
      { [F]: "TestK = type('TestK', (), a)" },
      { [F]: "TestK = 1" },
      { [F]: "from a import TestK" },
    ],
  },
  "a class inside another": {
    id: `${F}::TestK::TestIn::test_y`,
    there: [
      { [F]: "class TestK:\n  class TestIn:\n    def test_y(self): pass" },
      { [F]: "class A:\n  def test_y(self): pass\nclass TestK:\n  class TestIn(A): pass" },
      { [F]: "class B:\n  class TestIn:\n    def test_y(self): pass\nclass TestK(B): pass" },
      { [F]: "class TestK:\n  class A:\n    def test_y(self): pass\n  class TestIn(A): pass" },
    ],
    gone: [
      { [F]: `class TestK:\n${METHOD}` },
      { [F]: "class TestK:\n  class TestIn:\n    def test_z(self): pass\n  def test_y(self): pass" },
    ],
  },
  "a base in the same file": {
    id: K,
    there: [
      { [F]: `class B:\n${METHOD}class TestK(B): pass` },
      { [F]: `class A:\n${METHOD}class B(A): pass\nclass C: pass\nclass TestK(C, B[int]): pass` },
    ],
    gone: [
      { [F]: `class B:\n${EMPTY}class TestK(B): pass` },
      { [F]: `class B:\n${METHOD}class TestK: pass` },
      { [F]: `class A: pass\nclass B(A): pass\nclass C(A): pass\nclass TestK(B, C): pass` },
      { [F]: "class A(B): pass\nclass B(A): pass\nclass TestK(A): pass" },
    ],
    unknown: [
      { [F]: "class TestK(B): pass" },
      { [F]: "class TestK(make()): pass" },
      { [F]: "class TestK(*bases): pass" },
      { [F]: "B = make()\nclass TestK(B): pass" },
      { [F]: "A = B\nB = A\nclass TestK(A): pass" },
    ],
  },
};

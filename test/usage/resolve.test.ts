import { describe, expect, it } from "vitest";
import { sourceParser } from "../../src/usage/sources/parse.ts";
import { type Resolved, resolveTest } from "../../src/usage/sources/resolve.ts";

const parse = await sourceParser();

type Files = Record<string, string | null>;

/** Resolves an id among files by path; null for one that cannot be read. */
function resolve(id: string, files: Files): Resolved {
  return resolveTest(id, {
    read: (path) => {
      const text = files[path];
      if (text === undefined) return "absent";
      // Sources are remembered as JSON: what does not survive it must not matter.
      return text === null ? "unreadable" : JSON.parse(JSON.stringify(parse(text)));
    },
  });
}

const F = "tests/a/test_x.py";
const K = `${F}::TestK::test_y`;
const Y = `${F}::test_y[p]`;
const METHOD = "    def test_y(self): pass\n";
const EMPTY = "    def test_z(self): pass\n";

/** Each case is a test id and files for each answer that it can have: what is gone stands beside what is there. */
const CASES: Record<string, { id?: string; there?: Files[]; gone?: Files[]; unknown?: Files[] }> = {
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
  "a base in another file": {
    id: K,
    there: [
      { [F]: "from tests.base import B\nclass TestK(B): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "from tests import base\nclass TestK(base.B): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "import tests.base\nclass TestK(tests.base.B): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "import tests.base as b\nclass TestK(b.B): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "from ..base import B as C\nclass TestK(C): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "from .. import base\nclass TestK(base.B): pass", "tests/base.py": `class B:\n${METHOD}` },
      { [F]: "from base import B\nclass TestK(B): pass", "tests/a/base.py": `class B:\n${METHOD}` },
      { [F]: "from repo.base import B\nclass TestK(B): pass", "../repo/base.py": `class B:\n${METHOD}` },
      {
        [F]: "from lib import B\nclass TestK(B): pass",
        "lib/__init__.py": "from .b import B",
        "lib/b.py": `class B:\n${METHOD}`,
      },
      {
        [F]: "from lib import *\nclass TestK(B): pass",
        "lib/__init__.py": "from .b import *",
        "lib/b.py": `class B:\n${METHOD}`,
      },
      { [F]: "from base import TestK", "tests/base.py": `class TestK:\n${METHOD}` },
      { [F]: "from base import B\nTestK = B", "tests/base.py": `class B:\n${METHOD}` },
      // Of two that it may be, one has it.
      {
        [F]: "from base import B\nclass TestK(B): pass",
        "base.py": "class B: pass",
        "tests/base.py": `class B:\n${METHOD}`,
      },
    ],
    gone: [
      { [F]: "from tests.base import B\nclass TestK(B): pass", "tests/base.py": `class B:\n${EMPTY}` },
      { [F]: "from .. import base\nclass TestK(base.B): pass", "tests/base.py": "class B: pass" },
      {
        [F]: "from lib import B\nclass TestK(B): pass",
        "lib/__init__.py": "from .b import B",
        "lib/b.py": "class B: pass",
      },
      { [F]: "from base import TestK", "tests/base.py": `class TestK:\n${EMPTY}` },
    ],
    unknown: [
      { [F]: "from tests.base import B\nclass TestK(B): pass" },
      { [F]: "from tests.base import B\nclass TestK(B): pass", "tests/base.py": null },
      { [F]: "from tests.base import B\nclass TestK(B): pass", "tests/base.py": "class B" },
      { [F]: "from tests.base import B\nclass TestK(B): pass", "tests/base.py": "" },
      { [F]: "from base import B\nclass TestK(B): pass", "tests/base.py": "class B: pass", "base.py": null },
      { [F]: "import third\nclass TestK(third.B): pass" },
    ],
  },
  "bases of the standard library": {
    id: K,
    there: [{ [F]: `import unittest\nclass TestK(unittest.TestCase):\n${METHOD}` }],
    gone: [
      "import unittest\nclass TestK(unittest.TestCase): pass",
      "from unittest import TestCase as T\nclass TestK(T): pass",
      "from abc import ABC, ABCMeta\nclass TestK(ABC, metaclass=ABCMeta): pass",
    ].map((text) => ({ [F]: text })),
    unknown: [
      { [F]: "from django.test import TestCase\nclass TestK(TestCase): pass" },
      { [F]: "import unittest\nclass TestK(unittest.Other): pass" },
    ],
  },
  "members made at run time": {
    id: K,
    there: [{ [F]: `@make\nclass TestK(metaclass=M):\n${METHOD}` }],
    gone: [
      { [F]: "@pytest.mark.skip\nclass TestK: pass" },
      { [F]: "@unittest.skip('a')\nclass TestK: pass" },
      { [F]: "def pytest_generate_tests(a): pass\nclass TestK: pass" },
    ],
    unknown: [
      "@make\nclass TestK: pass",
      "class TestK(metaclass=M): pass",
      "class TestK(object, key=1): pass",
      "class TestK:\n    locals()['test_y'] = f",
      "class TestK: pass\nsetattr(TestK, a, b)",
      "class TestK: pass\nTestK.test_y = f",
      "class B:\n    def __init_subclass__(cls): pass\nclass TestK(B): pass",
      "class TestK:\n    def __getattr__(self, name): pass",
      `class TestK:\n${METHOD}    del test_y`,
      "@make\nclass B: pass\nclass TestK(B): pass",
      "class TestK:\n    @ddt.data(1)\n    def test_z(self): pass",
    ].map((text) => ({ [F]: text })),
  },
  "what pytest is told to pass over": {
    id: K,
    there: [
      { [F]: `class TestK:\n    __test__ = True\n${METHOD}` },
      { [F]: `@pytest.mark.skip\nclass TestK:\n${METHOD}` },
    ],
    unknown: [
      { [F]: `class TestK:\n    __test__ = False\n${METHOD}` },
      { [F]: `__test__ = False\nclass TestK:\n${METHOD}` },
    ],
    gone: [{ [F]: "class TestK:\n    __test__ = False\n" }],
  },
  "a conftest that collects": {
    there: [{ [F]: "def test_y(): pass", "conftest.py": null }],
    gone: [
      { [F]: "", "tests/conftest.py": "def pytest_collection_modifyitems(items): pass" },
      { [F]: "", "other/conftest.py": "def pytest_collect_file(): pass" },
    ],
    unknown: [
      { [F]: "", "tests/conftest.py": "def pytest_collect_file(): pass" },
      { [F]: "", "conftest.py": "from a import pytest_pycollect_makeitem" },
      { [F]: "", "tests/a/conftest.py": "def f(items):\n    items[0]._nodeid = 'a'" },
      { [F]: "", "conftest.py": "def (" },
    ],
  },
  "what cannot be read": {
    there: [{ [F]: "\uFEFFdef test_y(): pass\r\n" }, { [F]: "x = 1\r\f\rdef test_y():\r\tyield\r" }],
    gone: [{ [F]: "def f():\n    yield\n\n\f\ndef g():\n    with (a as b, c as d): x = 20.\n" }],
    unknown: [
      "def f(",
      "x = '''",
      "def f():\nx = 1",
      "<<<<<<< HEAD\n",
      "print 'a'",
      "if a:\n  b\n c",
      "if a:\n        b\n\tc",
      "x = (]",
      "a $ b",
      "\0",
      "def f():\n    x = = 1",
    ].map((text) => ({ [F]: text })),
  },
  "a name that every object has": {
    id: `${F}::__proto__::constructor`,
    gone: [{ [F]: "" }, { [F]: "class __proto__: pass" }],
    there: [{ [F]: "class __proto__:\n    def constructor(self): pass" }],
  },
  "what is no test of a source": { id: "docs/guide.rst::guide.rst", unknown: [{}] },
};

describe.each(Object.entries(CASES))("%s", (_, { id = `${F}::test_y`, ...states }) => {
  const all = Object.entries(states).flatMap(([state, list]) => list.map((files) => ({ state, files })));
  it.each(all)("$state: $files", ({ state, files }) => {
    expect(resolve(id, files)).toMatchObject({ state });
  });
});

describe("the fact and its place", () => {
  it.each<[string, Files, Omit<Resolved, "state">]>([
    [Y, {}, { why: `${F} is gone`, file: F, line: null }],
    [Y, { [F]: "" }, { why: `${F} has no test_y`, file: F, line: null }],
    [K, { [F]: "class TestK: pass" }, { why: "class TestK has no test_y", file: F, line: null }],
    [
      K,
      { [F]: "from base import B\nclass TestK(B): pass", "tests/base.py": "class B: pass" },
      { why: "class TestK has no test_y, nor have its bases B (tests/base.py)", file: F, line: null },
    ],
    [
      K,
      { [F]: "from base import B\nclass TestK(B): pass", "tests/base.py": `\nclass B:\n${METHOD}` },
      { why: "tests/base.py:3 has TestK::test_y", file: "tests/base.py", line: 3 },
    ],
    [Y, { [F]: "a = '''\n\n'''\n\n@f(\n)\nasync def test_y(): pass" }, { why: `${F}:7 has test_y`, file: F, line: 7 }],
    [Y, { [F]: "a\ndef f(" }, { why: `${F} cannot be read: line 2: a bracket is not closed`, file: F, line: null }],
    [Y, { [F]: "\nexec(a)" }, { why: `${F} makes names at run time (exec, line 2)`, file: F, line: null }],
  ])("%s %j", (id, files, expected) => {
    expect(resolve(id, files)).toMatchObject(expected);
  });
});

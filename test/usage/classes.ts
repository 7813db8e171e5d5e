import { type Case, EMPTY, F, K, METHOD } from "./names.ts";

/** Cases of bases and of what a class gets at run time; each of what is gone beside what is there. */
export const CLASSES: Record<string, Case> = {
  "a base inside another class": {
    id: K,
    there: [{ [F]: "class O:\n  class B:\n    def test_y(self): pass\nclass TestK(O.B): pass" }],
    gone: [{ [F]: "class O:\n  class B: pass\n  def test_y(self): pass\nclass TestK(O.B): pass" }],
    unknown: [{ [F]: "class O: pass\nclass TestK(O.B): pass" }, { [F]: "def o(): pass\nclass TestK(o.B): pass" }],
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

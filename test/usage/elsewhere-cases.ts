import type { Files } from "./names.ts";

/** Trees in which pytest collects a test that its file does not define, beside those that look alike and in which it does not. */
export interface Elsewhere {
  id: string;
  /** Files that all of the trees have. */
  all?: Files;
  /** It is collected. */
  alive: Files[];
  gone: Files[];
}

const T = "tests/test_a.py";
const ID = `${T}::TestA::test_a`;
const REG = `${T}::test_reg`;
const NAMED = `${T}::V::test_z`;
const OK = "def test_z(): pass\n";

const MAKE =
  'def make(cls, cases="a"):\n    for c in cases:\n        setattr(cls, f"test_{c}", lambda self: None)\n    return cls\n';
const RENAME = 'def pytest_itemcollected(item):\n    item._nodeid = item._nodeid.replace("::", "::V::")\n';
const COLLECT =
  "import pytest\n\ndef pytest_pycollect_makeitem(collector, name, obj):\n" +
  '    if name == "spec":\n        return pytest.Function.from_parent(collector, name="test_reg", callobj=lambda: None)\n';
const SPEC = `spec = 1\n${OK}`;

/** The bodies of registrars: each binds a name in the module of the function that it is handed. */
const REGISTRARS = [
  "sys.modules[f.__module__].test_reg = f",
  'setattr(sys.modules[f.__module__], "test_reg", f)',
  'setattr(sys.modules[f.__module__], "test_" + f.__name__, f)',
  'vars(sys.modules[f.__module__])["test_reg"] = f',
  'd = vars(sys.modules[f.__module__])\n    d["test_reg"] = f',
  'f.__globals__["test_reg"] = f',
  "f.__globals__.update(test_reg=f)",
  "g = f.__globals__\n    g.update(test_reg=f)",
  "importlib.import_module(f.__module__).test_reg = f",
  'importlib.import_module(f.__module__).__dict__["test_reg"] = f',
  "m = inspect.getmodule(f)\n    m.test_reg = f",
  'builtins.setattr(inspect.getmodule(f), "test_" + "reg", f)',
  'type(sys).__setattr__(inspect.getmodule(f), "test_" + "reg", f)',
  'm = inspect.getmodule(f)\n    object.__setattr__(m, "test_" + "reg", f)',
  'builtins.exec("def test_reg(): pass", f.__globals__)',
];
const registrar = (body: string): string =>
  `import builtins, importlib, inspect, sys\n\ndef reg(f):\n    ${body}\n    return f\n`;

export const ELSEWHERE: Record<string, Elsewhere> = {
  "a helper that fills the class it is given": {
    id: ID,
    all: { "tests/gen.py": MAKE },
    alive: [
      { [T]: 'from .gen import make\nclass TestA: pass\nmake(TestA, ["a"])\n' },
      { [T]: "from . import gen\nclass TestA: pass\ngen.make(TestA)\n" },
      { [T]: "import tests.gen\nclass TestA: pass\ntests.gen.make(TestA)\n" },
      { [T]: "import tests.gen as g\nclass TestA: pass\nm = g.make\nm(TestA)\n" },
      { [T]: "from .lib import make\nclass TestA: pass\nmake(TestA)\n", "tests/lib.py": "from .gen import make\n" },
      { [T]: "from .lib import *\nclass TestA: pass\nmake(TestA)\n", "tests/lib.py": "from .gen import *\n" },
      {
        [T]: "from .lib import fill\nclass TestA: pass\nfill(TestA)\n",
        "tests/lib.py": "from .gen import make\ndef fill(c): make(c)\n",
      },
      {
        [T]: "from kit import make\nclass TestA: pass\nmake(TestA)\n",
        "kit/__init__.py": "from ._impl import make\n",
        "kit/_impl.py": MAKE,
        "conftest.py": "",
      },
      {
        [T]: "from base import Base\nclass TestA(Base): pass\n",
        "base.py": "from gen import make\nclass Base: pass\nmake(Base)\n",
        "gen.py": MAKE,
        "conftest.py": "",
      },
      {
        [T]: "from .gen import make\nclass TestA: pass\nmake(TestA)\n",
        "tests/gen.py": "def make(cls):\n    cls.test_a = lambda self: None\n",
      },
    ],
    gone: [
      { [T]: `class TestA: pass\n${OK}` },
      {
        [T]: `from .other import make\nclass TestA: pass\nmake(TestA)\n${OK}`,
        "tests/other.py": "def make(c): pass\n",
      },
      ...[
        'setattr(cls, "other", 1)',
        'setattr(cls, "other_" + "test_a", 1)',
        "cls.test_b = 1",
        "self.test_a = 1",
        'mock.setattr(cls, "x" * 2, 1)',
      ].map((body) => ({
        [T]: `from .other import make\nclass TestA: pass\n${OK}`,
        "tests/other.py": `def make(cls, self, mock):\n    ${body}\n`,
      })),
      // What is tested may do anything behind what is imported from it.
      {
        [T]: `from product import Thing\nclass TestA: pass\n${OK}`,
        "product/__init__.py": "from .things import Thing, Other\n",
        "product/things.py": "from .deep import helper\nclass Thing: pass\nclass Other: pass\n",
        "product/deep.py": `${MAKE}helper = 1\n`,
        "conftest.py": "",
      },
    ],
  },
  "a registrar that reaches for the module of a function": {
    id: REG,
    alive: REGISTRARS.flatMap((body) => [
      { [T]: "from .helper import reg\n@reg\ndef reg(): pass\n", "tests/helper.py": registrar(body) },
      { [T]: `from . import helper\ndef reg(): pass\nhelper.reg(reg)\n${OK}`, "tests/helper.py": registrar(body) },
    ]),
    gone: [
      "x = f.__module__",
      "x = f.__globals__.get('a')",
      "print(vars(f))",
      "x = f.__dict__['a']",
      "vars(f).get('a')",
    ].map((body) => ({ [T]: `from .helper import reg\ndef check(): pass\n${OK}`, "tests/helper.py": registrar(body) })),
  },
  "a base that another module fills": {
    id: ID,
    all: { [T]: `from .base import Base\nclass TestA(Base): pass\n${OK}`, "tests/base.py": "class Base: pass\n" },
    alive: [
      { "tests/conftest.py": "from .base import Base\ndef t(self): pass\nBase.test_a = t\n" },
      { "conftest.py": "from tests.base import Base\ndef t(self): pass\nBase.test_a = t\n" },
      {
        "tests/conftest.py": 'from .base import Base\nfor n in "ab":\n    setattr(Base, "test_" + n, lambda s: None)\n',
      },
      { "tests/conftest.py": "from . import fill\n", "tests/fill.py": `${MAKE}from .base import Base\nmake(Base)\n` },
      { "tests/__init__.py": "from .base import Base\nBase.test_a = lambda s: None\n" },
      {
        [T]: "from .base import Base\nfrom . import fill\nclass TestA(Base): pass\n",
        "tests/fill.py": "from .base import Base\nBase.test_a = lambda s: None\n",
      },
      {
        [T]: "from .base import Base\nfrom .pkg.sub import other\nclass TestA(Base): pass\n",
        "tests/pkg/__init__.py": `from ..base import Base\n${MAKE}make(Base)\n`,
        "tests/pkg/sub.py": "other = 1\n",
      },
    ],
    gone: [
      { "tests/conftest.py": "from .base import Base\nBase.test_b = 1\n" },
      {
        "tests/conftest.py":
          "def pytest_configure(config):\n    for a, b in []:\n        setattr(config.option, a, b)\n",
      },
      { "tests/conftest.py": 'def pytest_runtest_makereport(item):\n    setattr(item, "rep_" + "a", 1)\n' },
      { "tests/other/conftest.py": "from ..base import Base\nBase.test_a = 1\n", "tests/other/__init__.py": "" },
    ],
  },
  "a module that another fetches": {
    id: `${T}::test_nn`,
    alive: [
      {
        [T]: "from . import patcher\n",
        "tests/patcher.py": 'import sys\nm = sys.modules["tests.test_a"]\nm.test_nn = lambda: None\n',
      },
      {
        [T]: "from . import patcher\n",
        "tests/patcher.py": 'import sys\nsys.modules["tests.test_a"].__dict__["test_nn"] = lambda: None\n',
      },
    ],
    gone: [
      {
        [T]: `from . import patcher\n${OK}`,
        "tests/patcher.py": 'import sys\nm = sys.modules["tests"]\nm.test_n = 1\n',
      },
    ],
  },
  "a plugin that renames": {
    id: NAMED,
    all: { [T]: OK, "tests/plug.py": RENAME },
    alive: [
      { "conftest.py": 'pytest_plugins = ("tests.plug",)\n' },
      { "conftest.py": 'pytest_plugins = ["pytester", "tests.plug"]\n' },
      { "conftest.py": 'pytest_plugins = "tests.plug"\n' },
      { "conftest.py": 'pytest_plugins: list = ["tests" + ".plug"]\n' },
      { "conftest.py": 'pytest_plugins = []\npytest_plugins.append("tests.plug")\n' },
      { "conftest.py": 'pytest_plugins = ["tests.more"]\n', "tests/more.py": 'pytest_plugins = "tests.plug"\n' },
      { "conftest.py": "from tests.plug import pytest_itemcollected\n" },
      { "tests/conftest.py": "from .plug import *\n" },
      { "tests/conftest.py": "from .more import *\n", "tests/more.py": "from .plug import *\n" },
      { "pytest.ini": "[pytest]\naddopts = -ra -p tests.plug\npythonpath = .\n" },
      { "pytest.ini": "[pytest]\npythonpath = .\naddopts =\n    -ra\n    -ptests.plug\n" },
      { "setup.cfg": "[tool:pytest]\naddopts = -p tests.plug\npythonpath = .\n" },
      { "tox.ini": "[pytest]\npythonpath = .\naddopts=-p tests.plug\n" },
      { "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = "-p tests.plug"\n' },
      {
        "pyproject.toml":
          '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = [\n  "-p", # why\n  "tests.plug",\n]\n',
      },
      {
        "pyproject.toml": "[tool.pytest.ini_options]\npythonpath = ['lib']\naddopts = '''\n-p deep'''\n",
        "lib/deep.py": RENAME,
      },
      {
        "conftest.py":
          "from tests.names import rename\ndef pytest_collection_modifyitems(items):\n    for item in items: rename(item)\n",
        "tests/names.py": 'def rename(item):\n    item._nodeid = item._nodeid.replace("::", "::V::")\n',
      },
      {
        "conftest.py": "from tests.p import P\ndef pytest_configure(config): config.pluginmanager.register(P())\n",
        "tests/p.py":
          "class P:\n    def pytest_collection_modifyitems(self, items):\n" +
          '        for item in items: setattr(item, "_nodeid", item._nodeid.replace("::", "::V::"))\n',
      },
    ],
    gone: [
      {},
      { "conftest.py": 'pytest_plugins = ("pytester",)\n' },
      {
        "conftest.py": 'pytest_plugins = ["tests.more"]\n',
        "tests/more.py": "def pytest_generate_tests(metafunc): pass\n",
      },
      { "pytest.ini": "[pytest]\naddopts = -q -p no:cacheprovider\n" },
      { "pytest.ini": "[pytest]\n# addopts = -p tests.plug\n" },
      { "pyproject.toml": '[tool.other]\nscript = "mkdir -p tests.plug"\n[tool.pytest.ini_options]\naddopts = "-q"\n' },
    ],
  },
  "a plugin that collects": {
    id: REG,
    all: { [T]: SPEC, "tests/plug.py": COLLECT },
    alive: [
      { "conftest.py": 'pytest_plugins = "tests.plug"\n' },
      { [T]: `pytest_plugins = ["tests.plug"]\n${SPEC}` },
      { "conftest.py": "from tests.plug import *\n" },
    ],
    gone: [
      { "conftest.py": "" },
      { "conftest.py": "from tests import plugs\n", "tests/plugs.py": "def pytest_configure(): pass\n" },
    ],
  },
  "a plugin that fills modules": {
    id: REG,
    all: { [T]: OK },
    alive: [
      {
        "conftest.py": 'pytest_plugins = ["tests.plug"]\n',
        "tests/plug.py":
          "import pytest\ndef pytest_collectstart(collector):\n" +
          "    if isinstance(collector, pytest.Module): fill(collector.obj)\ndef fill(to): to.test_reg = lambda: None\n",
      },
    ],
    gone: [{ "conftest.py": 'pytest_plugins = ["tests.plug"]\n', "tests/plug.py": "import pytest\n" }],
  },
  "two modules of one name": {
    id: ID,
    all: {
      [T]: `from base import Base\nclass TestA(Base): pass\n${OK}`,
      "tests/__init__.py": null,
      "tests/base.py": "class Base: pass\n",
      "lib/base.py": "class Base:\n    def test_a(self): pass\n",
    },
    alive: [
      { "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\naddopts = "--import-mode=importlib"\n' },
      { "pytest.ini": "[pytest]\npythonpath =\n    .\n    ./lib\naddopts = --import-mode=importlib\n" },
    ],
    gone: [{ "pytest.ini": "[pytest]\n" }],
  },
  "a helper in a folder on the path": {
    id: ID,
    all: { [T]: `from gen import make\nclass TestA: pass\nmake(TestA)\n${OK}` },
    alive: [{ "pytest.ini": "[pytest]\npythonpath = lib src\n", "lib/gen.py": MAKE }],
    gone: [{ "pytest.ini": "[pytest]\npythonpath = lib\n", "lib/gen.py": "def make(c): pass\n" }],
  },
  "makers behind a dot": {
    id: REG,
    all: {
      "bdd.py": 'import sys\ndef scenarios(*a):\n    sys._getframe(1).f_globals["test_reg"] = lambda: None\n',
      "conftest.py": "",
    },
    alive: [
      "import bdd\nbdd.scenarios('x.feature')\n",
      "import bdd as b\nx = b.scenarios('x.feature')\n",
      "import builtins\nbuiltins.exec('def test_reg(): pass')\n",
      "import builtins as b\nb.exec('def test_reg(): pass')\n",
      "__builtins__['exec']('def test_reg(): pass', globals())\n",
      "def a(): pass\na.__globals__['test_reg'] = a\n",
      "import sys\ntype(sys).__setattr__(sys.modules['tests.test_a'], 'test_' + 'reg', print and (lambda: None))\n",
    ].map((text) => ({ [T]: text })),
    gone: [
      "import os\nos.exec = print\nos.exec('x')\n",
      "import builtins\nbuiltins.print()\n",
      "def scenarios(): pass\n",
    ].map((text) => ({ [T]: text + OK })),
  },
};

/** A tree with the files of all, but those that a null takes away. */
export function treeOf({ all = {} }: Elsewhere, files: Files): Record<string, string> {
  const whole = { "tests/__init__.py": "", ...all, ...files };
  return Object.fromEntries(Object.entries(whole).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
}

import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../store/repository.ts";
import { F, gone, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const THERE = { [F]: "def test_y(): pass\n" };
const BOTH: Pick<Scene, "goes" | "stays"> = { goes: [[X("test_z"), "test gone"]], stays: [[X("test_y"), "used"]] };
const NEITHER: Pick<Scene, "goes"> = {
  goes: [
    [X("test_z"), "test gone"],
    [X("test_y"), "test gone"],
  ],
};

/** Two branches that changed the test file in the same place, merged. */
function conflict({ root, git, commit }: Repository): void {
  const change = (text: string): void => writeFileSync(join(root, F), text);
  git("switch", "-q", "-c", "other");
  change("def test_z(): pass\n");
  commit("theirs");
  git("switch", "-q", "main");
  change("def test_w(): pass\n");
  commit("ours");
  try {
    git("merge", "-q", "other");
  } catch {
    return;
  }
  throw new Error("no conflict");
}

/** Of git's index: a test file counts that is in it alone. */
export const INDEX: readonly Scene[] = [
  { what: "a test file gone from the disk, and still in the index", files: THERE, git: gone(F), ...BOTH },
  { what: "a test file gone from both", files: THERE, git: ({ git }) => git("rm", "-q", F), ...NEITHER },
  {
    what: "a test file gone from the index alone",
    files: THERE,
    git: ({ git }) => git("rm", "-q", "--cached", F),
    ...BOTH,
  },
  {
    what: "a test file that git does not know yet",
    git: ({ write }) => write(THERE),
    ...BOTH,
  },
  {
    what: "a test file moved, by git mv and by hand",
    files: { ...THERE, "tests/a/test_w.py": "def test_y(): pass\n" },
    git: ({ root, git }) => {
      git("mv", F, "tests/a/test_new.py");
      writeFileSync(join(root, "tests/a/test_late.py"), "def test_y(): pass\n");
      rmSync(join(root, "tests/a/test_w.py"));
    },
    goes: [[X("test_y"), "test gone"]],
    stays: [
      ["tests/a/test_new.py::test_y", "used"],
      ["tests/a/test_w.py::test_y", "used"],
      ["tests/a/test_late.py::test_y", "used"],
    ],
  },
  {
    what: "a function gone from the index's version, and there in the last commit's",
    files: { [F]: "def test_y(): pass\ndef test_z(): pass\n" },
    git: (repo) => {
      repo.write(THERE);
      repo.git("add", F);
      gone(F)(repo);
    },
    ...BOTH,
  },
  {
    what: "a function of the disk, not of the index",
    files: { [F]: "def test_z(): pass\n" },
    git: ({ write }) => write(THERE),
    ...BOTH,
  },
  {
    what: "a sparse checkout: test files and what they import are in the index alone",
    files: {
      "tests/a/base.py": "class Base:\n  def test_k(self): pass\n",
      [F]: "from .base import Base\nclass TestK(Base): pass\ndef test_y(): pass\n",
    },
    git: ({ git }) => git("sparse-checkout", "set", "--no-cone", "/*", "!*.py"),
    goes: [
      [X("test_z"), "test gone"],
      [X("TestK::test_z"), "test gone"],
      ["tests/a/test_gone.py::test_y", "test gone"],
    ],
    stays: [
      [X("test_y"), "used"],
      [X("TestK::test_k"), "used"],
    ],
  },
  {
    what: "a test file of the index that cannot be read",
    files: { [F]: "def test_y(: pass\n" },
    git: gone(F),
    stays: [
      [X("test_y"), "unknown"],
      [X("test_z"), "unknown"],
    ],
  },
  {
    what: "a test file in conflict",
    files: THERE,
    git: conflict,
    stays: [
      [X("test_y"), "unknown"],
      [X("test_z"), "unknown"],
      [X("test_w"), "unknown"],
    ],
  },
  {
    what: "a test file in conflict, and gone from the disk",
    files: THERE,
    git: (repo) => {
      conflict(repo);
      gone(F)(repo);
    },
    stays: [
      [X("test_y"), "unknown"],
      [X("test_z"), "unknown"],
    ],
  },
  {
    what: "a conflict that was resolved",
    files: THERE,
    git: (repo) => {
      conflict(repo);
      repo.write(THERE);
      repo.git("add", F);
    },
    ...BOTH,
  },
  {
    what: "a test file that is a link: on the disk it counts as what it leads to, in the index it tells nothing",
    files: { "tests/a/real.py": "def test_y(): pass\n" },
    git: ({ root, git, commit }) => {
      symlinkSync("real.py", join(root, F));
      symlinkSync("real.py", join(root, "tests/a/test_w.py"));
      commit("links");
      gone("tests/a/test_w.py")({ root });
      git("status");
    },
    goes: [[X("test_z"), "test gone"]],
    stays: [
      [X("test_y"), "used"],
      ["tests/a/test_w.py::test_y", "unknown"],
      ["tests/a/test_w.py::test_z", "unknown"],
    ],
  },
  {
    what: "more test files than git is asked for one by one",
    files: Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`tests/a/test_n${at}.py`, "def test_y(): pass\n"]),
    ),
    git: (repo) => gone(...Array.from({ length: 60 }, (_, at) => `tests/a/test_n${at}.py`))(repo),
    goes: [
      ["tests/a/test_n60.py::test_y", "test gone"],
      ...Array.from({ length: 60 }, (_, at) => [`tests/a/test_n${at}.py::test_z`, "test gone"] as const),
    ],
    stays: Array.from({ length: 60 }, (_, at) => [`tests/a/test_n${at}.py::test_y`, "used"] as const),
  },
];

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NEWEST } from "../mend/named.ts";
import { grown } from "../store/changes.ts";
import { HAS_GIT, type Repository } from "../store/repository.ts";
import { quiet } from "../usage/verdict-tree.ts";
import { BESIDE, F, mustBe, pathOf, prune, type Recorded, type Row, type Scene, stage } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const [Y, Z] = [X("test_y"), X("test_z")] as const;
const THERE = { [F]: "def test_y(a): pass\n" };
const GOOD = quiet(...BESIDE, Y);

/** The same scene, told to go on in spite of what it refuses. */
const allowed = (scene: Scene, option: string): Scene[] => [
  scene,
  { ...scene, what: `${scene.what}, with ${option}`, args: [...(scene.args ?? []), option], refused: [], exit: 1 },
];

const params = (from: number, to: number, verdict: Row[1]): Row[] =>
  Array.from({ length: to - from }, (_, at) => [X(`test_y[${from + at}]`), verdict]);
const collecting = (to: number): string => quiet(...BESIDE, Y, ...params(0, to, null).map(([row]) => row as string));

/** Of folders that would lose most of what they have. */
const MANY: readonly Scene[] = [
  ...allowed(
    {
      what: "21 of 41",
      files: THERE,
      collected: [collecting(20)],
      goes: params(20, 41, "not collected"),
      stays: params(0, 20, "used"),
      refused: ["21 of 41 recordings would go (not collected)"],
    },
    "--allow-many",
  ),
  {
    what: "21 of 42, which is no more than half",
    files: THERE,
    collected: [collecting(21)],
    goes: params(21, 42, "not collected"),
    stays: params(0, 21, "used"),
  },
  {
    what: "20 of 20, which are not many",
    files: THERE,
    collected: [collecting(0)],
    goes: params(0, 20, "not collected"),
  },
  {
    what: "all, for their tests are gone",
    files: { [F]: "\n" },
    collected: [GOOD],
    goes: params(0, 22, "test gone"),
  },
  {
    what: "21 of 41, and one of them was asked for",
    files: THERE,
    args: ["-t", "test_y[30]"],
    collected: [collecting(20)],
    goes: params(30, 31, "not collected"),
    stays: [...params(0, 30, null), ...params(31, 41, null)],
    beside: null,
  },
  {
    what: "21 of 41, and these were asked for, by file",
    files: THERE,
    args: params(20, 41, null).map(([row]) => pathOf(row)),
    collected: [collecting(20)],
    goes: params(20, 41, "not collected"),
    stays: params(0, 20, null),
    beside: null,
    refused: ["21 of 41 recordings would go (not collected)"],
  },
];

const GOING: Recorded = { id: Z, asked: "goes" };
const STAYING: Recorded = { id: Y, asked: "stays" };
const AND = { goes: [[GOING, "test gone"]], stays: [[STAYING, "used"]] } as const satisfies Pick<
  Scene,
  "goes" | "stays"
>;
const touch =
  (row: Recorded) =>
  ({ root }: Pick<Repository, "root">): void =>
    appendFileSync(join(root, pathOf(row)), "\n");
const untracked = ({ git, root }: Repository, row: Recorded): void => {
  git("rm", "-q", "--cached", pathOf(row));
  git("commit", "-q", "-m", "without");
  writeFileSync(join(root, ".gitignore"), "*.txt\n");
};

/** Of what git could not give back. */
const UNSAVED: readonly Scene[] = [
  { what: "all is committed", files: THERE, git: () => undefined, ...AND },
  ...allowed(
    { what: "changed", files: THERE, git: touch(GOING), refused: ["1 file to go has uncommitted changes"], ...AND },
    "--allow-dirty",
  ),
  {
    what: "changed and staged",
    files: THERE,
    git: (repo) => {
      touch(GOING)(repo);
      repo.git("add", "--all");
    },
    refused: ["1 file to go has uncommitted changes"],
    ...AND,
  },
  {
    what: "changed, staged, and on the disk as it was",
    files: THERE,
    git: (repo) => {
      touch(GOING)(repo);
      repo.git("add", "--all");
      repo.git("restore", "--source=HEAD", "--worktree", pathOf(GOING));
    },
    refused: ["1 file to go has uncommitted changes"],
    ...AND,
  },
  ...allowed(
    {
      what: "untracked",
      files: THERE,
      git: (repo) => untracked(repo, GOING),
      refused: ["1 file to go is untracked by git"],
      ...AND,
    },
    "--allow-dirty",
  ),
  {
    what: "untracked, and ignored",
    files: THERE,
    git: (repo) => {
      untracked(repo, GOING);
      writeFileSync(join(repo.root, ".gitignore"), "recordings\n");
    },
    refused: ["1 file to go is untracked by git"],
    ...AND,
  },
  {
    what: "new, and only staged",
    files: THERE,
    git: (repo) => {
      untracked(repo, GOING);
      repo.git("add", "--all");
    },
    refused: ["1 file to go has uncommitted changes"],
    ...AND,
  },
  {
    what: "before the first commit",
    files: THERE,
    git: ({ git }) => git("update-ref", "-d", "HEAD"),
    refused: ["1 file to go has uncommitted changes"],
    ...AND,
  },
  { what: "what stays is changed", files: THERE, git: touch(STAYING), ...AND },
  { what: "what stays is untracked", files: THERE, git: (repo) => untracked(repo, STAYING), ...AND },
];

describe("a plan is refused where it may be wrong, or could not be taken back", () => {
  it.each(MANY)("$what", async (scene) => {
    await mustBe(scene);
  });

  it.skipIf(!HAS_GIT).each(UNSAVED)("$what (needs git)", async (scene) => {
    await mustBe(scene);
  });

  it("nothing is removed, nor is a plan saved, where one is refused; a hook is told as well", async () => {
    const scene = MANY[0] as Scene;
    const root = stage(scene);
    const before = grown(root);
    for (const more of [["--apply"], ["--check"], ["--save-plan", "plan.txt"]]) {
      const { code, stderr } = await prune(root, more, scene);
      expect([code, stderr]).toEqual([2, expect.stringContaining("refused: 21 of 41 recordings would go")]);
      expect(stderr).toContain("  in   tests/a/recordings\n");
      expect(stderr).toContain("--allow-many");
      expect(grown(root)).toEqual(before);
    }
  });

  it("without git it goes, and says that undo alone brings it back", async () => {
    const scene: Scene = {
      what: "",
      files: THERE,
      ...AND,
      says: /^no git around tests\/a\/recordings: recctl undo alone/m,
    };
    const { root } = await mustBe(scene);
    expect((await prune(root, ["--apply"])).code).toBe(0);
    expect(Object.keys(grown(root))).not.toContain(pathOf(GOING));
  });

  it("a plan that was saved is applied to what it saw, and to nothing else", async () => {
    const root = stage({ what: "", files: THERE, ...AND });
    expect((await prune(root, ["--save-plan", "plan.txt"])).code).toBe(1);
    const was = readFileSync(join(root, pathOf(GOING)));
    appendFileSync(join(root, pathOf(GOING)), "\n");
    const before = grown(root);
    const changed = await prune(root, ["--apply", "--plan", "plan.txt"]);
    expect([changed.code, changed.stderr]).toEqual([2, expect.stringContaining(`  in   ${pathOf(GOING)}: changed\n`)]);
    expect(grown(root)).toEqual(before);
    writeFileSync(join(root, pathOf(GOING)), was);
    expect((await prune(root, ["--apply", "--plan", "plan.txt"])).code).toBe(0);
    expect(Object.keys(before).filter((path) => !(path in grown(root)))).toEqual([pathOf(GOING)]);
  });

  it("names are removed by a scheme that someone set, not by a guess", async () => {
    const unnamed: Recorded = { id: Y, as: "unnamed" };
    const scene: Scene = { what: "", files: THERE, goes: [[unnamed, "unreachable"]], stays: [[Y, "used"]] };
    const { root } = await mustBe({ ...scene, args: ["--unreachable"] });
    const before = grown(root);
    const guessed = await prune(root, ["--unreachable", "--apply"]);
    expect(guessed).toMatchObject({ code: 2, stdout: "" });
    expect(guessed.stderr).toContain(`  try  recctl prune --unreachable --scheme ${NEWEST} --apply\n`);
    expect(grown(root)).toEqual(before);
    expect((await prune(root, ["--unreachable", "--scheme", NEWEST, "--apply"])).code).toBe(0);
    expect(Object.keys(before).filter((path) => !(path in grown(root)))).toEqual([pathOf(unnamed)]);
  });
});

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, temporary } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import { HAS_NPM, type Installed, installAsPreCommit, type Place, place } from "./installing.ts";
import { cut, GUST, HIGH, hook, LOW, recorded, TESTS, TIDE, WIND, type Work, work, writeHook } from "./work.ts";

const PACKAGE = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

it(".pre-commit-hooks.yaml holds two hooks", () => {
  const text = readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8").replace(
    /^ *(#|description:|name:).*\n/gm,
    "",
  );
  expect(text).toBe(`- id: recctl-validate
  entry: recctl validate
  language: node
  files: (^|/)recordings/.*\\.json$
  require_serial: true

- id: recctl-prune
  entry: recctl prune --check --allow-empty
  language: node
  always_run: true
  pass_filenames: false
`);
});

describe.skipIf(!HAS_GIT || !HAS_NPM)("installed by the three commands of pre-commit (needs git and npm)", () => {
  let at: Place;
  let installed: Installed;
  let bin: string;
  beforeAll(async () => {
    at = await place();
    installed = await installAsPreCommit(at);
    bin = join(installed.prefix, "bin");
    at.env.PATH = `${bin}:${at.env.PATH}`;
  }, 300_000);
  afterAll(() => at?.remove());

  /** The tests and their recordings, committed, with all hooks. */
  const hooked = (...ids: string[]): Work => {
    const made = work(at);
    made.write(TESTS);
    made.commit("tests");
    hook(made, bin, ...ids);
    return made;
  };

  it("npm pack writes the name of the file and nothing else", () => {
    expect(installed.packed).toBe(`recctl-${PACKAGE.version}.tgz\n`);
  });

  it("one command, no other package, and all that it loads", () => {
    const { prefix } = installed;
    expect(readdirSync(bin)).toEqual(["recctl"]);
    expect(readdirSync(join(prefix, "lib/node_modules")).filter((name) => !name.startsWith("."))).toEqual(["recctl"]);
    expect(readdirSync(join(prefix, "lib/node_modules/recctl")).sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "bin", "dist", "package.json"].sort(),
    );
    const { recctl } = work(at);
    expect(recctl("--version")).toEqual({ text: `${PACKAGE.version}\n`, code: 0 });
    expect(recctl("schema").code).toBe(0);
  });

  describe("recctl-validate", () => {
    const ID = "recctl-validate";

    it("a sound recording is committed; a damaged one stops the commit, and is told", () => {
      const { write, git, tries } = hooked(ID);
      const fine = recorded(`${TIDE}::test_high`, "When is");
      write({ ...fine.files, [HIGH.path]: cut(HIGH) });
      git("add", fine.path);
      expect(tries("commit", "-qm", "sound").code).toBe(0);
      git("add", "--all");
      const { text, code } = tries("commit", "-qm", "damaged");
      expect(code).toBe(1);
      expect(text).toContain(`${HIGH.path}:`);
      expect(text).toContain("cut off");
      expect(text).not.toContain(fine.path);
    });

    it("a file elsewhere is none of its business, nor is one that is deleted", () => {
      const { write, git, tries } = hooked(ID);
      write({ "recorded.json": "{", "tests/recordings/README.md": "{" });
      git("add", "--all");
      expect(tries("commit", "-qm", "elsewhere").code).toBe(0);
      git("rm", "-q", GUST.path);
      expect(tries("commit", "-qm", "deleted").code).toBe(0);
    });
  });

  describe("recctl-prune", () => {
    const ID = "recctl-prune";
    const pruned = (): Work => hooked(ID);
    const left = ({ git }: Work): string[] => git("ls-files", "tests/recordings").trim().split("\n");

    it("a commit that deletes nothing passes, and so does an empty one", () => {
      const { write, tries } = pruned();
      write({ "README.md": "read me" });
      expect(tries("commit", "-qm", "empty", "--allow-empty")).toEqual({ text: "", code: 0 });
      expect(tries("add", "README.md").code).toBe(0);
      expect(tries("commit", "-qm", "added")).toEqual({ text: "", code: 0 });
    });

    it("one that only deletes a test file is stopped, until its recordings go with it", () => {
      const made = pruned();
      made.git("rm", "-q", WIND);
      const { text, code } = made.tries("commit", "-qm", "no wind");
      expect(code).toBe(1);
      expect(text).toContain(`${WIND}::test_gust`);
      expect(text).not.toContain(TIDE);
      expect(made.recctl("prune", "--apply", "--stage").code).toBe(0);
      expect(made.git("status", "--porcelain")).toBe(`D  ${GUST.path}\nD  ${WIND}\n`);
      expect(made.tries("commit", "-qm", "no wind")).toEqual({ text: "", code: 0 });
      expect(left(made)).toEqual([HIGH.path, LOW.path].sort());
    });

    it("the recordings may be deleted by hand in the same commit", () => {
      const { git, tries } = pruned();
      git("rm", "-q", WIND, GUST.path);
      expect(tries("commit", "-qm", "no wind")).toEqual({ text: "", code: 0 });
    });

    it("a test that is taken out of its file stops a commit; one that moves within it does not", () => {
      const { write, tries } = pruned();
      write({ [TIDE]: "def test_low():\n    pass\n\n\ndef test_high():\n    pass\n" });
      expect(tries("commit", "-qam", "moved").code).toBe(0);
      write({ [TIDE]: "def test_low():\n    pass\n" });
      const { text, code } = tries("commit", "-qam", "taken out");
      expect(code).toBe(1);
      expect(text).toContain(`${TIDE}::test_high`);
      expect(text).not.toContain("test_low");
    });

    it("the last recordings may go, with all tests", () => {
      const { git, tries } = pruned();
      git("rm", "-qr", "tests");
      expect(tries("commit", "-qm", "nothing left").code).toBe(0);
      expect(tries("commit", "-qm", "nor now", "--allow-empty").code).toBe(0);
    });

    it("commit -a, and a commit of some paths, for which git makes an index of their own", () => {
      const made = pruned();
      rmSync(join(made.root, WIND));
      made.write({ "README.md": "read me" });
      made.git("add", "README.md");
      expect(made.tries("commit", "-qam", "all").code).toBe(1);
      expect(made.tries("commit", "-qm", "the test", WIND).code).toBe(1);
      // This commit keeps the test, whatever the disk and git's own index say.
      made.git("rm", "-q", "--cached", WIND);
      expect(made.tries("commit", "-qm", "the other", "README.md")).toEqual({ text: "", code: 0 });
      rmSync(join(made.root, GUST.path));
      expect(made.tries("commit", "-qm", "both", WIND, GUST.path)).toEqual({ text: "", code: 0 });
      expect(made.git("status", "--porcelain")).toBe("");
    });

    it("in a worktree, from a folder in it, with git's own folder elsewhere", () => {
      const made = pruned();
      const cwd = join(temporary(), "work tree");
      made.git("worktree", "add", "-q", "-b", "work", cwd);
      const inside = (...args: string[]) => made.tries("-C", join(cwd, "tests"), ...args);
      inside("rm", "-q", "test_wind.py");
      expect(inside("commit", "-qm", "no wind").code).toBe(1);
      // The other worktree has the test.
      expect(made.tries("commit", "-qm", "empty", "--allow-empty").code).toBe(0);
      inside("rm", "-q", GUST.path.replace("tests/", ""));
      expect(inside("commit", "-qm", "no wind")).toEqual({ text: "", code: 0 });
      expect(left(made)).toHaveLength(3);
    });
  });

  it("both: each tells what it found, and either stops the commit", () => {
    const { write, git, tries } = hooked("recctl-validate", "recctl-prune");
    write({ [HIGH.path]: cut(HIGH) });
    git("add", "--all");
    git("rm", "-q", WIND);
    const { text, code } = tries("commit", "-qm", "both");
    expect(code).toBe(1);
    expect(text).toContain("cut off");
    expect(text).toContain(`${WIND}::test_gust`);
  });

  it("plain git hooks: validate --staged, and prune", () => {
    const made = work(at);
    made.write(TESTS);
    made.commit("tests");
    writeHook(made.root, "recctl validate --staged && recctl prune --check --allow-empty");
    made.write({ [HIGH.path]: cut(HIGH) });
    made.git("add", HIGH.path);
    made.write(HIGH.files);
    expect(made.tries("commit", "-qm", "damaged").text).toContain("cut off");
    made.git("add", HIGH.path);
    made.git("rm", "-q", WIND);
    expect(made.tries("commit", "-qm", "no wind").text).toContain(`${WIND}::test_gust`);
    expect(made.recctl("prune", "--apply", "--stage").code).toBe(0);
    expect(made.tries("commit", "-qm", "no wind").code).toBe(0);
  });
});

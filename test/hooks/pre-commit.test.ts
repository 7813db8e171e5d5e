import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, temporary } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import { command, succeed } from "./command.ts";
import { HAS_NPM, type Place, place, projectRepository } from "./installing.ts";
import { cut, GUST, HIGH, recorded, TESTS, TIDE, WIND, type Work, work } from "./work.ts";

const HAS_PRE_COMMIT = spawnSync("pre-commit", ["--version"]).status === 0;

describe.skipIf(!HAS_PRE_COMMIT || !HAS_GIT || !HAS_NPM)("the real pre-commit (needs pre-commit, git and npm)", () => {
  let at: Place;
  let config: string;
  beforeAll(async () => {
    at = await place();
    at.env.PRE_COMMIT_HOME = join(at.folder, "pre-commit");
    const { root, revision } = projectRepository(at);
    config = `repos:
  - repo: ${root}
    rev: ${revision}
    hooks:
      - id: recctl-validate
      - id: recctl-prune
`;
    // It is installed once, and found again by every repository with this configuration.
    await installed(config, join(at.folder, "first"));
  }, 300_000);
  afterAll(() => at?.remove());

  /** The tests and their recordings, committed, in a repository in which pre-commit looks at commits. */
  async function installed(configuration: string, root?: string): Promise<Work> {
    const made = work(at, root);
    made.write({ ...TESTS, ".pre-commit-config.yaml": configuration });
    made.commit("tests");
    await succeed("pre-commit", ["install", "--install-hooks"], { cwd: made.root, env: at.env });
    return made;
  }

  it("knows every key of .pre-commit-hooks.yaml", async () => {
    const manifest = join(ROOT, ".pre-commit-hooks.yaml");
    const { stdout, stderr } = await succeed("pre-commit", ["validate-manifest", manifest], { cwd: ROOT, env: at.env });
    expect(stdout + stderr).toBe("");
  });

  it("a sound recording is committed; a damaged one stops the commit, unless it is not staged", async () => {
    const { write, git, tries } = await installed(config);
    const fine = recorded(`${TIDE}::test_high`, "When is");
    write({ ...fine.files, [HIGH.path]: cut(HIGH) });
    git("add", fine.path);
    expect(tries("commit", "-qm", "sound").code).toBe(0);
    git("add", "--all");
    const { text, code } = tries("commit", "-qm", "damaged");
    expect(code).toBe(1);
    expect(text).toContain("cut off");
    expect(text).toMatch(/recctl prune\.+Passed/);
  });

  it("a commit that only deletes a test file is stopped, until its recordings go with it", async () => {
    const made = await installed(config);
    made.git("rm", "-q", WIND);
    const { text, code } = made.tries("commit", "-qm", "no wind");
    expect(code).toBe(1);
    expect(text).toMatch(/recctl validate\.+\(no files to check\)Skipped/);
    expect(text).toContain(`${WIND}::test_gust`);
    made.git("rm", "-q", GUST.path);
    expect(made.tries("commit", "-qm", "no wind").code).toBe(0);
  });

  it("what is not staged has no say: a test that is taken out, on the disk alone", async () => {
    const { write, git, tries } = await installed(config);
    write({ [TIDE]: "def test_low():\n    pass\n", "README.md": "read me" });
    git("add", "README.md");
    expect(tries("commit", "-qm", "read me").code).toBe(0);
    const { text, code } = tries("commit", "-qam", "taken out");
    expect(code).toBe(1);
    expect(text).toContain(`${TIDE}::test_high`);
  });

  it("commit -a, a commit of some paths, and a worktree", async () => {
    const made = await installed(config);
    made.write({ [HIGH.path]: cut(HIGH) });
    expect(made.tries("commit", "-qam", "all").code).toBe(1);
    expect(made.tries("commit", "-qm", "one", HIGH.path).code).toBe(1);
    made.git("checkout", "-q", "--", ".");
    const cwd = join(temporary(), "work tree");
    made.git("worktree", "add", "-q", "-b", "work", cwd);
    made.git("-C", cwd, "rm", "-q", WIND);
    expect(made.tries("-C", cwd, "commit", "-qm", "no wind").code).toBe(1);
    made.git("-C", cwd, "rm", "-q", GUST.path);
    expect(made.tries("-C", cwd, "commit", "-qm", "no wind").code).toBe(0);
  });

  it("colours mean a terminal that has no width: what recctl writes on it is whole", async () => {
    const { write, git, root } = await installed(config);
    write({ [HIGH.path]: cut(HIGH) });
    git("add", "--all");
    const { stdout } = await command("pre-commit", ["run", "--color", "always"], { cwd: root, env: at.env });
    expect(stdout).toContain("the file is cut off: expected");
  });

  it("as a package of npm's, with what was packed in place of recctl@VERSION", async () => {
    const home = at.env.PRE_COMMIT_HOME as string;
    const folders = readdirSync(home, { recursive: true, encoding: "utf8" });
    const folder = folders.find((path) => path.endsWith("lib/node_modules/recctl")) as string;
    const pack = ["pack", "--ignore-scripts", "--pack-destination", at.folder];
    const packed = (await succeed("npm", pack, { cwd: join(home, folder), env: at.env })).stdout.trim();
    const made = await installed(local(join(at.folder, packed)));
    made.write({ [HIGH.path]: cut(HIGH) });
    made.git("add", "--all");
    made.git("rm", "-q", WIND);
    const { text, code } = made.tries("commit", "-qm", "damaged");
    expect(code).toBe(1);
    expect(text).toContain("cut off");
    expect(text).toContain(`${WIND}::test_gust`);
  });
});

/** A configuration that says everything itself, and takes recctl from npm. */
const local = (dependency: string): string => `repos:
  - repo: local
    hooks:
      - id: recctl-validate
        name: recctl validate
        entry: recctl validate
        language: node
        additional_dependencies: ["${dependency}"]
        files: (^|/)recordings/.*\\.json$
        require_serial: true
      - id: recctl-prune
        name: recctl prune
        entry: recctl prune --check --allow-empty
        language: node
        additional_dependencies: ["${dependency}"]
        always_run: true
        pass_filenames: false
`;

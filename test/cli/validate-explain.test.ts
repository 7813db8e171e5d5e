import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { filesOf, type Named, NEWEST, nameBy, sound } from "../mend/named.ts";
import { type Ran, temporary, tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { GIT_ENV, HAS_GIT, type Repository, repository } from "../store/repository.ts";
import { shell } from "./process.ts";
import { onTerminal } from "./terminal.ts";

const IN = "tests/a/recordings";

/** As it would be recorded now: its name right for what it asks. */
const anew = (asked: string, test: string): Named => sound({ asked, test: `tests/a/test_x.py::${test}` });

interface Finding {
  path: string;
  message: string;
  cause: string;
  remedy: string | null;
}

const explain = (cwd: string, ...args: string[]): Promise<Ran> =>
  inside(["validate", "--rule", "name", "--explain", ...args], { cwd, env: GIT_ENV });

async function explained(cwd: string, ...args: string[]): Promise<Finding[]> {
  const { stdout, stderr } = await explain(cwd, "--json", ...args);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout).findings;
}

/** Three commits, each a search-and-replace over recordings that were recorded by then; who was edited in which. */
interface Past extends Repository {
  commits: Record<string, string>;
  edited: Record<string, string[]>;
}

function past(): Past {
  const made = repository();
  const now: Record<string, string> = {};
  const edited: Record<string, string[]> = {};
  const commits: Record<string, string> = {};
  const record = (...asked: string[]): void => {
    for (const one of asked) Object.assign(now, filesOf([anew(one, "test_y[llama-txt=acme/m1]")], IN));
    made.write(now);
    made.commit(`record ${asked.length}`);
  };
  const replace = (subject: string, old: string, young: string): void => {
    for (const [path, text] of Object.entries(now)) {
      const changed = text.replaceAll(old, young);
      if (changed === text) continue;
      now[path] = changed;
      // The last edit of a file that had its right name is the one that explains it: later ones change no name.
      if (!Object.values(edited).flat().includes(path)) edited[subject] = [...(edited[subject] ?? []), path];
    }
    made.write(now);
    commits[subject] = made.commit(subject);
  };
  record("Ask old_stack how high", "Ask old_stack how low");
  replace("Rename old_stack", "old_stack", "ogx");
  record("When", "Why");
  replace("Rename the provider", "acme/m1", "zenith/m1");
  record("Who asks");
  replace('Rename "the" test\twith odd signs', "test_y[llama", "test_z[ogx");
  return { ...made, commits, edited };
}

describe.skipIf(!HAS_GIT)("recctl validate --explain, where searches and replaces were committed (needs git)", () => {
  it("every name is explained by the commit that edited its file, in JSON and in text", async () => {
    const { root, commits, edited } = past();
    const findings = await explained(root);
    expect(findings.length).toBe(5);
    expect(Object.values(edited).map((paths) => paths.length)).toEqual([2, 2, 1]);
    for (const [subject, paths] of Object.entries(edited)) {
      for (const path of paths) {
        const found = findings.find((one) => one.path === path);
        const short = (commits[subject] as string).slice(0, 7);
        expect(found?.cause, path).toMatch(new RegExp(`^edited in ${short}\\w* \\(2026-04-\\d\\d "`));
        expect(found?.message).toContain("test_id");
      }
    }
    const { stdout, stderr, code } = await explain(root);
    expect(code).toBe(1);
    expect(stdout.trim().split("\n").length).toBe(5);
    expect(stdout).toContain('"Rename old_stack")');
    const causes = stderr.split("\n").filter((line) => / edited in /.test(line));
    expect(causes.map((line) => line.trim().split(" ")[0])).toEqual(["2", "2", "1"]);
    const { raw } = await onTerminal(["validate", "--rule", "name", "--explain"], { cwd: root, env: GIT_ENV });
    expect(raw).toContain("edited in ");
    expect(raw).not.toContain("test\twith");
  });

  it("an edit that is not committed yet, and one of a file that is not tracked", async () => {
    const { root, write, commit } = repository();
    const one = anew("Ask old how high", "t");
    write(filesOf([one], IN));
    commit("record");
    write({ [`${IN}/${one.name}.json`]: one.text.replace("old", "new") });
    const [found] = await explained(root);
    expect(found).toMatchObject({ cause: "edited, not committed yet" });
    expect(found?.message).toContain("body.messages[0].content changed and not committed yet");
    const other = anew("Ask old how low", "t");
    write({ [`${IN}/${other.name}.json`]: other.text.replace("old", "new") });
    const both = await explained(root);
    expect(both.map(({ cause }) => cause).sort()).toEqual([
      "edited, not committed yet",
      "unknown: its answer was recorded under this name",
    ]);
  });

  it("with --rename, which implies it: and the suggested rekey does what it says", async () => {
    const { root } = past();
    const renames = [
      "--rename",
      "old_stack=ogx",
      "--rename",
      "acme/m1=zenith/m1",
      "--rename",
      "test_y[llama=test_z[ogx",
    ];
    const { stdout } = await inside(["validate", "--rule", "name", "--json", ...renames], { cwd: root, env: GIT_ENV });
    const findings: Finding[] = JSON.parse(stdout).findings;
    expect(findings.map(({ cause }) => cause.startsWith("named before "))).toEqual(Array(5).fill(true));
    for (const { path, remedy } of findings) {
      const env = { ...GIT_ENV, RECCTL_CACHE_DIR: temporary() };
      const plan = await shell(`${(remedy as string).replace("recctl", "$recctl")} --scheme ${NEWEST} --apply`, {
        cwd: root,
        env,
      });
      expect(plan.stdout).toContain(`rename\t${path}\t`);
    }
    expect(await explained(root)).toEqual([]);
    for (const [path, [, text]] of Object.entries(grown(root))) {
      expect(path).toBe(`${IN}/${nameBy(NEWEST, text)}.json`);
      expect(text).toContain(`"rec-${nameBy(NEWEST, text).slice(0, 12)}"`);
    }
  });

  it("a shallow clone is told as such, and a folder without git explains what it can", async () => {
    const { root } = past();
    const clone = join(temporary(), "clone");
    const { git } = repository(join(temporary(), "by"));
    git("clone", "-q", "--depth", "1", `file://${root}`, clone);
    expect((await explain(clone)).stderr).toContain("the clone is shallow: edits before its first commit are not seen");
    expect((await explained(clone)).map(({ cause }) => cause)).toEqual(
      Array(5).fill("unknown: its answer was recorded under this name"),
    );
    rmSync(join(clone, ".git"), { recursive: true });
    expect((await explained(clone)).length).toBe(5);
  });
});

describe("recctl validate --explain without git", () => {
  const without = (files: Record<string, string>): string => tree(files);

  it("a name under another test's id, and a file that was renamed", async () => {
    const [one, other] = [anew("When", "test_one"), anew("Why", "test_two")];
    const cwd = without({
      [`${IN}/${one.name}.json`]: one.text.replace("test_one", "test_two"),
      ...filesOf([anew("Who", "test_one")], IN),
      [`${IN}/${"0".repeat(64)}.json`]: other.text,
    });
    const findings = await explained(cwd);
    const causes = Object.fromEntries(findings.map(({ path, cause }) => [path.slice(IN.length + 1, -5), cause]));
    expect(causes).toEqual({ [one.name]: "named under another test id", ["0".repeat(64)]: "the file was renamed" });
  });

  it("sound names need no explaining, and broken files are told as they are", async () => {
    const cwd = without(filesOf([sound()]));
    expect(await explain(cwd)).toMatchObject({ code: 0, stdout: "" });
    writeFileSync(join(cwd, "recordings/x.json"), "{");
    const { stdout } = await inside(["validate", "--explain"], { cwd, env: GIT_ENV });
    expect(stdout).toContain("recordings/x.json:1:2\terror\tjson\t");
  });
});

import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { chat, NEWEST } from "../mend/named.ts";
import { tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { repository } from "../store/repository.ts";

const FILE = "tests/test_bar.py";
const asked = (test: string) => chat(NEWEST, { test: `${FILE}::${test}`, asked: test });
const [live, gone] = [asked("test_tide"), asked("test_gone")];
const place = (name: string): string => `tests/recordings/${name}.json`;
const files = {
  [FILE]: "def test_tide(): pass\n",
  [place(live.name)]: live.text,
  [place(gone.name)]: gone.text,
};

describe("nothing is removed", () => {
  it.each<[what: string, args: string[], says: string]>([
    ["where --keep fits nothing", ["--apply", "--keep", "test_gone"], "--keep test_gone fits no recording"],
    ["by a plan and a filter", ["--apply", "--plan", "plan.json", "-t", "x"], "the plan says what goes: give it alone"],
    ["by a plan that is to be saved to stdin", ["--save-plan", "-"], "a plan is saved to a file: - is stdin"],
    ["by --stage alone", ["--stage"], "--stage goes with --apply"],
  ])("%s", async (_, args, says) => {
    const cwd = tree(files);
    const before = grown(cwd);
    const { code, stderr } = await inside(["prune", ...args], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .*\n(?:.*\n)* {2}try /)]);
    expect(stderr).toContain(says);
    expect(grown(cwd)).toEqual(before);
  });
});

it("a test alone under its root is unknown, and what would tell more is named", async () => {
  const alone = { [FILE]: "def test_tide(): pass\n", [place(live.name)]: live.text };
  const cwd = tree({ ...alone, "ids.txt": `${FILE}::test_tide\n` });
  const { stderr } = await inside(["prune", "--keep", "*"], { cwd });
  expect(stderr).toBe("nothing to remove of 1 recording: 1 kept\n");
  expect((await inside(["prune"], { cwd })).stderr).toMatch(
    /: 1 unknown\n.*\nwhat pytest collects tells more:\n {2}pytest .*> ids.txt\n {2}recctl prune --collected ids.txt\n$/,
  );
  expect((await inside(["prune", "--collected", "ids.txt"], { cwd })).stderr).toBe(
    "nothing to remove of 1 recording: 1 used\n",
  );
});

describe("a test file that is not there (needs git)", () => {
  const made = (ignored: boolean): string => {
    const { root, write, commit } = repository();
    write({
      ...files,
      "tests/test_other.py": "def test_one(): pass\n\n\ndef test_two(): pass\n",
      ".gitignore": ignored ? "test_b*.py\n" : "*.txt\n",
    });
    for (const test of ["test_one", "test_two"]) {
      const one = chat(NEWEST, { test: `tests/test_other.py::${test}`, asked: test });
      write({ [place(one.name)]: one.text });
    }
    if (!ignored) {
      rmSync(join(root, FILE));
    }
    commit("all");
    rmSync(join(root, FILE), { force: true });
    return root;
  };
  const removed = async (cwd: string): Promise<string[]> =>
    (JSON.parse((await inside(["prune", "--json"], { cwd })).stdout) as { plan: { remove: string[] } }).plan.remove;

  it("is not gone where git ignores it: it is made anew in each clone", async () => {
    expect(await removed(made(true))).toEqual([]);
  });

  it("is gone where git does not", async () => {
    expect((await removed(made(false))).sort()).toEqual([place(live.name), place(gone.name)].sort());
  });
});

import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { chat, NEWEST } from "../mend/named.ts";
import { tree } from "../run.ts";
import { repository } from "../store/repository.ts";

const FILE = "tests/test_bar.py";
const FOLDER = "tests/recordings";
const place = (name: string): string => `${FOLDER}/${name}.json`;
const asked = (test: string, text: string) => chat(NEWEST, { test: `${FILE}::${test}`, asked: text });

const before = asked("test_tide", "How high is the tide at noon?");
const after = asked("test_tide", "How high is the tide at midnight?");
const other = asked("test_ebb", "How low is it?");
const SOURCE = "def test_tide(): pass\n\n\ndef test_ebb(): pass\n";
const old = { [FILE]: SOURCE, [place(before.name)]: before.text, [place(other.name)]: other.text };

/** The verdicts by name, and what goes. */
async function judged(cwd: string, ...args: string[]): Promise<{ verdicts: Record<string, string>; remove: string[] }> {
  const { stdout } = await inside(["prune", "--json", ...args], { cwd });
  const { verdicts, plan } = JSON.parse(stdout) as {
    verdicts: { path: string; verdict: string }[];
    plan: { remove: string[] };
  };
  return { verdicts: Object.fromEntries(verdicts.map(({ path, verdict }) => [path, verdict])), remove: plan.remove };
}

/** A tree in git, in which a run then wrote. */
function recordedAnew(): string {
  const { root, write, commit } = repository();
  write(old);
  commit("all");
  write({ [place(after.name)]: after.text });
  return root;
}

describe("what a run came after", () => {
  it("goes where the run recorded all anew, and nothing else does", async () => {
    const cwd = recordedAnew();
    const { verdicts, remove } = await judged(cwd, "--superseded-by", "HEAD", "--complete");
    expect(verdicts).toEqual({
      [place(before.name)]: "superseded",
      [place(after.name)]: "used",
      [place(other.name)]: "used",
    });
    expect(remove).toEqual([place(before.name)]);
  });

  it("stays where the run may have been short", async () => {
    const { remove } = await judged(recordedAnew(), "--superseded-by", "HEAD");
    expect(remove).toEqual([]);
  });

  it("goes by a folder that the run wrote, once that is in the tree, and not before", async () => {
    const cwd = tree(old);
    const run = tree({ [place(after.name)]: after.text });
    const args = ["--superseded-by", run, "--complete"];
    expect((await judged(cwd, ...args)).remove).toEqual([]);
    mkdirSync(dirname(join(cwd, place(after.name))), { recursive: true });
    copyFileSync(join(run, place(after.name)), join(cwd, place(after.name)));
    expect((await judged(cwd, ...args)).remove).toEqual([place(before.name)]);
  });

  it("is refused where there is no such revision", async () => {
    const { code, stderr } = await inside(["prune", "--superseded-by", "nowhere", "--complete"], {
      cwd: recordedAnew(),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining("nowhere")]);
  });
});

import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import {
  chat,
  filesOf,
  list,
  messages,
  type Named,
  NEWEST,
  nameBy,
  named,
  OLDEST,
  oldest,
  RAW,
  tool,
} from "../mend/named.ts";
import { type Ran, tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { shell } from "./process.ts";

const SET = ["--scheme", NEWEST];
const asks = ["How high is", "How low is", "When was"];
const OLD = asks.map((asked) => chat(RAW, { asked }));
const YOUNG = asks.map((asked) => chat(NEWEST, { asked }));
const IN = "tests/a/recordings";

/** The files of a tree with their content. */
const held = (cwd: string): Record<string, string> =>
  Object.fromEntries(Object.entries(grown(cwd)).map(([path, [, content]]) => [path, content]));

const rekey = (cwd: string, ...args: string[]): Promise<Ran> => inside(["rekey", ...SET, ...args], { cwd });

/** Applies, tells the tree that it left, and sees to it that undo brings the first one back. */
async function applied(files: Record<string, string>, ...args: string[]): Promise<Record<string, string>> {
  const cwd = tree(files);
  const before = grown(cwd);
  const { code, stderr } = await rekey(cwd, "--apply", ...args);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  const after = held(cwd);
  if (JSON.stringify(after) !== JSON.stringify(held(tree(files)))) {
    expect((await inside(["undo"], { cwd })).code).toBe(0);
  }
  expect(grown(cwd)).toEqual(before);
  return after;
}

const inOrder = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));

describe("recctl rekey", () => {
  it("shows a plan and changes nothing, then does it, then has nothing to do; undo takes it back", async () => {
    const cwd = tree({ ...filesOf(OLD, IN), "README.md": "read me" });
    const before = grown(cwd);
    const plan = await rekey(cwd);
    const lines = OLD.map(
      ({ name }, at) => `rename\t${IN}/${name}.json\t${IN}/${YOUNG[at]?.name}.json\tscheme ${RAW} to ${NEWEST}`,
    );
    expect(plan.stdout.trim().split("\n")).toEqual(lines.sort());
    expect(plan.stderr.split("\n")).toEqual([
      "3 files to rename",
      "nothing is changed yet; to do it:",
      `  recctl rekey --scheme ${NEWEST} --apply`,
      `scheme ${NEWEST}: set by --scheme`,
      "",
    ]);
    expect({ code: plan.code, tree: grown(cwd) }).toEqual({ code: 1, tree: before });
    const done = await rekey(cwd, "--apply");
    expect(done.code).toBe(0);
    expect(done.stderr).toContain("3 files renamed\nto take it back:\n  recctl undo\n");
    expect(held(cwd)).toEqual(inOrder({ ...filesOf(YOUNG, IN), "README.md": "read me" }));
    const again = await rekey(cwd, "--apply");
    expect(again).toMatchObject({ code: 0, stdout: "" });
    expect(again.stderr).toMatch(/^nothing to do in 3 files\n/);
    expect((await rekey(cwd)).code).toBe(0);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(grown(cwd)).toEqual(before);
  });

  it("never moves a file to another folder: twins in two of them stay two", async () => {
    const [old, young] = [OLD[0] as Named, YOUNG[0] as Named];
    const files = { ...filesOf([old], "a/recordings"), ...filesOf([old], "b/recordings/deep") };
    expect(await applied(files)).toEqual({
      ...filesOf([young], "a/recordings"),
      ...filesOf([young], "b/recordings/deep"),
    });
  });

  it("exact duplicates fall away, what differs is left alone and told", async () => {
    const [old, young] = [OLD[0] as Named, YOUNG[0] as Named];
    // The same request under both names: its ids follow, and then they are alike.
    expect(await applied(filesOf([old, young]))).toEqual(filesOf([young]));
    const other = { ...young, text: young.text.replace("At 22:14.", "At 9:30.") };
    expect(await applied(filesOf([old, other]))).toEqual(inOrder(filesOf([old, other])));
    const cwd = tree(filesOf([old, other]));
    const { stdout, stderr, code } = await rekey(cwd);
    const path = (one: Named): string => `recordings/${one.name}.json`;
    expect(stdout).toBe(`left\t${path(old)}\t${path(young)}\t${young.name}.json is there already, and differs\n`);
    expect({ code, first: stderr.split("\n")[0] }).toEqual({
      code: 0,
      first: "nothing to do in 2 files · 1 left alone",
    });
    const middle = named("2025-10-09", old.text.replace(/rec-\w{12}/, "rec-0123456789ab"));
    expect(middle.name).toBe(young.name);
  });

  it("one of two that differ is preferred to the other by nobody, chosen or not", async () => {
    const old = OLD[0] as Named;
    const short = { name: old.name.slice(0, 12), text: old.text.replace("At 22:14.", "At 9:30.") };
    const cwd = tree(filesOf([old, short]));
    const before = grown(cwd);
    const { stdout, code } = await rekey(cwd, `recordings/${old.name}.json`, "--apply");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^left\t[^\n]*, and they differ\n$/);
    expect(grown(cwd)).toEqual(before);
  });

  it("twelve digits and whole names of one request become one file", async () => {
    const young = YOUNG[0] as Named;
    const short = { ...young, name: young.name.slice(0, 12) };
    expect(await applied(filesOf([short]))).toEqual(filesOf([young]));
    expect(await applied(filesOf([short, OLD[0] as Named]))).toEqual(filesOf([young]));
  });

  it("what verifies under nothing, is no recording, or has no test id stays", async () => {
    const files = {
      [`recordings/${"0".repeat(64)}.json`]: OLD[0]?.text as string,
      "recordings/by-hand.json": OLD[1]?.text as string,
      "recordings/broken.json": "{",
      "recordings/other.json": "[]\n",
      ...filesOf([oldest()]),
    };
    expect(await applied(files)).toEqual(inOrder(files));
    const { stdout } = await rekey(tree(files), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      steps: [],
      left: expect.arrayContaining([
        { type: "left", path: "recordings/broken.json", to: null, why: expect.any(String), cause: "no recording" },
        expect.objectContaining({ path: "recordings/by-hand.json", cause: "named by no scheme" }),
        expect.objectContaining({ path: `recordings/${oldest().name}.json`, cause: "no test_id" }),
      ]),
      summary: { files: 5, renamed: 0, rewritten: 0, removed: 0, left: 5, applied: null },
      scheme: { id: NEWEST, from: "option", why: "set by --scheme" },
    });
  });

  it("the oldest layout is given its test id, and the name that goes with it", async () => {
    const bare = oldest();
    const id = 'test_bar.py::t["ä"]';
    const text = bare.text.replace("{\n", '{\n  "test_id": "test_bar.py::t[\\"\\u00e4\\"]",\n');
    const name = nameBy(NEWEST, text);
    const wanted = { name, text: text.replaceAll(`rec-${bare.name}`, `rec-${name.slice(0, 12)}`) };
    expect(await applied(filesOf([bare, YOUNG[1] as Named]), "--test-id", id)).toEqual(
      inOrder(filesOf([wanted, YOUNG[1] as Named])),
    );
    const back = await inside(["rekey", "--scheme", OLDEST, "--test-id", id], { cwd: tree(filesOf([bare])) });
    expect(back).toMatchObject({ code: 0, stdout: "" });
  });

  it("model lists keep their digest, several of one hash too", async () => {
    const digests = ["8a28929a", "0123abcd"];
    const old = list("2026-04-09", "a.py::b", ["tide"]);
    const under = (hash: string): Named[] => digests.map((d8) => ({ name: `models-${hash}-${d8}`, text: old.text }));
    expect(await applied(filesOf(under(old.name)))).toEqual(inOrder(filesOf(under(nameBy(NEWEST, old.text)))));
  });

  it("http requests have names by their own schemes, tools have but one", async () => {
    const files = filesOf([messages("http-2026-02-12"), tool()]);
    expect(await applied(files)).toEqual(inOrder(filesOf([messages("http-2026-04-09"), tool()])));
    const young = filesOf([messages("http-2026-04-09"), tool()]);
    expect(await applied(young)).toEqual(inOrder(young));
  });

  it("with --rename those, too, that a search-and-replace has edited, and no others", async () => {
    const before = asks.map((asked) => chat(NEWEST, { asked, test: "llama_stack/a.py::b" }));
    const after = before.map(({ name, text }) => ({ name, text: text.replace("llama_stack", "ogx") }));
    const files = filesOf([...after, { name: "f".repeat(64), text: OLD[0]?.text as string }]);
    expect(await applied(files)).toEqual(inOrder(files));
    const wanted = after.map(({ name, text }) => {
      const now = nameBy(NEWEST, text);
      return { name: now, text: text.replaceAll(`rec-${name.slice(0, 12)}`, `rec-${now.slice(0, 12)}`) };
    });
    const rest = filesOf([{ name: "f".repeat(64), text: OLD[0]?.text as string }]);
    expect(await applied(files, "--rename", "llama_stack=ogx")).toEqual(inOrder({ ...filesOf(wanted), ...rest }));
    expect(await applied(files, "--rename", "other=ogx")).toEqual(inOrder(files));
  });

  it("two that swap their names stay as they are, and the others still get theirs", async () => {
    const [a, b] = ["tide", "ebbs"].map((test) => chat(NEWEST, { test })) as [Named, Named];
    const swapped = [
      { name: a.name, text: a.text.replace('"tide"', '"ebbs"') },
      { name: b.name, text: b.text.replace('"ebbs"', '"tide"') },
    ];
    const renames = ["--rename", "tide=ebbs", "--rename", "ebbs=tide"];
    expect(await applied(filesOf([...swapped, OLD[0] as Named]), ...renames)).toEqual(
      inOrder(filesOf([...swapped, YOUNG[0] as Named])),
    );
  });

  it("paths and filters choose what is looked at", async () => {
    const parts = (one: readonly Named[], two: readonly Named[]): Record<string, string> =>
      inOrder({ ...filesOf(one, "a/recordings"), ...filesOf(two, "b/recordings") });
    const [one, two] = [OLD.slice(0, 2), OLD.slice(2)];
    const files = parts(one, two);
    expect(await applied(files, "b")).toEqual(parts(one, YOUNG.slice(2)));
    expect(await applied(files, "a/recordings/*", "--grep", "How high")).toEqual(
      parts([YOUNG[0] as Named, OLD[1] as Named], two),
    );
    expect(await applied(files, "--streaming")).toEqual(files);
    expect((await rekey(tree(files), "c")).code).toBe(2);
  });
});

describe("which scheme is today's", () => {
  it("names are not changed by a guess: the counts are told, and commands that do it", async () => {
    const cwd = tree(filesOf([...OLD.slice(0, 2), YOUNG[2] as Named], "a b/recordings"));
    const before = grown(cwd);
    const { stdout, stderr, code } = await inside(["rekey", "--apply", "a b"], { cwd });
    expect({ stdout, code, tree: grown(cwd) }).toEqual({ stdout: "", code: 2, tree: before });
    expect(stderr.split("\n").slice(0, 8)).toEqual([
      "error: which scheme do recorders use now? names are not changed by a guess",
      "  in   1 name by 2026-06-17",
      ...["2026-04-09", "2026-03-18", "2026-01-21", "2025-11-03", "2025-10-09"].map((id) => `       1 name by ${id}`),
      "       2 names by 2025-10-04",
    ]);
    const command = /try {2}(recctl .*)\n/.exec(stderr)?.[1] as string;
    expect((await shell(command.replace("recctl", "$recctl"), { cwd })).code).toBe(0);
    expect(held(cwd)).toEqual(inOrder(filesOf(YOUNG, "a b/recordings")));
  });

  it("the configuration says it for good, --scheme auto says nothing", async () => {
    const config = { "recctl.config.json": JSON.stringify({ scheme: NEWEST }) };
    const cwd = tree({ ...filesOf(OLD), ...config });
    expect((await inside(["rekey", "--scheme", "auto", "--apply"], { cwd })).code).toBe(2);
    const { stderr, code } = await inside(["rekey", "--apply"], { cwd });
    expect(stderr).toContain(`scheme ${NEWEST}: set by the configuration`);
    expect({ code, tree: held(cwd) }).toEqual({ code: 0, tree: inOrder({ ...filesOf(YOUNG), ...config }) });
  });

  it("of one file none can be told: what validate saw of the tree counts", async () => {
    const old = chat(RAW);
    const cwd = tree(filesOf([old, ...YOUNG.slice(1)]));
    const env = { RECCTL_CACHE_DIR: `${cwd}/.cache` };
    const { stdout } = await inside(["validate", "--rule", "name", "--json"], { cwd, env });
    const { remedy } = JSON.parse(stdout).findings[0];
    expect(remedy).toBe(`recctl rekey recordings/${old.name}.json`);
    const plan = await shell(remedy.replace("recctl", "$recctl"), { cwd, env });
    expect(plan.stdout).toContain(`rename\trecordings/${old.name}.json`);
    expect(plan.stderr).toContain(`recctl rekey recordings/${old.name}.json --scheme ${NEWEST} --apply\n`);
  });
});

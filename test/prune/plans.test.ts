import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/recording/digest.ts";
import { shell } from "../cli/process.ts";
import { inside } from "../inside.ts";
import { temporary, tree } from "../run.ts";
import { FILE, made, type Whole, wholes } from "./gone.ts";

const { gone, kept, files } = made(3, 2);
const [first, second] = Object.keys(gone) as [string, string];
const [used] = Object.keys(kept) as [string];
const isGone = (path: string): boolean => path in gone;

interface Plan {
  form: string;
  version: number;
  remove: Record<string, unknown>[];
}

/** The plan that is saved for such a tree. */
let text: string | undefined;

/** A tree with a saved plan that would take all that goes. */
async function planned(): Promise<{ cwd: string; plan: Plan; write(plan: unknown): void }> {
  const cwd = tree(files);
  if (text === undefined) {
    const ran = await inside(["prune", "--save-plan", "plan"], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("  recctl prune --apply --plan plan");
    text = readFileSync(join(cwd, "plan"), "utf8");
  }
  writeFileSync(join(cwd, "plan"), text);
  const write = (plan: unknown): void =>
    writeFileSync(join(cwd, "plan"), typeof plan === "string" ? plan : JSON.stringify(plan));
  return { cwd, plan: JSON.parse(text), write };
}

const apply = ["prune", "--apply", "--plan", "plan"];
const without = (all: Record<string, Whole>): Record<string, Whole> =>
  Object.fromEntries(Object.entries(all).filter(([path]) => !isGone(path)));

it("a saved plan is done exactly, whatever would go by now", async () => {
  const { cwd, plan } = await planned();
  expect(plan.remove.map(({ path }) => path).sort()).toEqual(Object.keys(gone).sort());
  // By now all of it would go, not only what the plan says.
  writeFileSync(join(cwd, FILE), "def test_new(): pass\n");
  const before = wholes(cwd);
  const { stdout, stderr, code } = await inside(apply, { cwd });
  expect({ lines: stdout.trimEnd().split("\n").sort(), code }).toEqual({ lines: Object.keys(gone).sort(), code: 0 });
  expect(stderr).toContain("3 recordings (");
  expect(wholes(cwd)).toEqual(without(before));
  const again = await inside(apply, { cwd });
  expect(again.code).toBe(2);
  for (const path of Object.keys(gone)) expect(again.stderr).toContain(`${path}: `);
  expect((await inside(["undo"], { cwd })).code).toBe(0);
  expect(wholes(cwd)).toEqual(before);
});

it("a saved plan is not done where a test is back", async () => {
  const { cwd } = await planned();
  writeFileSync(join(cwd, FILE), "def test_gone(): pass\n");
  const before = wholes(cwd);
  const { stderr, code } = await inside(apply, { cwd });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining("of tests that are not gone any more; nothing was removed"),
  ]);
  expect(wholes(cwd)).toEqual(before);
});

it("a plan comes through a pipe, as JSON tells what was done", async () => {
  const { cwd } = await planned();
  const { stdout, code } = await shell("cat plan | $recctl prune --apply --plan - --json", { cwd });
  const told = JSON.parse(stdout);
  expect(told.plan.remove.sort()).toEqual(Object.keys(gone).sort());
  expect({ code, summary: told.summary }).toMatchObject({
    code: 0,
    summary: { remove: 3, applied: expect.any(String) },
  });
});

it("a plan of nothing is written and done", async () => {
  const cwd = tree({ ...kept, [FILE]: files[FILE] as string });
  const saved = await inside(["prune", "--save-plan", "plan"], { cwd });
  expect(saved).toMatchObject({ code: 0 });
  const before = wholes(cwd);
  const { stdout, stderr, code } = await inside(apply, { cwd });
  expect({ stdout, code, tree: wholes(cwd) }).toEqual({ stdout: "", code: 0, tree: before });
  expect(stderr).toContain("0 recordings");
  expect((await inside(["undo", "--list"], { cwd })).stdout).toBe("");
});

describe("a plan is refused, and nothing changed,", () => {
  const edit = (path: string, change: (text: string) => string) => (cwd: string) =>
    writeFileSync(join(cwd, path), change(readFileSync(join(cwd, path), "utf8")));
  const changes: [what: string, spoil: (cwd: string, outside: string) => void, named: string[]][] = [
    ["where a file changed", edit(first, (text) => text.replace("22:14", "23:14")), [first]],
    ["where a file is gone", (cwd) => rmSync(join(cwd, first)), [first]],
    ["where all are gone", (cwd) => rmSync(join(cwd, dirname(first)), { recursive: true }), Object.keys(gone)],
    [
      "where a file became a link to what it was",
      (cwd) => {
        renameSync(join(cwd, first), join(cwd, "real"));
        symlinkSync(join(cwd, "real"), join(cwd, first));
      },
      [first],
    ],
    [
      "where a file became a folder",
      (cwd) => {
        rmSync(join(cwd, first));
        mkdirSync(join(cwd, first));
      },
      [first],
    ],
    ["where a file is no recording any more", edit(first, () => "{}"), [first]],
    ["where its test is another", edit(first, (text) => text.replace("test_gone", "test_kept")), [first]],
    [
      "where two changed, both named",
      (cwd) => {
        edit(first, () => "{}")(cwd);
        edit(second, () => "")(cwd);
      },
      [first, second],
    ],
    [
      "where its folder became a link that leads out",
      (cwd, outside) => {
        renameSync(join(cwd, dirname(first)), join(outside, "recordings"));
        symlinkSync(join(outside, "recordings"), join(cwd, dirname(first)));
      },
      [first],
    ],
  ];
  it.each(changes)("%s", async (_, spoil, named) => {
    const { cwd } = await planned();
    const outside = temporary();
    spoil(cwd, outside);
    const before = [wholes(cwd), wholes(outside)];
    const { stdout, stderr, code } = await inside(apply, { cwd });
    expect({ stdout, code }, stderr).toEqual({ stdout: "", code: 2 });
    for (const path of named) expect(stderr).toContain(`${path}: `);
    expect(stderr).not.toContain(used);
    expect([wholes(cwd), wholes(outside)]).toEqual(before);
  });

  const digestOf = (text: string) => ({ sha256: sha256(Buffer.from(text)), bytes: text.length });
  const tool = '{"test_id": "tests/a/test_a.py::test_gone"}';
  const damaged: [what: string, damage: (plan: Plan) => unknown, says: string][] = [
    ["no plan at all", () => "{}", "no plan that recctl prune saved"],
    ["cut off", (plan) => JSON.stringify(plan).slice(0, -9), "no plan that recctl prune saved"],
    ["empty", () => "", "no plan that recctl prune saved"],
    ["a list", () => "[]", "no plan that recctl prune saved"],
    ["not UTF-8", () => Buffer.from([0xff, 0xfe, 0x7b]).toString("latin1"), "no plan that recctl prune saved"],
    ["of another version", (plan) => ({ ...plan, version: 2 }), "a plan of version 2: this recctl reads 1"],
    ["of a version that is a word", (plan) => ({ ...plan, version: "1" }), "a plan of version 1"],
    ["without a list", ({ form, version }) => ({ form, version }), "a plan without a list"],
    ["with a gap", (plan) => ({ ...plan, remove: [null] }), "a gap"],
    ["without a digest", (plan) => entry(plan, { sha256: undefined }), "a gap"],
    ["without a test", (plan) => entry(plan, { test_id: null }), "a gap"],
    ["of a folder above", (plan) => entry(plan, { path: `../x/${first}` }), "leads out of the folder"],
    ["of one in the middle", (plan) => entry(plan, { path: `tests/../${first}` }), "leads out of the folder"],
    ["of an absolute path", (plan) => entry(plan, { path: `/${first}` }), "leads out of the folder"],
    ["of a drive", (plan) => entry(plan, { path: `C:/${first}` }), "leads out of the folder"],
    ["of backslashes", (plan) => entry(plan, { path: first.replaceAll("/", "\\") }), "leads out of the folder"],
    ["of the folder itself", (plan) => entry(plan, { path: "." }), ".: "],
    ["of no name", (plan) => entry(plan, { path: "" }), "nothing was removed"],
    ["with a file twice", (plan) => ({ ...plan, remove: [...plan.remove, plan.remove[0]] }), "changed twice"],
    ["with a file under two spellings", (plan) => twice(plan, `./${first}`), "changed twice"],
    ["of a test that another file has", (plan) => entry(plan, { path: used }), `${used}: changed`],
    ["of its digest in capitals", (plan) => entry(plan, { sha256: sha256(Buffer.from("")).toUpperCase() }), "changed"],
    ["of a test file", (plan) => entry(plan, { path: FILE, ...digestOf(files[FILE] as string) }), `${FILE}: `],
    [
      "of a file that names a test, and is no recording",
      (plan) => entry(plan, { path: "tool.json", ...digestOf(tool) }),
      "tool.json: ",
    ],
  ];
  const entry = (plan: Plan, change: object): Plan => ({
    ...plan,
    remove: [{ ...plan.remove.find(({ path }) => path === first), ...change }],
  });
  const twice = (plan: Plan, path: string): Plan => ({
    ...plan,
    remove: [...plan.remove, ...entry(plan, { path }).remove],
  });

  it.each(damaged)("%s", async (_, damage, says) => {
    const { cwd, plan, write } = await planned();
    write(damage(plan));
    writeFileSync(join(cwd, "tool.json"), tool);
    const before = wholes(cwd);
    const { stdout, stderr, code } = await inside(apply, { cwd });
    expect({ stdout, code }, stderr).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\bat \w+ \(/);
    expect(wholes(cwd)).toEqual(before);
  });
});

describe("--save-plan", () => {
  const places: [what: string, plant: (cwd: string) => void, file: string, says: string | null][] = [
    ["writes over a plan", () => undefined, "plan", null],
    [
      "writes over one of another version",
      (cwd) => writeFileSync(join(cwd, "plan"), '{"form":"recctl prune plan","version":9}'),
      "plan",
      null,
    ],
    ["not over another file", (cwd) => writeFileSync(join(cwd, "x.txt"), "mine"), "x.txt", "what is there is no plan"],
    ["not over an empty one", (cwd) => writeFileSync(join(cwd, "x.txt"), ""), "x.txt", "what is there is no plan"],
    ["not over a recording", () => undefined, used, "what is there is no plan"],
    ["not over a folder", () => undefined, "tests", "tests"],
    ["not where no folder is", () => undefined, "no/plan", "no/plan"],
    [
      "not through a link to another file",
      (cwd) => {
        writeFileSync(join(cwd, "x.txt"), "mine");
        symlinkSync("x.txt", join(cwd, "link"));
      },
      "link",
      "what is there is no plan",
    ],
  ];
  it.each(places)("%s", async (_, plant, file, says) => {
    const { cwd } = await planned();
    plant(cwd);
    const before = wholes(cwd);
    const { stderr, code } = await inside(["prune", "--save-plan", file], { cwd });
    expect(code, stderr).toBe(says === null ? 1 : 2);
    if (says === null) return expect(readFileSync(join(cwd, file), "utf8")).toBe(text);
    expect(stderr).toContain(says);
    expect(wholes(cwd)).toEqual(before);
  });
});

import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { filesOf, list, NEWEST, sound } from "../mend/named.ts";
import { type Ran, tree } from "../run.ts";
import { grown } from "../store/changes.ts";

const GOOD = sound();
const OTHER = sound({ asked: "Where is" });
const PATH = `recordings/${GOOD.name}.json`;
const compact = (text: string): string => JSON.stringify(JSON.parse(text));
const SENT = GOOD.text.replace(/"rec-\w{12}"/, '"chatcmpl-1"').replace('"created": 0', '"created": 1700000000');
const LIST = list(NEWEST, "test_bar.py::test_tide", ["tide"]);
const listAt = (digest: string): string => `recordings/models-${LIST.name}-${digest}.json`;

const fix = (cwd: string, ...args: string[]): Promise<Ran> => inside(["validate", "--fix", ...args], { cwd });

/** Fixes, tells the tree that it left, and sees to it that one undo brings the first one back. */
async function fixed(files: Record<string, string>, ...args: string[]): Promise<Record<string, string>> {
  const cwd = tree(files);
  const before = grown(cwd);
  const { stderr } = await fix(cwd, ...args);
  const after = grown(cwd);
  expect(stderr.includes("nothing to fix")).toBe(JSON.stringify(after) === JSON.stringify(before));
  if (!stderr.includes("nothing to fix")) {
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect((await inside(["undo"], { cwd })).stderr).toContain("nothing to undo");
  }
  expect(grown(cwd)).toEqual(before);
  return Object.fromEntries(Object.entries(after).map(([path, [, content]]) => [path, content]));
}

describe("recctl validate --fix", () => {
  it("mends the text form, ids and times, and the digests of lists; all of it is one undo", async () => {
    const files = { [PATH]: compact(SENT), ...filesOf([OTHER]), [listAt("00000000")]: LIST.text };
    expect(await fixed(files)).toEqual({ [PATH]: GOOD.text, ...filesOf([OTHER]), [listAt("8a28929a")]: LIST.text });
    const cwd = tree(files);
    const { stderr, code } = await fix(cwd);
    expect(stderr).toMatch(/^fixed 2 files; recctl undo takes it back\n3 files · nothing found\n/);
    expect(code).toBe(0);
    expect((await fix(cwd)).stderr).toMatch(/^nothing to fix\n/);
  });

  it("leaves what it cannot mend, and still tells it", async () => {
    const files = { "recordings/broken.json": "{", "recordings/lost.json": OTHER.text, [PATH]: compact(GOOD.text) };
    expect(await fixed(files)).toEqual({ ...files, [PATH]: GOOD.text });
    const { stdout, code } = await fix(tree(files));
    expect(code).toBe(1);
    expect(stdout).toContain("recordings/broken.json:1:2\terror\tjson\t");
    expect(stdout).toContain("recordings/lost.json:1:1\terror\tname\t");
  });

  it("leaves a file in which a key stands twice, and says why", async () => {
    const files = { [PATH]: GOOD.text.replace('"model": "gpt-4o",', '"model": "x",\n    "model": "gpt-4o",') };
    const cwd = tree(files);
    const { stderr } = await fix(cwd);
    expect(stderr).toContain(`${PATH}: not mended: a key stands there twice`);
    expect(grown(cwd)[PATH]?.[1]).toBe(files[PATH]);
  });

  it("only what --rule and the configuration leave to it, in files that are chosen", async () => {
    const files = { [PATH]: compact(SENT), ...filesOf([OTHER]) };
    const form = { ...files, [PATH]: SENT };
    expect(await fixed(files, "--rule", "text-form")).toEqual(form);
    expect(await fixed(files, "--rule", "name")).toEqual(files);
    const config = { "recctl.config.json": JSON.stringify({ rules: { normalised: "off" } }) };
    expect(await fixed({ ...files, ...config })).toEqual({ ...form, ...config });
    expect(await fixed(files, "-t", "nothing", "--allow-empty")).toEqual(files);
    expect(await fixed(files, `recordings/${OTHER.name}.json`)).toEqual(files);
  });

  it("a list that has the right name already: the same falls away, another is left", async () => {
    const files = { [listAt("00000000")]: LIST.text, [listAt("8a28929a")]: LIST.text };
    expect(await fixed(files)).toEqual({ [listAt("8a28929a")]: LIST.text });
    const other = { ...files, [listAt("00000000")]: LIST.text.replace("test_tide", "test_ebb") };
    expect(await fixed(other)).toEqual(other);
  });

  it("what is asked stays what it was: the name verifies as before", async () => {
    const text = GOOD.text.replace('"messages": [', '"seed": 1.50e1,\n      "temperature": 1E-7,\n      "messages": [');
    const cwd = tree({ "recordings/x.json": text });
    const hashes = async (): Promise<unknown> =>
      JSON.parse((await inside(["hash", "recordings/x.json", "--json"], { cwd })).stdout);
    const before = await hashes();
    await fix(cwd);
    expect(grown(cwd)["recordings/x.json"]?.[1]).toBe(text.replace("1.50e1", "15.0").replace("1E-7", "1e-07"));
    expect(await hashes()).toEqual(before);
  });

  it("does not write through a link", async () => {
    const cwd = tree({ "other/x.json": compact(GOOD.text), ...filesOf([OTHER]) });
    symlinkSync("../other/x.json", join(cwd, PATH));
    const before = grown(cwd);
    const { stderr } = await fix(cwd);
    expect(stderr).toContain(`${PATH}: not mended: a link`);
    expect(grown(cwd)).toEqual(before);
  });

  it("goes with a baseline: what it mended is no longer needed there", async () => {
    const cwd = tree({ [PATH]: SENT });
    await inside(["validate", "--baseline", "base.json", "--write-baseline"], { cwd });
    const { stderr, code } = await fix(cwd, "--baseline", "base.json");
    expect(stderr).toContain("2 of the baseline's entries are mended: write it anew");
    expect(code).toBe(0);
    writeFileSync(join(cwd, PATH), SENT);
    expect((await inside(["validate", "--baseline", "base.json", "--strict"], { cwd })).code).toBe(0);
  });
});

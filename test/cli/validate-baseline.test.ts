import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { filesOf, sound } from "../mend/named.ts";
import { type Ran, tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { shell } from "./process.ts";

const GOOD = sound();
const PATH = `recordings/${GOOD.name}.json`;
/** An id and a time as the API sent them: two warnings. */
const RAW = GOOD.text.replace(/"rec-\w{12}"/, '"chatcmpl-1"').replace('"created": 0', '"created": 1700000000');
/** A name that is the hash of no such request: an error, and no other. */
const LOST = { "recordings/lost.json": sound({ asked: "Where is" }).text };
const FILE = "recctl-baseline.json";

const validate = (cwd: string, ...args: string[]): Promise<Ran> => inside(["validate", ...args], { cwd });
const check = (cwd: string, ...args: string[]): Promise<Ran> => validate(cwd, "--baseline", FILE, "--strict", ...args);

/** A tree whose findings are accepted. */
async function accepted(files: Record<string, string> = { [PATH]: RAW, ...LOST }): Promise<string> {
  const cwd = tree(files);
  expect((await check(cwd, "--write-baseline")).code).toBe(0);
  return cwd;
}

describe("recctl validate --baseline", () => {
  it("accepts what was there when it was written, and writes that file alone", async () => {
    const cwd = tree({ [PATH]: RAW, ...LOST });
    const before = grown(cwd);
    expect((await validate(cwd, "--strict")).code).toBe(1);
    const { stdout, stderr, code } = await check(cwd, "--write-baseline");
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toMatch(
      /^recctl-baseline.json is written anew\n2 files · nothing new · \d+ accepted by the baseline\n/,
    );
    const { [FILE]: written, ...rest } = grown(cwd);
    expect(rest).toEqual(before);
    expect(written?.[0]).toBe(0o644);
    expect(JSON.parse(written?.[1] as string)).toEqual({
      version: 1,
      accepted: {
        [PATH]: ["normalised response.body.__data__.created", "normalised response.body.__data__.id"],
        "recordings/lost.json": ["name"],
      },
    });
    expect(await check(cwd)).toMatchObject({ stdout: "", code: 0 });
    const again = readFileSync(join(cwd, FILE));
    await check(cwd, "--write-baseline");
    expect(readFileSync(join(cwd, FILE))).toEqual(again);
  });

  it("goes with lines that move", async () => {
    const cwd = await accepted();
    const moved = RAW.replace("gpt-4o", "gpt-4o\\n").replace('"response": {', '"other": [\n\n\n  ],\n  "response": {');
    writeFileSync(join(cwd, PATH), moved);
    const { stdout } = await check(cwd, "--rule", "normalised");
    expect(stdout).toBe("");
  });

  it("means the same from another folder, and for files that are named otherwise", async () => {
    const cwd = await accepted();
    expect(
      await inside(["validate", "--strict", "--baseline", `../${FILE}`], { cwd: join(cwd, "recordings") }),
    ).toMatchObject({ stdout: "", code: 0 });
    expect(await inside(["-C", cwd, "validate", "--strict", "--baseline", FILE, join(cwd, PATH)])).toMatchObject({
      stdout: "",
      code: 0,
    });
    symlinkSync(cwd, join(cwd, "link"));
    expect((await check(cwd, "--baseline", join(cwd, "link", FILE))).code).toBe(0);
    expect((await inside(["-C", join(cwd, "link"), "validate", "--strict", "--baseline", join(cwd, FILE)])).code).toBe(
      0,
    );
    rmSync(join(cwd, "link"));
    mkdirSync(join(cwd, "base lines"));
    const there = ["--baseline", "base lines/a.json", "--strict"];
    expect((await validate(cwd, ...there, "--write-baseline")).code).toBe(0);
    expect((await validate(cwd, ...there)).code).toBe(0);
    expect(readdirSync(join(cwd, "base lines"))).toEqual(["a.json"]);
  });

  it("fails for what is new: in a file that was sound, another of a sort, one more of the same", async () => {
    const cwd = await accepted();
    writeFileSync(join(cwd, "recordings/new.json"), "{");
    const { stdout, stderr, code } = await check(cwd);
    expect({ stdout, code }).toEqual({
      stdout: "recordings/new.json:1:2\terror\tjson\tthe file is cut off: expected a key in double quotes\n",
      code: 1,
    });
    expect(stderr).toContain("accepted by the baseline");
    rmSync(join(cwd, "recordings/new.json"));
    writeFileSync(join(cwd, PATH), RAW.replace('"object": "chat.completion"', '"created_at": "today"'));
    const found = JSON.parse((await check(cwd, "--json")).stdout);
    expect(found.findings.map(({ at }: { at: string }) => at)).toContain("response.body.__data__.created_at");
    expect(found.summary.accepted).toBe(3);
  });

  it("tells how many of its entries nothing needs any more, of files that were looked at alone", async () => {
    const cwd = await accepted();
    writeFileSync(join(cwd, PATH), GOOD.text);
    const stale = "of the baseline's entries are mended: write it anew";
    expect((await check(cwd)).stderr).toContain(`2 ${stale}`);
    expect((await check(cwd, PATH)).stderr).toContain(`2 ${stale}`);
    for (const args of [["recordings/lost.json"], ["--rule", "name"], ["-t", "nothing"]]) {
      expect((await check(cwd, "--allow-empty", ...args)).stderr).not.toContain(stale);
    }
    rmSync(join(cwd, "recordings/lost.json"));
    expect((await check(cwd)).stderr).toContain(`3 ${stale}`);
    await check(cwd, "--write-baseline");
    expect(readFileSync(join(cwd, FILE), "utf8")).toBe('{\n  "version": 1,\n  "accepted": {}\n}\n');
  });

  it("files may be called anything", async () => {
    const files = {
      "recordings/__proto__.json": "{",
      'recordings/quo"te\n.json': "{",
      "recordings/constructor.json": "{",
    };
    const cwd = await accepted(files);
    expect(await check(cwd)).toMatchObject({ stdout: "", code: 0 });
    expect((await check(cwd)).stderr).toContain("3 files · nothing new · 3 accepted");
  });

  it.each([
    ["no JSON", '{"version": 1,', "no baseline: the file is cut off: expected a key in double quotes"],
    ["a merge conflict", "<<<<<<< HEAD\n", "no baseline: merge conflict marker <<<<<<<"],
    ["empty", "", "no baseline: empty file"],
    ["another version", '{"version": 2, "accepted": {}}', "no baseline that this recctl knows"],
    ["a list", "[]", "no baseline that this recctl knows"],
  ])("is refused where its file is damaged: %s", async (_, content, fact) => {
    const cwd = tree({ ...filesOf([GOOD]), "base line.json": content });
    const before = grown(cwd);
    const { stderr, code } = await validate(cwd, "--baseline", "base line.json");
    expect({ code, first: stderr.split("\n")[0], tree: grown(cwd) }).toEqual({
      code: 2,
      first: `error: ${fact}`,
      tree: before,
    });
    const [, remove = "", command = ""] = / try {2}(rm .*)\n +(recctl .*)\n/.exec(stderr) ?? [];
    // What is no baseline is nobody's to write over.
    expect((await shell(command.replace("recctl", "$recctl"), { cwd })).code).toBe(2);
    expect(grown(cwd)).toEqual(before);
    expect((await shell(`${remove} && ${command.replace("recctl", "$recctl")}`, { cwd })).code).toBe(0);
    expect((await validate(cwd, "--baseline", "base line.json")).code).toBe(0);
  });

  it("is refused where its file is missing, or cannot be written", async () => {
    const cwd = tree(filesOf([GOOD]));
    const { stderr, code } = await validate(cwd, "--baseline", "none.json");
    expect({ stderr, code }).toEqual({
      stderr:
        "error: no such baseline\n  in   none.json\n  try  recctl validate --baseline none.json --write-baseline\n",
      code: 2,
    });
    const unwritten = await validate(cwd, "--baseline", "none/base.json", "--write-baseline");
    expect(unwritten.stderr).toMatch(/^error: cannot be written: ENOENT.*\n {2}in {3}none\/base.json\n/);
    expect(unwritten.code).toBe(2);
    for (const more of [["--rule", "name"], ["-t", "x"], ["--staged"]]) {
      expect((await check(cwd, "--write-baseline", ...more)).code).toBe(2);
    }
    expect((await validate(cwd, "--write-baseline")).stderr).toContain("--write-baseline wants to know where");
    expect(Object.keys(grown(cwd))).toEqual([PATH]);
  });
});

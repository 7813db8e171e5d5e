import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { chat, filesOf, NEWEST, RAW, sound } from "../mend/named.ts";
import { type Ran, tree } from "../run.ts";
import { grown } from "../store/changes.ts";

const [A, B, C] = ["How high", "How low", "When"].map((asked) => sound({ asked })) as [
  ReturnType<typeof sound>,
  ReturnType<typeof sound>,
  ReturnType<typeof sound>,
];
const FILES = {
  ...filesOf([A], "one/recordings"),
  ...filesOf([B], "two/deep/recordings"),
  ...filesOf([C], "other/recordings"),
};
const rooted = (roots: readonly string[], files: Record<string, string> = FILES): string =>
  tree({ ...files, "recctl.config.json": JSON.stringify({ roots }) });

const at = (cwd: string, ...args: string[]): Promise<Ran> => inside(args, { cwd });

/** The paths that ls lists. */
async function listed(cwd: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await at(cwd, "ls", "--json", ...args);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout)
    .recordings.map(({ path }: { path: string }) => path)
    .sort();
}

const [ONE, TWO, OTHER] = [
  `one/recordings/${A.name}.json`,
  `two/deep/recordings/${B.name}.json`,
  `other/recordings/${C.name}.json`,
];

describe("configured roots", () => {
  it("are where ls looks without a path; a path that is given wins", async () => {
    const cwd = rooted(["one", "two"]);
    expect(await listed(cwd)).toEqual([ONE, TWO]);
    expect(await listed(cwd, "other")).toEqual([OTHER]);
    expect(await listed(cwd, ".")).toEqual([ONE, OTHER, TWO].sort());
    expect(await listed(cwd, "--grep", "How low")).toEqual([TWO]);
  });

  it("are globs, too, and may lie in one another: every file counts once", async () => {
    expect(await listed(rooted(["*/deep"]))).toEqual([TWO]);
    expect(await listed(rooted(["*/recordings", "two"]))).toEqual([ONE, OTHER, TWO].sort());
    expect(await listed(rooted(["**/recordings/*.json"]))).toEqual([ONE, OTHER, TWO].sort());
    expect(await listed(rooted(["one", ".", "one/recordings", ONE as string]))).toEqual([ONE, OTHER, TWO].sort());
  });

  it("are taken from the folder of the configuration, wherever recctl runs", async () => {
    const cwd = rooted(["one", "two"]);
    mkdirSync(join(cwd, "elsewhere"));
    expect(await listed(join(cwd, "elsewhere"))).toEqual([`../${ONE}`, `../${TWO}`]);
    expect(await listed(join(cwd, "one"))).toEqual([`../${TWO}`, `recordings/${A.name}.json`]);
    const { stdout } = await inside(["-C", join(cwd, "two"), "ls", "--json"]);
    expect(JSON.parse(stdout).recordings.length).toBe(2);
  });

  it("are globs below a folder whose own name reads as one", async () => {
    const config = JSON.stringify({ roots: ["t*", "{a,b}/recordings/*.json"] });
    const files = { ...filesOf([A], "x[1] {y}*/two/recordings"), ...filesOf([B], "x[1] {y}*/b/recordings") };
    const cwd = join(tree({ ...files, "x[1] {y}*/recctl.config.json": config }), "x[1] {y}*");
    const paths = [`b/recordings/${B.name}.json`, `two/recordings/${A.name}.json`];
    expect(await listed(cwd)).toEqual(paths);
    expect(await listed(join(cwd, "two"))).toEqual([`../${paths[0]}`, paths[1]?.slice(4)]);
  });

  it("are what validate checks, hash names and rekey renames", async () => {
    const cwd = rooted(["one", "two"], {
      ...FILES,
      "other/recordings/broken.json": "{",
      ...filesOf([chat(RAW)], "two/recordings"),
    });
    const checked = await at(cwd, "validate", "--rule", "json", "--rule", "name", "--json");
    expect(JSON.parse(checked.stdout).summary).toMatchObject({ files: 3, errors: 0, warnings: 1 });
    expect((await at(cwd, "validate", "--rule", "json", "other")).code).toBe(1);
    const hashed = JSON.parse((await at(cwd, "hash", "--json")).stdout);
    expect(JSON.stringify(hashed)).toContain(A.name);
    expect(JSON.stringify(hashed)).not.toContain(C.name);
    await at(cwd, "rekey", "--scheme", NEWEST, "--apply");
    expect(grown(cwd)).toHaveProperty([`two/recordings/${chat(NEWEST).name}.json`]);
    writeFileSync(join(cwd, "other/recordings", `${chat(RAW).name}.json`), chat(RAW).text);
    expect((await at(cwd, "rekey", "--scheme", NEWEST, "--apply")).stderr).toMatch(/^nothing to do in 3 files\n/);
  });

  it("are where ids are looked for", async () => {
    const cwd = rooted(["one", "two"]);
    const shown = await at(cwd, "show", B.name.slice(0, 8), "--json");
    expect(JSON.parse(shown.stdout).path).toBe(TWO);
    const outside = await at(cwd, "show", C.name.slice(0, 8));
    expect(outside.code).toBe(2);
    expect((await at(cwd, "show", OTHER as string)).code).toBe(0);
  });

  it("that are not there are told with the place that names them; so is a glob that matches nothing", async () => {
    const cwd = rooted(["one", "gone"]);
    const { stderr, code } = await at(cwd, "ls");
    expect({ stderr, code }).toEqual({
      stderr:
        "error: the configured root gone is not there\n  in   recctl.config.json:1:2\n  try  recctl config\n       recctl ls .\n",
      code: 2,
    });
    for (const command of ["validate", "hash", "rekey"]) expect((await at(cwd, command)).code).toBe(2);
    expect((await at(rooted(["nothing/*"]), "ls")).stderr).toMatch(
      /^error: no file matches nothing\/\*\n {2}in {3}recctl.config.json:1:2\n {2}try {2}recctl config\n {7}recctl ls \.\n$/,
    );
  });

  it("that hold no recordings are an empty tree", async () => {
    const cwd = rooted(["empty"]);
    mkdirSync(join(cwd, "empty"));
    expect(await listed(cwd)).toEqual([]);
    expect((await at(cwd, "validate")).stderr).toContain("no recording to validate");
  });
});

import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { BROKEN, GOOD_FILES } from "./broken.ts";
import { asWhom, forEach, POWERLESS, shell, started } from "./process.ts";
import { sample } from "./samples.ts";

const brokenTree = (): string =>
  tree(Object.fromEntries(BROKEN.map(({ name, content }) => [`recordings/${name}.json`, content])));

describe("ls beside broken files", () => {
  it("lists the good ones and says of each broken one where and why, a line each", async () => {
    const cwd = brokenTree();
    writeFileSync(join(cwd, "recordings/good.json"), sample({ test: "t.py::good" }));
    const { stdout, stderr, code } = await inside(["ls"], { cwd });
    expect(stdout.split("\n")).toEqual([expect.stringMatching(/^good\tt\.py::good\t/), ""]);
    expect(stderr.trimEnd().split("\n")).toEqual(
      BROKEN.map(({ name, line, column, message }) => {
        const remedy = name === "lfs" ? " (try: git lfs pull)" : "";
        return `recordings/${name}.json:${line}:${column}: ${message}${remedy}`;
      }),
    );
    expect(code).toBe(0);
  });

  it("says the same in JSON, warm and cold", async () => {
    const cwd = brokenTree();
    const env = { RECCTL_CACHE_DIR: join(cwd, "cache") };
    for (const _ of ["cold", "warm"]) {
      const { broken, summary } = JSON.parse((await inside(["ls", "--json"], { cwd, env })).stdout);
      const told = broken.map(({ message, ...place }: { message: string }) => ({ ...place, message }));
      expect(told).toEqual(
        BROKEN.map(({ name, line, column, message }) => ({
          path: `recordings/${name}.json`,
          line,
          column,
          message: message.replace("\\ufeff", "\ufeff"),
        })),
      );
      expect(summary).toMatchObject({ recordings: 0, broken: BROKEN.length });
    }
  });

  it("takes what is unusual and no less a recording", async () => {
    const files = Object.entries(GOOD_FILES).map(([name, text]) => [`recordings/${name}`, text]);
    const cwd = tree(Object.fromEntries(files));
    const { stdout, stderr } = await inside(["ls", "--json", "--sort", "path"], { cwd });
    const { recordings } = JSON.parse(stdout);
    expect(stderr).toBe("");
    expect(recordings.map(({ path }: { path: string }) => path)).toEqual(files.map(([path]) => path));
    // A repeated key: the last one wins, as in Python.
    for (const one of recordings) expect(one).toMatchObject({ test_id: "test_bar.py::test_tide", model: "gpt-4o" });
  });
});

describe("show and replay of a broken file", () => {
  it("end with 2 and say where and why", async () => {
    const cwd = brokenTree();
    await forEach(BROKEN, async ({ name, line, column, message }) => {
      const command = name.length % 2 === 0 ? "show" : "replay";
      const { stdout, stderr, code } = await inside([command, `recordings/${name}.json`], { cwd });
      const [fact, place, remedy] = stderr.split("\n");
      expect([fact, place]).toEqual([`error: ${message}`, `  in   recordings/${name}.json:${line}:${column}`]);
      expect(remedy).toMatch(
        name === "lfs" ? /^ {2}try {2}git lfs pull$/ : /^ {2}try {2}git log --oneline -- recordings/,
      );
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    });
  });

  it("finds it by its id too, and gives its bytes as they are with --raw", async () => {
    const cwd = brokenTree();
    const latin1 = BROKEN.find(({ name }) => name === "latin1");
    expect((await inside(["replay", "latin1"], { cwd })).stderr).toContain(`json:${latin1?.line}:${latin1?.column}\n`);
    const shown = started(["show", "--raw", "latin1"], { cwd }).read();
    expect((await shown.ended).code).toBe(0);
    expect(shown.stdout.equals(latin1?.content as Buffer)).toBe(true);
  });
});

describe("what is no file", () => {
  const cases: [name: string, make: (path: string) => void, message: string][] = [
    ["folder", (path) => mkdirSync(path), "a folder, not a file"],
    ["dead", (path) => symlinkSync("nowhere.json", path), "a link to nowhere, or gone while it was read"],
    ["itself", (path) => symlinkSync("itself.json", path), "a link that leads to itself"],
    [
      "huge",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 600e6);
      },
      "too large: 600000000 bytes, the limit is 524288000",
    ],
  ];

  it("or too large, is told as what it is, and the good ones are listed", async () => {
    const cwd = tree({ "recordings/good.json": sample() });
    for (const [name, make] of cases) make(join(cwd, `recordings/${name}.json`));
    const { stdout, stderr, code } = await inside(["ls"], { cwd });
    expect(stdout).toMatch(/^good\t.*\n$/);
    const told = cases.map(([name, , message]) => `recordings/${name}.json:1:1: ${message}`).sort();
    expect(stderr.trimEnd().split("\n")).toEqual(told);
    expect(code).toBe(0);
    for (const [name, , message] of cases.filter(([name]) => name !== "folder")) {
      const shown = await inside(["show", `recordings/${name}.json`], { cwd });
      expect(shown).toMatchObject({ stdout: "", code: 2 });
      expect(shown.stderr).toMatch(`error: ${message}\n  in   recordings/${name}.json:1:1\n`);
    }
    expect(await inside(["show", "recordings/folder.json"], { cwd })).toEqual({
      stdout: "",
      stderr: "error: a folder, not a recording: recordings/folder.json\n  try  recctl ls recordings/folder.json\n",
      code: 2,
    });
  });

  it("but a named pipe does not hang the run", async () => {
    const cwd = tree({ "recordings/good.json": sample() });
    expect((await shell("mkfifo recordings/pipe.json", { cwd })).code).toBe(0);
    const { stdout, stderr, code } = await inside(["ls"], { cwd });
    expect({ rows: stdout.split("\n").length, stderr, code }).toEqual({
      rows: 2,
      stderr: "recordings/pipe.json:1:1: not a regular file\n",
      code: 0,
    });
    expect(await inside(["replay", "pipe"], { cwd })).toMatchObject({ code: 2, stdout: "" });
  });

  it.skipIf(!POWERLESS)(`or may not be read${asWhom}`, async () => {
    const cwd = tree({
      "recordings/good.json": sample(),
      "recordings/shut.json": sample(),
      "shut/recordings/x.json": "",
    });
    for (const path of ["", "recordings", "recordings/good.json"]) chmodSync(join(cwd, path), 0o755);
    for (const path of ["recordings/shut.json", "shut"]) chmodSync(join(cwd, path), 0);
    onTestFinished(() => chmodSync(join(cwd, "shut"), 0o755));
    const { stdout, stderr, code } = await started(["ls"], { cwd, ...POWERLESS }).read().ended;
    expect(stdout).toMatch(/^good\t.*\n$/);
    expect(stderr.split("\n")).toEqual([
      "recordings/shut.json:1:1: permission denied",
      "shut:1:1: a folder that cannot be read: EACCES: permission denied",
      "",
    ]);
    expect(code).toBe(0);
    const named = await started(["ls", "shut"], { cwd, ...POWERLESS }).read().ended;
    expect(named.stderr).toBe("shut:1:1: a folder that cannot be read: EACCES: permission denied\n");
    const shown = await started(["show", "shut"], { cwd, ...POWERLESS }).read().ended;
    expect(shown.stderr).toContain("error: permission denied\n  in   recordings/shut.json:1:1\n");
    expect(shown.code).toBe(2);
  });
});

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { asWhom, POWERLESS, started } from "./process.ts";
import { onTerminal } from "./terminal.ts";

const TOML = '[tool.recctl]\nscheme = "2026-06-17"\n';
const JSON_FILE = '{"scheme": "2026-04-09"}';

/** Where `recctl config` finds its settings. */
async function fileFor(cwd: string, ...args: string[]): Promise<string | null> {
  const { stdout, stderr } = await inside([...args, "config", "--json"], { cwd });
  expect(stderr.replace(/^nothing is configured: .*\n$/, "")).toBe("");
  return JSON.parse(stdout).file;
}

describe("recctl config", () => {
  it("tells what holds, and where it comes from", async () => {
    const cwd = tree({ "recctl.config.json": '{\n  "allow": ["a\\tb"],\n  "size": "2k"\n}' });
    expect(await inside(["config"], { cwd })).toEqual({
      stdout: [
        "roots\t[]\tdefault",
        'fallback\t"tests/integration/common/recordings"\tdefault',
        'scheme\t"auto"\tdefault',
        "rules\t{}\tdefault",
        'allow\t["a\\\\tb"]\trecctl.config.json:2:3',
        "keep\t[]\tdefault",
        "size\t2000\trecctl.config.json:3:3",
        "upstreams\t{}\tdefault",
        "",
      ].join("\n"),
      stderr: "",
      code: 0,
    });
    const document = JSON.parse((await inside(["config", "--json"], { cwd })).stdout);
    expect(document).toMatchObject({
      file: "recctl.config.json",
      settings: { allow: ["a\tb"], size: 2000, rules: {} },
    });
    expect(document.from).toMatchObject({ allow: "recctl.config.json:2:3", keep: "default" });
    const items = (await inside(["config", "--ndjson"], { cwd })).stdout.trimEnd().split("\n");
    expect(items.map((line) => JSON.parse(line))).toEqual(
      Object.entries(document.settings).map(([key, value]) => ({ key, value, from: document.from[key] })),
    );
  });

  it("without a file tells the defaults, and how to begin", async () => {
    const cwd = tree({ "pyproject.toml": "[project]\nname = 'recctl'\n" });
    const { stdout, stderr, code } = await inside(["-C", ".", "config"], { cwd });
    expect(stdout.match(/\tdefault\n/g)).toHaveLength(8);
    expect(stderr).toBe("nothing is configured: recctl -C . config --example prints something to begin with\n");
    expect(code).toBe(0);
  });

  it("prints examples that work where they are put, also beside a configuration that is broken", async () => {
    const cwd = tree({ "recctl.config.json": "{", "py/pyproject.toml": "[project]\nname = 'x'" });
    const json = await inside(["config", "--example"], { cwd });
    const toml = await inside(["config", "--example", "toml"], { cwd });
    expect([json.code, json.stderr, toml.code, toml.stderr]).toEqual([0, "", 0, ""]);
    writeFileSync(join(cwd, "recctl.config.json"), json.stdout);
    writeFileSync(join(cwd, "py/pyproject.toml"), `[project]\nname = 'x'${toml.stdout}`);
    const settings = async (dir: string) =>
      JSON.parse((await inside(["-C", dir, "config", "--json"], { cwd })).stdout).settings;
    expect(await settings(".")).toEqual({ ...JSON.parse(json.stdout), size: 1_000_000 });
    expect(await settings("py")).toEqual(await settings("."));
    expect(await fileFor(cwd, "-C", "py")).toBe("pyproject.toml");
    const document = await inside(["config", "--example", "toml", "--json"], { cwd });
    expect(JSON.parse(document.stdout)).toEqual(JSON.parse(json.stdout));
  });

  it("fits a terminal, and shows nothing on it that could harm", async () => {
    const cwd = tree({ "recctl.config.json": '{"allow": ["\\u009b2J\\u202e", "\u202e\u009b2J"]}' });
    const terminal = await onTerminal(["config"], { columns: 60, cwd });
    expect(terminal.overflows()).toEqual([]);
    expect(terminal.code).toBe(0);
    expect(terminal.raw).toContain('"\\u202e\\u009b2J"');
    expect(terminal.raw).not.toMatch(/[\u202e\u009b]/);
    writeFileSync(join(cwd, "recctl.config.json"), '{"\\u001b[2J\u202e": 1}');
    const { stderr, code } = await inside(["config"], { cwd });
    expect(stderr).toMatch(/^error: unknown key "\\u001b\[2J\\u202e"\n {2}in {3}recctl\.config\.json:1:2\n {2}try /);
    expect(code).toBe(2);
  });
});

describe("the configuration is", () => {
  it("the nearest from the folder upwards; a pyproject.toml without a table is passed over", async () => {
    const cwd = tree({
      "recctl.config.json": JSON_FILE,
      "a/pyproject.toml": "[tool.black]\n# not recctl\n",
      "a/b/c/x": "",
      "d/pyproject.toml": TOML,
      "d/e/x": "",
      "d/f/recctl.config.json": "{}",
    });
    mkdirSync(join(cwd, "d/e/pyproject.toml"));
    expect(await fileFor(cwd)).toBe("recctl.config.json");
    expect(await fileFor(cwd, "-C", "a")).toBe("../recctl.config.json");
    expect(await fileFor(cwd, "-C", "a/b/c")).toBe("../../../recctl.config.json");
    expect(await fileFor(cwd, "-C", "d")).toBe("pyproject.toml");
    expect(await fileFor(cwd, "-C", "d/e")).toBe("../pyproject.toml");
    expect(await fileFor(cwd, "-C", "d/f")).toBe("recctl.config.json");
    expect(await fileFor(join(cwd, "d/e"), "-C", join(cwd, "a/b"))).toBe("../../recctl.config.json");
  });

  it("never two files of one folder", async () => {
    const cwd = tree({ "recctl.config.json": JSON_FILE, "pyproject.toml": TOML, "a/recctl.config.json": "{}" });
    expect(await inside(["config"], { cwd })).toEqual({
      stdout: "",
      stderr: [
        "error: two files configure recctl: recctl.config.json and [tool.recctl] in pyproject.toml",
        `  in   ${cwd}`,
        "  try  recctl config --help",
        "",
      ].join("\n"),
      code: 2,
    });
    expect(await fileFor(cwd, "-C", "a")).toBe("recctl.config.json");
  });
});

describe("a configuration that is no file to read is an error", () => {
  it.each<[string, (dir: string) => void, RegExp]>([
    ["JSON cut off", (dir) => writeFileSync(join(dir, "recctl.config.json"), "{"), /cut off.*\n {2}in .*json:1:2\n/],
    ["a folder", (dir) => mkdirSync(join(dir, "recctl.config.json")), /a folder, not a file\n {2}in .*config\.json\n/],
    ["a link to nowhere", (dir) => symlinkSync("x", join(dir, "recctl.config.json")), /a link to nowhere/],
    [
      "a link to itself",
      (dir) => symlinkSync("recctl.config.json", join(dir, "recctl.config.json")),
      /leads to itself/,
    ],
    ["no regular file", (dir) => symlinkSync("/dev/null", join(dir, "recctl.config.json")), /not a regular file/],
    [
      "huge",
      (dir) => writeFileSync(join(dir, "recctl.config.json"), " ".repeat(1_000_001)),
      /too large: 1000001 bytes/,
    ],
    [
      "not UTF-8",
      (dir) => writeFileSync(join(dir, "recctl.config.json"), Buffer.from('{\n"é"', "latin1")),
      /not UTF-8: byte 0xe9\n {2}in .*json:2:2\n/,
    ],
    [
      "no TOML, beside the word",
      (dir) => writeFileSync(join(dir, "pyproject.toml"), "<<<<<<< x\nrecctl"),
      /no TOML: .*\n {2}in {3}\.\.\/pyproject\.toml:1:\d+\n/,
    ],
  ])("%s", async (_, make, expected) => {
    const cwd = tree({ "sub/x": "" });
    make(cwd);
    const { stdout, stderr, code } = await inside(["-C", "sub", "config"], { cwd });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain("\n  try  recctl config --help\n");
  });

  it.skipIf(!POWERLESS)(`one that may not be read${asWhom}`, async () => {
    const cwd = tree({ "recctl.config.json": "{}" });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "recctl.config.json"), 0);
    const { stderr, code } = await started(["config"], { cwd, ...POWERLESS }).read().ended;
    expect(stderr).toMatch(/^error: .*permission denied\n {2}in {3}recctl\.config\.json\n/);
    expect(code).toBe(2);
  });

  it("but a pyproject.toml that is broken and has no word for recctl is none", async () => {
    const cwd = tree({ "pyproject.toml": "<<<<<<< x\n" });
    expect(await fileFor(cwd)).toBeNull();
  });

  it("and so is a folder that is not there", async () => {
    const { stderr, code } = await inside(["-C", "nowhere", "config"], { cwd: tree({ "recctl.config.json": "{}" }) });
    expect(stderr).toMatch(/^error: no such folder: .*nowhere\n/);
    expect(code).toBe(2);
  });
});

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT, tree } from "../run.ts";
import { forEach, shell } from "./process.ts";
import { at, hash, sample } from "./samples.ts";

const D1 = "93824f6f";
const D2 = "9d60b62c";
const FILES = {
  [at("abcd1")]: sample({ test: "t.py::1" }),
  [at("abcd2")]: sample({ test: "t.py::2" }),
  [at("beef")]: sample({ test: "t.py::3" }),
  [`recordings/models-${hash("feed")}-${D1}.json`]: sample({ test: null, model: "list 1" }),
  [`recordings/models-${hash("feed")}-${D2}.json`]: sample({ test: null, model: "list 2" }),
  [`other/recordings/models-${hash("fade")}-${D2}.json`]: sample({ test: null, model: "list 3" }),
  "recordings/My-Own.json": sample({ test: "t.py::own" }),
  "recordings/x1.json": sample({ test: "t.py::x1" }),
};
const PATHS = Object.keys(FILES);

/** The path of what a name shows, or the lines of the error. */
async function shown(name: string, cwd: string): Promise<string | string[]> {
  const { stdout, stderr, code } = await inside(["show", "--json", name], { cwd });
  if (code === 0) return JSON.parse(stdout).path;
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  return stderr.trimEnd().split("\n");
}

describe("show takes a recording by", () => {
  it("4 or more characters of its hash, the whole of it, its file's name, in small letters or capitals", async () => {
    const names = ["beef", "BEEF0", "abcd1", hash("abcd1"), `${hash("abcd2")}.json`, "my-own", "My-Own.json", "x1"];
    const cwd = tree(FILES);
    const own = "recordings/My-Own.json";
    const expected = [at("beef"), at("beef"), at("abcd1"), at("abcd1"), at("abcd2"), own, own, "recordings/x1.json"];
    expect(await forEach(names, (name) => shown(name, cwd))).toEqual(expected);
  });

  it("hash and digest of a model list, whole, or short as ls shows them", async () => {
    const lists: Record<string, string | undefined> = {
      [`${hash("feed")}-${D1}`]: PATHS[3],
      [`models-${hash("feed")}-${D2}`]: PATHS[4],
      "feed0000-9382": PATHS[3],
      "feed0000-9d60": PATHS[4],
      "feed-9d": PATHS[4],
      "fade-9": PATHS[5],
      fade: PATHS[5],
      "models-fade": PATHS[5],
    };
    const cwd = tree(FILES);
    const found = await forEach(Object.keys(lists), async (name) => [name, await shown(name, cwd)]);
    expect(Object.fromEntries(found)).toEqual(lists);
  });

  it("path: relative, absolute, from elsewhere, and as seen from -C", async () => {
    const cwd = tree(FILES);
    const path = at("beef");
    expect(await shown(`./${path}`, cwd)).toBe(`./${path}`);
    expect(await shown(join(cwd, path), ROOT)).toBe(join(cwd, path));
    expect(await shown(`../${path}`, join(cwd, "other"))).toBe(`../${path}`);
    const { stdout } = await inside(["-C", "recordings", "show", `${hash("beef")}.json`, "--json"], { cwd });
    expect(JSON.parse(stdout).test_id).toBe("t.py::3");
  });

  it("a name that only looks like an option", async () => {
    const cwd = tree({ "recordings/--raw.json": sample() });
    const { stdout } = await inside(["show", "--json", "--", "--raw"], { cwd });
    expect(JSON.parse(stdout).path).toBe("recordings/--raw.json");
  });
});

describe("show refuses", () => {
  it.each(["abc", "", "a", "models-", "fee"])("what is too short to name anything: %j", async (name) => {
    expect(await shown(name, tree(FILES))).toEqual([
      `error: too short to name a recording: ${name} (4 characters of its id at least)`,
      "  try  recctl ls",
    ]);
  });

  it.each([
    ["abcd", "2 recordings begin with abcd", PATHS.slice(0, 2)],
    ["feed", "2 recordings begin with feed", PATHS.slice(3, 5)],
    ["feed-9", "2 recordings begin with feed-9", PATHS.slice(3, 5)],
  ])("what is ambiguous, and lists the candidates, as commands that work: %s", async (name, fact, paths) => {
    const cwd = tree(FILES);
    const [error, place, ...tries] = await shown(name, cwd);
    expect([error, place]).toEqual([`error: ${fact}`, `  in   ${cwd}`]);
    const commands = tries.map((line) => line.slice(7));
    expect(commands).toEqual(paths.map((path) => `recctl show ${path}`));
    for (const command of commands) {
      expect((await shell(command.replace("recctl", "$recctl"), { cwd })).code).toBe(0);
    }
  });

  it("the same file in two folders, and lists ten of many", async () => {
    const copies = Array.from({ length: 12 }, (_, index) => [`f${10 + index}/${at("abba")}`, sample()]);
    const lines = await shown("abba", tree(Object.fromEntries(copies)));
    expect(lines[0]).toBe("error: 12 recordings begin with abba");
    expect(lines.slice(2)).toEqual([
      `  try  recctl show f10/${at("abba")}`,
      ...copies.slice(1, 10).map(([path]) => `       recctl show ${path}`),
      "       and 2 more",
    ]);
  });

  it("what is unknown, and lists the nearest", async () => {
    const cwd = tree(FILES);
    expect(await shown("abce", cwd)).toEqual([
      "error: no recording is called abce",
      `  in   ${cwd}`,
      `  try  recctl show ${hash("abcd1")}`,
      `       recctl show ${hash("abcd2")}`,
    ]);
    for (const folder of [cwd, tree({})]) {
      const told = ["error: no recording is called zzzz", `  in   ${folder}`, "  try  recctl ls -t zzzz"];
      expect(await shown("zzzz", folder)).toEqual(told);
    }
    expect(await shown("recordings/zz.json", cwd)).toEqual([
      "error: no such file recordings/zz.json",
      `  in   ${cwd}`,
      "  try  recctl ls",
    ]);
    expect(await shown("recordings", cwd)).toEqual([
      "error: a folder, not a recording: recordings",
      "  try  recctl ls recordings",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach, shell } from "./process.ts";
import { at, pythonText, sample } from "./samples.ts";

const ODD = 'tests/test_ä.py::Test 漁::test_it\'s[a=b::c, [d e] "f" $HOME `x`]';

/** A chat of `turns` messages, each a word. */
function conversation(test: string, turns: number, word: string): string {
  const document = JSON.parse(sample({ test }));
  document.request.body.messages = Array.from({ length: turns }, () => ({ role: "user", content: word }));
  return pythonText(document);
}

const FILES = {
  // In the order of their names they are 3, 1, 4, 2.
  [at("1111")]: conversation(ODD, 3, "x"),
  [at("2222")]: conversation(ODD, 1, "x"),
  [at("3333")]: conversation(ODD, 3, "longer"),
  [at("4444")]: conversation(ODD, 2, "much longer than three turns of one word ".repeat(9)),
  [at("5555")]: sample({ test: "t.py::single" }),
  [at("6666")]: sample({ test: "t.py::counts#2" }),
  [at("7777")]: sample({ test: "t.py::counts" }),
  [at("8888")]: sample({ test: "no colons" }),
  "recordings/broken.json": "{",
};

async function shown(name: string, cwd: string): Promise<string | string[]> {
  const { stdout, stderr, code } = await inside(["show", "--json", name], { cwd });
  if (code === 0) return JSON.parse(stdout).path;
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  return stderr.trimEnd().split("\n");
}

describe("TEST_ID#N", () => {
  it("is the N-th request of a test, in the order of its conversation, whatever the id holds", async () => {
    const cwd = tree(FILES);
    const found = await forEach(["1", "2", "3", "4", "01"], (number) => shown(`${ODD}#${number}`, cwd));
    expect(found).toEqual([at("2222"), at("4444"), at("1111"), at("3333"), at("2222")]);
  });

  it("may be the test alone where it has one recording, and may itself end in # and a number", async () => {
    const names: Record<string, string> = {
      "t.py::single": at("5555"),
      "t.py::single#1": at("5555"),
      "t.py::counts#2": at("6666"),
      "t.py::counts#2#1": at("6666"),
      "t.py::counts": at("7777"),
      "t.py::counts#1": at("7777"),
      "no colons#1": at("8888"),
    };
    const cwd = tree(FILES);
    const found = await forEach(Object.keys(names), async (name) => [name, await shown(name, cwd)]);
    expect(Object.fromEntries(found)).toEqual(names);
  });

  it("replays and works from -C as well, with and without the index", async () => {
    const cwd = tree(FILES);
    for (const more of [[], ["--no-index"]]) {
      const { stdout, code } = await inside(["-C", "recordings", "replay", "t.py::single", ...more], { cwd });
      expect({ stdout, code }).toEqual({ stdout: "At 22:14.", code: 0 });
    }
  });

  it.each(["0", "5", "99999999999999999999"])("out of range is refused: %s", async (number) => {
    const [error, place, remedy] = await shown(`${ODD}#${number}`, tree(FILES));
    expect(error).toBe(`error: the test has 4 recordings, no number ${Number(number)}`);
    expect(place).toBe(`  in   ${ODD}`);
    expect(remedy).toMatch(/^ {2}try {2}recctl ls --test '/);
  });

  it("is asked for where a test has several, and what is suggested works when it is typed", async () => {
    const cwd = tree(FILES);
    const [error, ...tries] = await shown(ODD, cwd);
    expect(error).toBe("error: the test has 4 recordings: say which");
    const commands = tries.map((line) => /^ {2}(?:try| {3}) {2}recctl (show .*)$/.exec(line)?.[1]);
    const shownPaths = await forEach(commands, async (command) => {
      const { stdout } = await shell(`$recctl ${command} --json`, { cwd });
      return JSON.parse(stdout).path;
    });
    expect(shownPaths).toEqual([at("2222"), at("4444"), at("1111"), at("3333")]);
  });

  it("of an unknown test is told, with the nearest ones, quoted for the shell", async () => {
    const cwd = tree(FILES);
    expect(await shown("t.py::singel#1", cwd)).toEqual([
      "error: no recording belongs to test t.py::singel",
      `  in   ${cwd}`,
      "  try  recctl show t.py::single",
      "       recctl show t.py::counts",
      "       recctl show 't.py::counts#2'",
    ]);
    expect(await shown("???::???", cwd)).toEqual([
      "error: no recording belongs to test ???::???",
      `  in   ${cwd}`,
      "  try  recctl ls",
    ]);
  });
});

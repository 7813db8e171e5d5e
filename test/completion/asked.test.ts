import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { insertion, readLine, type Word } from "../../src/commands/completing/bash-line.ts";
import { VERBS } from "../../src/commands/index.ts";
import { at, sample } from "../cli/samples.ts";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { KINDS } from "./shells.ts";

const EMPTY: Word = { raw: "", value: "", open: "" };

const FILES = {
  [at("aaaa")]: sample({ test: "t.py::one" }),
  [at("bbbb")]: sample({ test: "t.py::two", asked: "a" }),
  [at("cccc")]: sample({ test: "t.py::two", asked: "b" }),
  [at("dddd")]: sample({ test: "t.py::\u001b[31m\n" }),
  [at("eeee")]: sample({ test: "--apply" }),
};

/** What is answered to these words, the last of them under the cursor. */
async function answer(...words: string[]): Promise<{ names: string; words: string[] }> {
  const { stdout, stderr, code } = await inside(["complete", "--", ...words], { cwd: tree(FILES) });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const [names = "", ...lines] = stdout.split("\n").slice(0, -1);
  return { names, words: lines.map((line) => line.split("\t")[0] as string) };
}

describe("what the scripts of completion are answered", () => {
  it("is the commands that help lists, and not the one that they ask by", async () => {
    const names = [...VERBS.map(({ name }) => name), "help"];
    expect((await answer("")).words).toEqual(names);
    expect((await answer("help", "")).words).toEqual(names);
    expect((await answer("comp")).words).toEqual(["completion"]);
    expect((await answer("-C", "recordings", "comp")).words).toEqual(["completion"]);
  });

  it("is options of the command, by what is typed of them", async () => {
    expect((await answer("-")).words).toEqual(["-V", "-C", "-h"]);
    expect((await answer("undo", "--")).words).toEqual(expect.arrayContaining(["--list", "--help"]));
    expect((await answer("completion", "-")).words).toEqual(["-C", "-h"]);
    expect((await answer("ls", "--no-s")).words).toEqual(["--no-streaming"]);
    expect((await answer("ls", "--", "--no-s")).words).toEqual([]);
  });

  it("is choices, kinds, rules and schemes where an option or an argument takes them", async () => {
    expect((await answer("completion", "")).words).toEqual(["bash", "zsh", "fish"]);
    expect((await answer("ls", "--kind", "inf")).words).toEqual(["inference"]);
    expect((await answer("ls", "--kind=inf")).words).toEqual(["--kind=inference"]);
    expect((await answer("ls", "--sort", "")).words).toContain("size");
    expect((await answer("validate", "--rule", "n")).words).toContain("name");
    expect((await answer("rekey", "--scheme", "au")).words).toEqual(["auto"]);
    expect((await answer("config", "--example", "t")).words).toEqual(["toml"]);
  });

  it("is ids and test ids, but for those that end a line, change a terminal, or would be options", async () => {
    expect((await answer("show", "aa")).words).toEqual(["aaaa0000"]);
    expect((await answer("show", "t")).words).toEqual(["t.py::one", "t.py::two#1", "t.py::two#2"]);
    expect((await answer("ls", "--test", "")).words).toEqual(["t.py::one", "t.py::two"]);
  });

  it("is that names of files or folders may stand there, where no word fits", async () => {
    expect(await answer("show", "x")).toEqual({ names: "files", words: [] });
    expect(await answer("why", "")).toEqual({ names: "files", words: [] });
    expect(await answer("-C", "")).toEqual({ names: "folders", words: [] });
    expect(await answer("show", "t.py::o")).toEqual({ names: "none", words: ["t.py::one"] });
    expect(await answer("undo", "x")).toEqual({ names: "none", words: [] });
    expect(await answer("nonsense", "x")).toEqual({ names: "none", words: [] });
  });
});

it("finds the folder of -C that is named from the home", async () => {
  const asked = ["complete", "--", "-C", "~/recordings", "validate", "a"];
  const { stdout } = await inside(asked, { cwd: tree({}), env: { HOME: tree(FILES) } });
  expect(stdout).toMatch(/^none\naaaa\w*\.json\t\n$/);
});

describe("a line of bash", () => {
  const words = (line: string): string[] => readLine(line).words.map(({ value }) => value);

  it.each<[line: string, words: string[]]>([
    ["recctl", ["recctl"]],
    ["recctl ", ["recctl", ""]],
    ['recctl a\\ b \'c d\' "e $x \\" \\f"g', ["recctl", "a b", "c d", 'e $x " \\fg']],
    ["recctl it's --mo", ["recctl", "its --mo"]],
    ["recctl a\\", ["recctl", "a"]],
    ["recctl ls > f --mo", ["recctl", "ls", "--mo"]],
    ["recctl ls>f 2>&1 2>>g </dev/null &>h --mo", ["recctl", "ls", "--mo"]],
    ["recctl ls '>' x\\>y 2 > f --mo", ["recctl", "ls", ">", "x>y", "2", "--mo"]],
    ["recctl ls > f", ["recctl", "ls", ""]],
  ])("%s", (line, read) => {
    expect(words(line)).toEqual(read);
  });

  it("redirects where the word under the cursor is a file's name", () => {
    const redirecting = ["ls > f", "ls >", "ls 2>'f", "ls <<<", "ls > f g", "ls > f ", "ls '>' f"];
    expect(redirecting.map((line) => readLine(line).redirects)).toEqual([true, true, true, true, false, false, false]);
  });

  it.skipIf(KINDS.bash?.missing)(
    "takes any word, whatever is typed of it, in whatever quotes, and wherever bash begins to replace it",
    () => {
      const text = fc.string({ unit: fc.constantFrom(..."ab:='\"\\$`!~*?[]{}()<>|&;# é") });
      const quotes = fc.constantFrom("", "'", '"');
      const cases = fc.sample(fc.tuple(text, text, quotes, fc.nat()), 2000).flatMap(([some, rest, quote, cut]) => {
        const begun = quote === "" ? some : some.replace(/['"\\$`!]/g, "");
        const raw = quote === "" ? (insertion(EMPTY, "", begun) as string) : quote + begun;
        const word = readLine(`recctl ${raw}`).words[1] as Word;
        expect(word).toEqual({ raw, value: begun, open: quote });
        const replaced = raw.slice(quote.length + (cut % (raw.length - quote.length + 1)));
        const kept = `recctl ${raw.slice(0, raw.length - replaced.length)}`;
        const inserted = insertion(word, replaced, begun + rest);
        // Bash replaces no half of a backslash and what it keeps.
        if (kept.endsWith("\\")) return [];
        if (inserted === null) expect(rest).toMatch(quote === "'" ? /'/ : /!/);
        return inserted === null ? [] : [{ line: kept + inserted + quote, given: begun + rest }];
      });
      expect(cases.length).toBeGreaterThan(500);
      const script = `recctl() { printf '%s\\0' "$1"; }\n${cases.map(({ line }) => line).join("\n")}`;
      const { stdout } = spawnSync("bash", ["-c", script], { cwd: tree({}), encoding: "utf8" });
      expect(stdout.split("\0").slice(0, -1)).toEqual(cases.map(({ given }) => given));
    },
  );
});

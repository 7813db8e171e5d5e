import { describe, expect, it } from "vitest";
import { filterIn, lineOf } from "../../src/commands/browsing/filtering.ts";
import { shellWords } from "../../src/commands/browsing/words.ts";
import type { SelectionOptions } from "../../src/commands/selection.ts";
import { sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

describe("a line is split as a shell does", () => {
  it.each([
    ["", []],
    ["  -t  a\tb ", ["-t", "a", "b"]],
    [`-t 'high tide' "low\\"er" a\\ b`, ["-t", "high tide", 'low"er', "a b"]],
    [`''`, [""]],
    [`a'b'"c"d`, ["abcd"]],
    [`"\\n $HOME \\$x \\\\"`, ["\\n $HOME $x \\"]],
    ["*.py $(rm) `x` ~", ["*.py", "$(rm)", "`x`", "~"]],
    ["end\\", ["end\\"]],
  ] as const)("%j", (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  it.each([`'`, `-t "a`, `"a\\"`])("%j is not closed", (line) => {
    expect(shellWords(line)).toBeNull();
    expect(filterIn(line)).toEqual({ why: "a quote is not closed" });
  });
});

describe("a line that is no filter says why, on one line", () => {
  it.each([
    ["--nothing", /unknown option '--nothing'/],
    ["--fail", /unknown option '--fail'.*--failed/],
    ["--larger many", /A size is a number with k, M or G/],
    ["--kind none", /Allowed choices are/],
    ["-t", /argument missing/],
    ["storm", /storm is no flag: -t storm/],
    ["--no-index", /go with recctl browse/],
    ["--gitignore", /go with recctl browse/],
    ["--help", /unknown option '--help'/],
  ] as const)("%s", (line, why) => {
    const told = filterIn(line);
    expect("why" in told ? told.why : JSON.stringify(told)).toMatch(why);
    expect("why" in told && told.why).not.toContain("\n");
  });
});

describe("flags of the command line are a line", () => {
  it.each([
    [{}, null],
    [{ gitignore: true, index: false }, null],
    [{ test: ["night"], failed: true }, "-t night --failed"],
    [{ larger: 1_500_000, streaming: false }, "--no-streaming --larger 1500k"],
    [{ larger: 7 }, "--larger 7"],
    [
      { grep: ['it\'s "so" \\ $x', "-t", ""], model: ["gpt*", "ü"] },
      `-m 'gpt*' -m 'ü' --grep 'it'\\''s "so" \\ $x' --grep -t --grep ''`,
    ],
    [
      { endpoint: ["/v1"], kind: ["inference"], dialect: ["ollama"], streaming: true },
      "-e /v1 --kind inference --dialect ollama --streaming",
    ],
  ] as const)("%j", (options, line) => {
    expect(lineOf(options as SelectionOptions)).toBe(line);
    const { gitignore, index, ...filters } = options as SelectionOptions;
    if (line !== null) expect(filterIn(line)).toEqual(filters);
  });
});

describe("filter", () => {
  const files = {
    "recordings/aaaa.json": sample({ test: "test_a.py::test_tide", asked: "Who rows?" }),
    "recordings/bbbb.json": sample({ test: "test_a.py::test_storm", answered: ["wa", "ves"] }),
    "recordings/cccc.json": sample({ test: "test_b.py::test_storm", failure: "no boat" }),
  };

  it.each([
    ["-t test_a*storm", ["bbbb"]],
    ["-t storm", ["bbbb", "cccc"]],
    ["--failed -t storm", ["cccc"]],
    ["--no-streaming", ["aaaa", "cccc"]],
    ["--grep rows --grep waves", ["aaaa", "bbbb"]],
    ["--grep rows --failed", []],
    ["-t 'no such'", []],
  ])("%s", async (line, names) => {
    const browsing = new Browsing(tree(files));
    await browsing.scan();
    const { filter } = await browsing.does({ type: "filter", line }, "filtered");
    expect(filter).toMatchObject({ line, kept: new Set(names.map((name) => `recordings/${name}.json`)) });
  });

  it("tells what it wants of test ids apart from all else", async () => {
    const browsing = new Browsing(tree(files));
    const testsOf = async (line: string) => (await browsing.does({ type: "filter", line }, "filtered")).filter?.tests;
    expect(await testsOf("--failed -t 'a b' -m x -t c")).toEqual({ texts: ["a b", "c"], others: "-m x --failed" });
    expect(await testsOf("-t c")).toEqual({ texts: ["c"], others: "" });
    expect(await testsOf("-m '-t c'")).toBeUndefined();
  });

  it("is taken away by an empty line, and stays where the next is none", async () => {
    const browsing = new Browsing(tree(files));
    await browsing.scan();
    await browsing.does({ type: "filter", line: "-t storm" }, "filtered");
    const wrong = await browsing.does({ type: "filter", line: "--wrong" }, "unfiltered");
    expect(wrong).toMatchObject({ line: "--wrong", why: expect.stringContaining("--wrong") });
    expect(browsing.state.filter?.line).toBe("-t storm");
    expect((await browsing.does({ type: "filter", line: " " }, "filtered")).filter).toBeNull();
  });
});

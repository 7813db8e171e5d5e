import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, sample } from "./samples.ts";

/** A command line, and what stderr says: the fact, then what to type next. */
const CASES: readonly (readonly [line: string, fact: string, ...tries: string[]])[] = [
  ["lss", "unknown command 'lss'", "recctl ls", "recctl --help"],
  ["reply x", "unknown command 'reply'", "recctl replay", "recctl --help"],
  ["quux", "unknown command 'quux'", "recctl --help"],
  ["help quux", "unknown command 'quux'", "recctl --help"],
  ["--frob", "unknown option '--frob'", "recctl --help"],
  ["ls --frob", "unknown option '--frob'", "recctl ls --help"],
  ["ls --lmit 3", "unknown option '--lmit' (did you mean --limit?)", "recctl ls --help"],
  ["-C . ls --jsn", "unknown option '--jsn' (did you mean --json?)", "recctl ls --help"],
  // The command that is meant, not one that an argument happens to be called.
  ["replay ls --frob", "unknown option '--frob'", "recctl replay --help"],
  ["show index --frob", "unknown option '--frob'", "recctl show --help"],
  ["show", "missing required argument 'id'", "recctl show --help"],
  ["replay --as wire", "missing required argument 'id'", "recctl replay --help"],
  ["completion", "missing required argument 'shell'", "recctl completion --help"],
  ["show a b", "too many arguments for 'show'. Expected 1 argument but got 2.", "recctl show --help"],
  ["ls --json --ndjson", "option '--ndjson' cannot be used with option '--json'", "recctl ls --help"],
  ["ls --sort", "option '--sort <key>' argument missing", "recctl ls --help"],
  ["-C", "option '-C <dir>' argument missing", "recctl --help"],
  [
    "ls --sort age",
    "option '--sort <key>' argument 'age' is invalid. Allowed choices are test, path, id, endpoint, model, chunks, size.",
    "recctl ls --help",
  ],
  [
    "ls --group age",
    "option '-g, --group <key>' argument 'age' is invalid. Allowed choices are test, dir, model, endpoint, dialect.",
    "recctl ls --help",
  ],
  [
    "ls --format yaml",
    "option '--format <format>' argument 'yaml' is invalid. Allowed choices are text, json, ndjson.",
    "recctl ls --help",
  ],
  [
    "index --format ndjson",
    "option '--format <format>' argument 'ndjson' is invalid. Allowed choices are text, json.",
    "recctl index --help",
  ],
  [
    "replay aaaa --as html",
    "option '--as <form>' argument 'html' is invalid. Allowed choices are text, wire, ndjson, raw.",
    "recctl replay --help",
  ],
  [
    "config --example yaml",
    "option '--example [format]' argument 'yaml' is invalid. Allowed choices are json, toml.",
    "recctl config --help",
  ],
  ["completion ksh", "no shell ksh. Allowed choices are bash, zsh, fish.", "recctl completion --help"],
  ["ls -n many", "option '-n, --limit <n>' argument 'many' is invalid. A whole number is wanted.", "recctl ls --help"],
  ["ls -n -1", "option '-n, --limit <n>' argument '-1' is invalid. A whole number is wanted.", "recctl ls --help"],
  ["ls -n 1.5", "option '-n, --limit <n>' argument '1.5' is invalid. A whole number is wanted.", "recctl ls --help"],
];

describe("wrong usage", () => {
  it("ends with 2, and says what is wrong and what to type next", async () => {
    const cwd = tree({ [at("aaaa")]: sample() });
    const told = await forEach(CASES, async ([line]) => {
      const { stdout, stderr, code } = await inside(line.split(" "), { cwd });
      expect({ line, stdout, code }).toEqual({ line, stdout: "", code: 2 });
      return [
        line,
        ...stderr
          .replace(/^error: /, "")
          .trimEnd()
          .split(/\n {2}(?:try| {3}) {2}/),
      ];
    });
    expect(told).toEqual(CASES);
  });

  it("by a command that is suggested in turn, helps", async () => {
    const commands = [...new Set(CASES.map((told) => told.at(-1) as string))];
    const helps = await forEach(commands, (command) => inside(command.split(" ").slice(1)));
    expect(helps.map(({ code, stderr }) => [code, stderr])).toEqual(commands.map(() => [0, ""]));
    expect(helps.every(({ stdout }) => stdout.startsWith("Examples:\n"))).toBe(true);
  });

  it("of nothing at all shows the help, on stderr", async () => {
    const help = (await inside(["--help"])).stdout;
    expect(await inside([])).toEqual({ stdout: "", stderr: help, code: 2 });
    expect(await inside(["-C", "."])).toEqual({ stdout: "", stderr: help, code: 2 });
  });
});

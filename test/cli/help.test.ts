import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VERBS } from "../../src/commands/index.ts";
import { ROOT, recctl } from "../run.ts";
import { forEach } from "./process.ts";
import { onTerminal } from "./terminal.ts";

const COMMANDS = VERBS.map(({ name }) => name);
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

describe("help", () => {
  it.each(["", ...COMMANDS])("of recctl %s begins with examples and ends with the exit status", async (command) => {
    const { stdout, stderr, code } = await recctl([command, "--help"].filter((word) => word !== ""));
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toMatch(/^Examples:\n( {2}.*recctl .+\n)+\nUsage: recctl .*\n/);
    expect(stdout).toMatch(
      /\n\nExit status:\n {2}0 {4}.+\n( {2}[12] {4}.+\n)+ {2}130 {2}interrupted \(143: terminated\)\n$/,
    );
    expect(stdout.split("\n").filter((line) => / $/.test(line))).toEqual([]);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    await expect(stdout).toMatchFileSnapshot(`__snapshots__/help/${command || "recctl"}.txt`);
  });

  it("names every command, and is the same by every way of asking", async () => {
    const root = await recctl(["--help"]);
    for (const command of COMMANDS) expect(root.stdout).toMatch(new RegExp(`^  ${command} +\\S`, "m"));
    const ways = [["-h"], ["help"], ["-C", ".", "--help"]];
    expect(await forEach(ways, (args) => recctl(args))).toEqual(ways.map(() => root));
    const ls = await recctl(["ls", "--help"]);
    const lsWays = [
      ["help", "ls"],
      ["ls", "-h"],
      ["ls", "x", "--help"],
      ["-C", ".", "ls", "--help"],
    ];
    expect(await forEach(lsWays, (args) => recctl(args))).toEqual(lsWays.map(() => ls));
  });

  it("gives examples that are commands and options of recctl", async () => {
    const helps = await forEach(COMMANDS, async (command) => (await recctl([command, "--help"])).stdout);
    for (const [index, help] of helps.entries()) {
      const examples = help.slice(0, help.indexOf("\n\n")).match(/recctl .+?(?= {2}| \||\)|$)/gm) ?? [];
      expect(examples.length).toBeGreaterThan(2);
      for (const example of examples) {
        expect(example.split(" ")[1]).toBe(COMMANDS[index]);
        for (const option of example.match(/(?<= )--?[a-z]+/g) ?? [])
          expect(help).toMatch(new RegExp(`^ .*${option}\\b`, "m"));
      }
    }
  });

  it.each([80, 120])("fits a terminal of %i columns", async (columns) => {
    const terminal = await onTerminal(["ls", "--help"], { columns });
    expect(terminal.overflows()).toEqual([]);
    expect(terminal.code).toBe(0);
  });

  it("is loaded for nothing else: the version comes at once", async () => {
    const ways = [["--version"], ["-V"], ["-C", ".", "--version"]];
    expect(await forEach(ways, (args) => recctl(args))).toEqual(
      ways.map(() => ({ stdout: `${version}\n`, stderr: "", code: 0 })),
    );
  });
});

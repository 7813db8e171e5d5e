import { describe, expect, it } from "vitest";
import { recctl, tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, sample } from "./samples.ts";
import { onTerminal } from "./terminal.ts";

const FILES = { [at("aaaa")]: sample(), [at("bbbb")]: sample({ answered: ["x"], failure: "lost" }) };
const hasColour = (text: string): boolean => text.includes("\u001b[");

describe("colours", () => {
  it("are on a terminal, where they say what a thing is", async () => {
    const terminal = await onTerminal(["ls"], { columns: 100, cwd: tree(FILES) });
    expect(terminal.lookOf(0, 0)).toEqual({ colour: -1, dim: true, bold: false });
    expect(terminal.lookOf(1, 0)).toEqual({ colour: 6, dim: false, bold: false });
    expect(terminal.lookOf(1, terminal.cellOf(1, "test_bar"))).toEqual({ colour: -1, dim: false, bold: false });
    expect(terminal.lookOf(2, terminal.cellOf(2, ">!"))).toEqual({ colour: 3, dim: false, bold: false });
    const shown = await onTerminal(["show", "bbbb"], { cwd: tree(FILES) });
    const failed = shown.lines().findIndex((line) => line.startsWith("failed:"));
    expect(shown.lookOf(failed, 0)).toMatchObject({ colour: 1 });
    const error = await onTerminal(["show", "cccc"], { cwd: tree(FILES) });
    expect([error.lookOf(0, 0).colour, error.lookOf(0, 8).colour]).toEqual([1, -1]);
  });

  const onScreen = (env: Record<string, string>) => async (args: string[]) =>
    (await onTerminal(args, { cwd: tree(FILES), env })).raw;
  const piped = (env: Record<string, string>) => async (args: string[]) => {
    const { stdout, stderr } = await recctl(args, { cwd: tree(FILES), env });
    return stdout + stderr;
  };

  it.each([
    ["on a terminal", true, onScreen({})],
    ["on a terminal with NO_COLOR", false, onScreen({ NO_COLOR: "1" })],
    ["on a terminal with an empty NO_COLOR", true, onScreen({ NO_COLOR: "" })],
    ["on a terminal with TERM=dumb", false, onScreen({ TERM: "dumb" })],
    ["on a terminal with FORCE_COLOR=0", false, onScreen({ FORCE_COLOR: "0" })],
    ["on a dumb terminal with FORCE_COLOR=1", true, onScreen({ TERM: "dumb", FORCE_COLOR: "1" })],
    ["in a pipe", false, piped({})],
    ["in a pipe with FORCE_COLOR=1", true, piped({ FORCE_COLOR: "1" })],
    ["in a pipe with FORCE_COLOR and NO_COLOR", false, piped({ FORCE_COLOR: "1", NO_COLOR: "1" })],
  ])("%s: %s", async (_, expected, run) => {
    const [shown, refused] = await forEach(
      [
        ["show", "bbbb"],
        ["show", "cccc"],
      ],
      run,
    );
    expect([hasColour(shown as string), hasColour(refused as string)]).toEqual([expected, expected]);
    expect([shown, refused]).toEqual([expect.stringContaining("test_bar.py"), expect.stringContaining("no recording")]);
  });

  it("never change rows and documents in a pipe", async () => {
    const cwd = tree(FILES);
    const commands = [["ls"], ["ls", "--json"], ["show", "aaaa", "--json"], ["replay", "aaaa"]];
    await forEach(commands, async (args) => {
      const { stdout } = await recctl(args, { cwd, env: { FORCE_COLOR: "1" } });
      expect(stdout).toBe((await recctl(args, { cwd })).stdout);
      expect(hasColour(stdout)).toBe(false);
    });
  });

  it("are all that a dumb terminal lacks", async () => {
    const cwd = tree(FILES);
    const full = await onTerminal(["ls"], { cwd });
    const dumb = await onTerminal(["ls"], { cwd, env: { TERM: "dumb" } });
    expect(dumb.lines()).toEqual(full.lines());
    expect(dumb.raw).not.toContain("\u001b");
  });
});

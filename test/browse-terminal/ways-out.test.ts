import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Planes } from "../cli/planes.ts";
import { OnTerminal, recctlOnTerminal, type TerminalOptions } from "../cli/terminal.ts";
import { BIN, temporary } from "../run.ts";
import { seaside } from "./seaside.ts";

const SIZE = { columns: 100, rows: 30 };
const BEFORE = "$ make\r\n\u001b[32mall is built\u001b[m\r\n$ recctl browse\r\n";
const SHOWN: Planes = { text: ["$ make", "all is built", "$ recctl browse"], looks: ["1: 0-11 colour2"] };
const MODES = ["?1049", "?1000", "?1006", "?2004"];

/** What browse was started from, and how it looks there. */
function started(args: readonly string[] = ["browse"], options: TerminalOptions = {}): OnTerminal {
  return recctlOnTerminal(args, { cwd: seaside(), ...SIZE, before: BEFORE, ...options });
}

const isThere = (terminal: OnTerminal) => (): boolean =>
  terminal.isAlternate && terminal.planes().text.some((line) => line.includes("7 recordings"));

/** All that browse told the terminal is taken back, and what was there before is there again; `told` stands below. */
function isAsBefore(terminal: OnTerminal, told: readonly string[] = []): void {
  const { text, looks } = terminal.planes();
  const rows = text.map((line) => line.trimEnd());
  expect(rows).toEqual([...SHOWN.text, ...told, ...Array(SIZE.rows).fill("")].slice(0, SIZE.rows));
  expect(looks.filter((look) => Number.parseInt(look, 10) < SHOWN.text.length)).toEqual(SHOWN.looks);
  expect(terminal.isAlternate).toBe(false);
  expect(MODES.map((mode) => terminal.mode(mode))).toEqual(MODES.map(() => false));
  expect(terminal.mode("?25")).toBe(true);
  expect(terminal.mode("?7")).toBe(true);
}

describe("the screen is left as it was", () => {
  it.each([
    ["q", "q", 0],
    ["Ctrl-C", "\u0003", 0],
  ])("by %s", async (_, key, code) => {
    const terminal = started();
    await terminal.until(isThere(terminal));
    // Some of them are set behind the first frame.
    await terminal.until(() => MODES.every((mode) => terminal.mode(mode)));
    expect(terminal.mode("?25")).toBe(false);
    terminal.type(key);
    expect(await terminal.ended).toEqual({ code });
    isAsBefore(terminal);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("by %s from outside", async (signal, code) => {
    const terminal = started();
    await terminal.until(isThere(terminal));
    terminal.kill(signal);
    expect(await terminal.ended).toEqual({ code });
    isAsBefore(terminal);
  });

  it("by a second SIGINT as by the first, wherever that has come to", async () => {
    const terminal = started();
    await terminal.until(isThere(terminal));
    terminal.kill("SIGINT");
    terminal.kill("SIGINT");
    expect(await terminal.ended).toEqual({ code: 130 });
    isAsBefore(terminal);
  });

  it("while it still reads, and without waiting for that", async () => {
    const terminal = started();
    await terminal.until(() => terminal.isAlternate);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
    isAsBefore(terminal);
  });

  it("with commands that were asked for below", async () => {
    const terminal = started();
    await terminal.until(isThere(terminal));
    terminal.type("q");
    await terminal.ended;
    isAsBefore(terminal);
  });
});

describe("recctl alone", () => {
  it("browses on a terminal", async () => {
    const terminal = started([]);
    await terminal.until(isThere(terminal));
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
    isAsBefore(terminal);
  });

  it("shows its help where nothing can be drawn", async () => {
    const terminal = recctlOnTerminal([], { cwd: seaside(), env: { TERM: "dumb" } });
    expect(await terminal.ended).toEqual({ code: 2 });
    expect(terminal.lines().join("\n")).toContain("Usage: recctl");
    expect(terminal.raw).not.toContain("\u001b");
  });
});

describe("browse refuses, and names what lists the same,", () => {
  it.each([
    ["on a terminal on which nothing can be drawn", "TERM=dumb exec"],
    ["with another stdin", "exec </dev/null"],
  ])("%s", async (_, how) => {
    const script = `${how} "$@"`;
    const terminal = new OnTerminal("/bin/bash", ["-c", script, "bash", process.execPath, BIN, "browse"], {
      cwd: seaside(),
    });
    expect(await terminal.ended).toEqual({ code: 2 });
    expect(terminal.lines()).toEqual(["error: browse needs a terminal to draw on", "  try  recctl ls --json"]);
  });

  it("with another stdout", async () => {
    const script = `"$@" >out`;
    const cwd = seaside();
    const terminal = new OnTerminal("/bin/bash", ["-c", script, "bash", process.execPath, BIN, "browse"], { cwd });
    expect(await terminal.ended).toEqual({ code: 2 });
    expect(terminal.lines()[0]).toBe("error: browse needs a terminal to draw on");
    expect(readFileSync(join(cwd, "out"), "utf8")).toBe("");
  });
});

it("in CI, a terminal is one all the same", async () => {
  const terminal = started(["browse"], { env: { CI: "true", GITHUB_ACTIONS: "true" } });
  await terminal.until(isThere(terminal));
  terminal.type("q");
  expect(await terminal.ended).toEqual({ code: 0 });
  isAsBefore(terminal);
});

it("--no-mouse leaves the mouse to the terminal", async () => {
  const terminal = started(["browse", "--no-mouse"]);
  await terminal.until(isThere(terminal));
  terminal.type("q");
  await terminal.ended;
  expect(terminal.raw).not.toMatch(/\?100\d/);
});

it("ends when the terminal goes", async () => {
  const done = join(temporary(), "done");
  const script = 'trap : HUP; "$@"; printf %s $? >"$DONE"';
  const terminal = new OnTerminal("/bin/bash", ["-c", script, "bash", process.execPath, BIN, "browse"], {
    cwd: seaside(),
    ...SIZE,
    env: { DONE: done, RECCTL_CACHE_DIR: temporary() },
  });
  await terminal.until(isThere(terminal));
  terminal.hangUp();
  await expect.poll(() => (existsSync(done) ? readFileSync(done, "utf8") : null)).toBe("129");
});

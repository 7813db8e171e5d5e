import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environment } from "../cli/process.ts";
import { OnTerminal } from "../cli/terminal.ts";
import { BIN } from "../run.ts";
import { alternate, eventually, shown } from "./browsing.ts";
import { seaside } from "./seaside.ts";

/** Pasting (?2004) is not among them: the shell itself takes pasted text so. */
const MODES = ["?1049", "?1000", "?1006"];

/** browse, started by a person's shell: one that has jobs. */
async function inShell(): Promise<OnTerminal> {
  const env = { ...environment(), HISTFILE: "", RECCTL: `${process.execPath} ${BIN}` };
  const terminal = new OnTerminal("/bin/bash", ["--norc", "--noprofile", "-i"], {
    cwd: seaside(),
    columns: 100,
    rows: 30,
    env,
  });
  await shown(terminal, "bash-");
  terminal.type("stty -a | grep -o -- '-*icanon'; $RECCTL\r");
  await shown(terminal, "7 recordings");
  await shown(terminal, "test_low_water");
  return terminal;
}

/** The process group that has the terminal. */
function jobOf(terminal: OnTerminal): number {
  const stat = readFileSync(`/proc/${terminal.pid}/stat`, "latin1");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[5]);
}

async function isLeft(terminal: OnTerminal): Promise<void> {
  await alternate(terminal, false);
  await shown(terminal, "Stopped");
  expect(MODES.map((mode) => terminal.mode(mode))).toEqual(MODES.map(() => false));
  expect([terminal.mode("?25"), terminal.mode("?7")]).toEqual([true, true]);
  terminal.type("stty -a | grep -o -- '-*icanon' | sed s/^/now:/\r");
  await shown(terminal, "now:icanon");
}

async function isBack(terminal: OnTerminal): Promise<void> {
  await alternate(terminal, true);
  await shown(terminal, "7 recordings");
  const isSet = (): boolean => MODES.every((mode) => terminal.mode(mode)) && terminal.mode("?25") === false;
  await eventually(terminal, isSet, () => expect(MODES.map((mode) => terminal.mode(mode))).toEqual([true, true, true]));
}

async function isOver(terminal: OnTerminal): Promise<void> {
  terminal.type("q");
  await alternate(terminal, false);
  terminal.type("echo status $?\r");
  await shown(terminal, "status 0");
  terminal.type("exit\r");
  expect(await terminal.ended).toEqual({ code: 0 });
}

describe("browse under a shell with jobs", () => {
  it("stops at Ctrl-Z, and comes back with fg, as often as one likes", async () => {
    const terminal = await inShell();
    for (let round = 0; round < 3; round++) {
      terminal.type("\u001a");
      await isLeft(terminal);
      terminal.type("clear; fg\r");
      await isBack(terminal);
    }
    await isOver(terminal);
  });

  it("stops at SIGTSTP from outside, and comes back with SIGCONT from there and fg", async () => {
    const terminal = await inShell();
    const jobs = jobOf(terminal);
    process.kill(-jobs, "SIGTSTP");
    await isLeft(terminal);
    terminal.type("clear\r");
    // In the background: it stops again before it touches the terminal.
    process.kill(-jobs, "SIGCONT");
    await new Promise((done) => setTimeout(done, 200));
    expect(terminal.isAlternate).toBe(false);
    terminal.type("fg\r");
    await isBack(terminal);
    await isOver(terminal);
  });

  it("has the size that the terminal got while it was stopped", async () => {
    const terminal = await inShell();
    terminal.type("\u001a");
    await isLeft(terminal);
    terminal.resize(60, 12);
    terminal.type("clear; fg\r");
    await isBack(terminal);
    const isWhole = (): boolean => {
      const { text } = terminal.planes();
      return text.length === 12 && text.at(-1)?.includes("quit") === true && text.at(0)?.startsWith("recctl") === true;
    };
    await eventually(terminal, isWhole, () => expect(terminal.planes().text).toEqual([]));
    await isOver(terminal);
  });

  it("waits in the background for the terminal", async () => {
    const terminal = await inShell();
    terminal.type("\u001a");
    await isLeft(terminal);
    // In the background it may not have the terminal: it stops again before it touches it.
    terminal.type("bg; wait %1; clear; fg\r");
    await isBack(terminal);
    await isOver(terminal);
  });

  it("draws everything anew when it was stopped without being asked", async () => {
    const terminal = await inShell();
    const before = terminal.planes();
    // Nobody can refuse this one, or leave the screen before it.
    terminal.kill("SIGSTOP");
    terminal.kill("SIGCONT");
    await terminal.until(() => JSON.stringify(terminal.planes()) === JSON.stringify(before));
    await isOver(terminal);
  });
});

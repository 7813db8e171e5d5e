import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environment } from "../cli/process.ts";
import { OnTerminal } from "../cli/terminal.ts";
import { BIN, temporary } from "../run.ts";
import { alternate, eventually, shown } from "./browsing.ts";
import { seaside } from "./seaside.ts";

const RECCTL = `${process.execPath} ${BIN} browse`;

/** A shell that has jobs. */
async function shell(): Promise<OnTerminal> {
  const env = { ...environment(), HISTFILE: "", RECCTL_CACHE_DIR: temporary() };
  const args = ["--norc", "--noprofile", "-i"];
  const terminal = new OnTerminal("/bin/bash", args, { cwd: seaside(), columns: 100, rows: 30, env });
  await shown(terminal, "bash-");
  return terminal;
}

/** Sends a signal from outside to the job that has the terminal. */
function stop(terminal: OnTerminal, signal: string): void {
  const name = `/proc/${terminal.pid}/stat`;
  const stat = readFileSync(name, "latin1");
  const group = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[5];
  process.kill(-Number(group), `SIG${signal}`);
}

// What is typed may reach a job in the background before the shell has it: the kernel stops who reads it.
describe.runIf(process.platform === "linux")("browse and who has the terminal", () => {
  it("in the background it says so, and ends", async () => {
    const terminal = await shell();
    terminal.type(`${RECCTL} & wait $!; echo status $?\r`);
    await shown(terminal, "browse was started in the background");
    await shown(terminal, "status 2");
    expect(terminal.isAlternate).toBe(false);
  });

  it("under timeout, which leaves the foreground, too", async () => {
    const terminal = await shell();
    terminal.type(`sh -c 'timeout 30 ${RECCTL}; echo status $?'\r`);
    await shown(terminal, "status 2");
    await shown(terminal, "timeout --foreground");
  });

  it.each(["TSTP", "STOP"])("stopped by %s, SIGTERM ends it when it goes on in the background", async (signal) => {
    const terminal = await shell();
    terminal.type(`${RECCTL}\r`);
    await shown(terminal, "7 recordings");
    stop(terminal, signal);
    await eventually(
      terminal,
      () => /Stopped/.test(terminal.raw),
      () => expect(terminal.raw).toContain("Stopped"),
    );
    terminal.type(`kill -TERM %1; kill -CONT %1; wait %1; echo "status $?"\r`);
    await eventually(
      terminal,
      () => /status 143/.test(terminal.raw),
      () => expect(terminal.raw).toContain("status 143"),
    );
    await alternate(terminal, false);
  });
});

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { OnTerminal, TerminalOptions } from "../cli/terminal.ts";
import { temporary } from "../run.ts";
import { Browsing } from "./browsing.ts";
import { seaside } from "./seaside.ts";

/** `recctl browse` over a few recordings, once the answer of one of them is on the screen. */
export async function opened(options: TerminalOptions & { args?: string[] } = {}): Promise<OnTerminal> {
  const { columns = 100, rows = 30, cwd = seaside(), ...rest } = options;
  const browsing = new Browsing(cwd, { columns, rows }, rest);
  await browsing.agree();
  await browsing.type("jjjjj");
  expect(browsing.terminal.planes().text.join("\n")).toContain("── user");
  return browsing.terminal;
}

/** A program of a few lines of shell, by its path. */
export function script(lines: string): string {
  const path = join(temporary(), "program");
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

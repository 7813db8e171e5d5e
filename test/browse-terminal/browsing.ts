import { expect } from "vitest";
import { forShell } from "../../src/text/escape.ts";
import type { Size, State } from "../../src/tui/state/state.ts";
import type { Planes } from "../cli/planes.ts";
import { type OnTerminal, recctlOnTerminal, type TerminalOptions } from "../cli/terminal.ts";
import { Mirror } from "./mirror.ts";

/** How long a busy machine may take to show what it must: no test waits for it to pass. */
const PATIENCE = 20_000;

/** Resolves when `holds`; where it never does, `told` says so. */
export async function eventually(terminal: OnTerminal, holds: () => boolean, told: () => void): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((done) => {
    late = setTimeout(() => done(false), PATIENCE);
  });
  const isSo = terminal.until(holds).then(
    () => true,
    () => false,
  );
  if (!(await Promise.race([isSo, tooLate]))) told();
  clearTimeout(late);
}

/** Resolves when the terminal shows exactly that; else tells the difference. */
export async function shows(terminal: OnTerminal, wanted: Planes): Promise<void> {
  const text = JSON.stringify(wanted);
  const isShown = (): boolean => JSON.stringify(terminal.planes()) === text;
  await eventually(terminal, isShown, () => expect(terminal.planes()).toEqual(wanted));
}

/** Resolves when a text stands on the screen. */
export const shown = (terminal: OnTerminal, text: string): Promise<void> =>
  eventually(
    terminal,
    () => terminal.planes().text.some((line) => line.includes(text)),
    () => expect(terminal.planes().text.join("\n")).toContain(text),
  );

/** Resolves when the other screen is shown, or the one of the shell. */
export const alternate = (terminal: OnTerminal, isShown: boolean): Promise<void> =>
  eventually(
    terminal,
    () => terminal.isAlternate === isShown,
    () => expect([terminal.isAlternate, ...terminal.planes().text]).toEqual([isShown]),
  );

/** `recctl browse` on a terminal, beside a {@link Mirror} of it. */
export class Browsing {
  readonly terminal: OnTerminal;
  readonly mirror: Mirror;

  constructor(
    cwd: string,
    { columns, rows }: Size,
    options: TerminalOptions & { args?: string[]; flags?: string[] } = {},
  ) {
    const { args = [], flags = [], ...rest } = options;
    const filtering = flags.length === 0 ? null : flags.map(forShell).join(" ");
    const hasColour = !options.env?.NO_COLOR;
    this.mirror = new Mirror(cwd, { columns, rows }, { args, filtering, hasColour });
    this.terminal = recctlOnTerminal(["browse", ...args, ...flags], { ...rest, cwd, columns, rows });
  }

  /** Types keys, together, and waits until both have done what they mean. */
  async type(keys: string, holds?: (state: State) => boolean): Promise<void> {
    this.mirror.type(keys);
    this.terminal.type(keys);
    await this.agree(holds);
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.mirror.resize(columns, rows);
    this.terminal.resize(columns, rows);
    await this.agree();
  }

  /** Resolves when there is nothing left to wait for and every cell is as the state says. */
  async agree(holds?: (state: State) => boolean): Promise<void> {
    await this.mirror.settled(holds);
    await shows(this.terminal, await this.mirror.planes());
  }
}

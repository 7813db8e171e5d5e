import { spawn } from "@lydell/node-pty";
import { onTestFinished } from "vitest";
import { BIN, ROOT, temporary } from "../run.ts";
import { newScreen, type Planes, planesOf, type Screen } from "./planes.ts";
import { environment } from "./process.ts";

/** How a command that ran on a terminal ended: as a shell tells it, -1 where the shell itself was ended. */
export interface Ended {
  code: number;
}

export interface TerminalOptions {
  columns?: number;
  /** Enough that nothing scrolls out of what `lines` tells. */
  rows?: number;
  cwd?: string;
  env?: Record<string, string>;
  /** What stands on the screen before the command begins. */
  before?: string;
}

/** A command on a real pseudo-terminal, and the screen that its bytes make. */
export class OnTerminal {
  /** Every byte so far. */
  raw = "";
  readonly ended: Promise<Ended>;
  columns: number;
  rows: number;
  private readonly screen: Screen;
  private readonly pty: ReturnType<typeof spawn>;
  private over = false;
  private readonly waiting = new Set<() => void>();

  constructor(file: string, args: readonly string[], options: TerminalOptions = {}) {
    const { columns = 80, rows = 120, cwd = ROOT } = options;
    this.columns = columns;
    this.rows = rows;
    this.screen = newScreen({ columns, rows });
    const env = { ...environment(options.env), TERM: "xterm-256color", ...options.env, BEFORE: options.before ?? "" };
    // node-pty may drop what it has not read 200 ms after the end of what it started. So that is a shell,
    // which says how the command ended, behind all that the command wrote, and stays.
    const mark = `\u001b]${Math.random().toString().slice(2)};`;
    const script = `trap : INT TERM HUP; printf %s "$BEFORE"; unset BEFORE; "$0" "$@"; printf '${mark}%s\u0007' "$?"; read -r`;
    this.pty = spawn("/bin/bash", ["-c", script, file, ...args], { cols: columns, rows, cwd, env });
    this.ended = new Promise((done) => {
      const finish = (code: number): void => {
        this.screen.write("", () => {
          this.over = true;
          this.look();
          done({ code });
        });
      };
      this.pty.onData((text) => {
        this.raw += text;
        this.screen.write(text, () => this.look());
        const end = this.raw.indexOf(mark);
        if (end < 0 || !this.raw.endsWith("\u0007")) return;
        const code = Number(this.raw.slice(end + mark.length, -1));
        this.raw = this.raw.slice(0, end);
        finish(code);
      });
      this.pty.onExit(() => finish(-1));
    });
    // Its end is told by a thread of its own: with no one left to tell, that would end the process of the tests.
    const exited = new Promise<void>((done) => this.pty.onExit(() => done()));
    onTestFinished(async () => {
      this.kill("SIGKILL");
      await exited;
      this.screen.dispose();
    });
  }

  private look(): void {
    for (const check of this.waiting) check();
  }

  /** Resolves when `holds`; fails when the command has ended and it never did. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((done, fail) => {
      const check = (): void => {
        if (!holds() && !this.over) return;
        this.waiting.delete(check);
        if (holds()) done();
        else fail(new Error(`the command ended and the screen never showed it:\n${this.lines().join("\n")}`));
      };
      this.waiting.add(check);
      check();
    });
  }

  /** Sends a signal to all that runs on the terminal; the shell waits for what it started. */
  kill(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pty.pid, signal);
    } catch {
      // Nothing runs any more.
    }
  }

  /** Of the shell that runs the command. */
  get pid(): number {
    return this.pty.pid;
  }

  type(text: string): void {
    this.pty.write(text);
  }

  /** The terminal gets another size, as when its window is pulled. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.screen.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** The terminal goes, as when its window is closed. */
  hangUp(): void {
    this.pty.kill("SIGHUP");
    (this.pty as unknown as { destroy(): void }).destroy();
  }

  /** Something else writes on the screen; resolves when it stands there. */
  garble(text: string): Promise<void> {
    return new Promise((done) => this.screen.write(text, done));
  }

  /** What is seen now, cell by cell, without what has scrolled away. */
  planes(): Planes {
    return planesOf(this.screen);
  }

  /** Whether the other screen is shown, the one that full-screen programs have. */
  get isAlternate(): boolean {
    return this.screen.buffer.active.type === "alternate";
  }

  /** Whether a mode of the terminal (`?25`) was last set, or taken back; null where it was never named. */
  mode(name: string): boolean | null {
    const set = this.raw.lastIndexOf(`\u001b[${name}h`);
    const reset = this.raw.lastIndexOf(`\u001b[${name}l`);
    return set === reset ? null : set > reset;
  }

  /** The rows of the screen, what has scrolled away included, without the empty ones at the end. */
  lines(): string[] {
    const rows: string[] = [];
    const { active } = this.screen.buffer;
    for (let y = 0; y < active.length; y++) rows.push(active.getLine(y)?.translateToString(true) ?? "");
    while (rows.at(-1) === "") rows.pop();
    return rows;
  }

  /** Rows that go on from the one above: lines that were wider than the terminal. */
  overflows(): string[] {
    const { active } = this.screen.buffer;
    return this.lines().filter((_, y) => active.getLine(y)?.isWrapped);
  }

  /** In which column of the terminal `text` begins in row `y`, in cells from 0; -1 where it is not. */
  cellOf(y: number, text: string): number {
    const line = this.screen.buffer.active.getLine(y);
    for (let x = 0; line && x < this.columns; x++) {
      if (line.translateToString(true, x).startsWith(text) && line.getCell(x)?.getWidth() !== 0) return x;
    }
    return -1;
  }

  /** The look of a cell: palette colour (-1 for the default) and attributes. */
  lookOf(y: number, x: number): { colour: number; dim: boolean; bold: boolean } {
    const cell = this.screen.buffer.active.getLine(y)?.getCell(x);
    if (!cell) throw new Error(`no cell ${x} in row ${y}`);
    return { colour: cell.isFgDefault() ? -1 : cell.getFgColor(), dim: cell.isDim() !== 0, bold: cell.isBold() !== 0 };
  }
}

/** recctl on a terminal, to its end. */
export async function onTerminal(args: readonly string[], options: TerminalOptions = {}): Promise<OnTerminal & Ended> {
  const terminal = recctlOnTerminal(args, options);
  return Object.assign(terminal, await terminal.ended);
}

/** recctl on a terminal, running. */
export const recctlOnTerminal = (args: readonly string[], options: TerminalOptions = {}): OnTerminal =>
  new OnTerminal(process.execPath, [BIN, ...args], {
    ...options,
    env: { RECCTL_CACHE_DIR: options.env?.RECCTL_CACHE_DIR ?? temporary(), ...options.env },
  });

import { forTerminal, forTerminalLine } from "../text/escape.ts";
import { squeeze, width } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Screen } from "./report.ts";

/** A line of a recording's text as lines of at most so many columns, escaped for a terminal. */
export type Wrap = (line: string, columns: number) => readonly string[];

const wrapped: Wrap = (line, columns) => wrapLines(forTerminal(line), columns);

/** Lines narrower than this are easier to read than the whole width of a wide terminal. */
const MEASURE = 100;

/** Text put where it will be read. */
export class Page {
  readonly columns: number;

  /** @param wrap how a line of text becomes lines of the screen, escaped; asked on a terminal alone */
  constructor(
    readonly screen: Screen,
    private readonly wrap: Wrap = wrapped,
  ) {
    this.columns = Math.min(screen.columns, MEASURE);
  }

  /** One line, escaped for a terminal. */
  line(text: string): string {
    return this.screen.terminal ? forTerminalLine(text) : text;
  }

  *text(text: string, indent = ""): Generator<string> {
    for (const line of text.split("\n")) {
      const lines = this.screen.terminal ? this.wrap(line, this.columns - indent.length) : [line];
      for (const part of lines) yield part === "" ? "" : indent + part;
    }
  }

  /** A name and what it holds; long values go on below, indented. */
  *field(name: string, value: string): Generator<string> {
    const [first = "", ...rest] = [...this.text(value, "           ")];
    yield this.screen.paint("faint", name.padEnd(11)) + first.trimStart();
    yield* rest;
  }

  rule(title: string): string {
    const text = this.screen.terminal ? squeeze(this.line(title), this.columns - 6) : title;
    const dashes = "─".repeat(Math.max(2, Math.min(this.columns, 72) - width(text) - 4));
    return `${this.screen.paint("faint", "──")} ${this.screen.paint("who", text)} ${this.screen.paint("faint", dashes)}`;
  }
}

import { forTerminal, forTerminalLine } from "../text/escape.ts";
import { clip, squeeze, width } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Screen } from "./report.ts";

/** A line of a recording's text as lines of at most so many columns, escaped for a terminal. */
export type Wrap = (line: string, columns: number) => readonly string[];

const wrapped: Wrap = (line, columns) => wrapLines(forTerminal(line), columns);

/** How long a text may be; what stands in place of the rest. */
export interface Cut {
  characters: number;
  told(left: number): string;
}

/** Lines narrower than this are easier to read than the whole width of a wide terminal. */
const MEASURE = 100;

/** Text put where it will be read. */
export class Page {
  readonly columns: number;

  /**
   * @param cut where texts are cut, if they are
   * @param wrap how a line of text becomes lines of the screen, escaped; asked on a terminal alone
   */
  constructor(
    readonly screen: Screen,
    private readonly wrap: Wrap = wrapped,
    private readonly cut: Cut | null = null,
  ) {
    this.columns = Math.min(screen.columns, MEASURE);
  }

  /** One line, escaped for a terminal. */
  line(text: string): string {
    return this.screen.terminal ? forTerminalLine(text) : text;
  }

  *text(whole: string, indent = ""): Generator<string> {
    const text = this.isLong(whole) ? whole.slice(0, this.cut?.characters) : whole;
    for (const line of text.split("\n")) {
      const lines = this.screen.terminal ? this.wrap(line, this.columns - indent.length) : [line];
      for (const part of lines) yield part === "" ? "" : indent + part;
    }
    if (this.cut && text !== whole) {
      const told = this.cut.told(whole.length - text.length);
      yield this.screen.paint("faint", indent + clip(told, this.columns - indent.length));
    }
  }

  /** Whether a text is cut. */
  isLong(text: string): boolean {
    return this.cut !== null && text.length > this.cut.characters;
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

import { pinned } from "./row.ts";
import stringWidth from "./string-width.ts";

/** What was written into a row of the screen, from a column on. */
interface Written {
  x: number;
  text: string;
}

/**
 * What stands in for Ink's own `Output` in the bundle: texts by row, one beside another. Ours are lines that fit their
 * place and never lie over each other, so nothing has to be cut, and no cell has to be known.
 */
export default class Output {
  private readonly rows: Written[][];

  constructor(private readonly size: { width: number; height: number }) {
    this.rows = Array.from({ length: size.height }, () => []);
  }

  write(x: number, y: number, text: string): void {
    for (const [at, line] of text.split("\n").entries()) this.rows[y + at]?.push({ x, text: line });
  }

  clip(): void {}

  unclip(): void {}

  get(): { output: string; height: number } {
    return { output: this.rows.map((row) => pinned(rowText(row))).join("\n"), height: this.size.height };
  }
}

function rowText(row: readonly Written[]): string {
  let at = 0;
  let line = "";
  for (const { x, text } of row) {
    line += " ".repeat(Math.max(0, x - at)) + text;
    at = x + stringWidth(text);
  }
  return line;
}

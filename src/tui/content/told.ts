import { forTerminalLine } from "../../text/escape.ts";
import type { Look, Paint } from "../../text/style.ts";
import { wrapLines } from "../../text/wrap.ts";
import type { Known } from "../state/state.ts";

/** A sentence in lines of at most `columns`, `by` spaces before each, and a look. */
export function said(text: string, by: number, columns: number, paint: Paint, look?: Look): string[] {
  return wrapLines(forTerminalLine(text), columns - by).map(
    (line) => " ".repeat(by) + (look ? paint(look, line) : line),
  );
}

/** A label, and beside it what it says. */
export function labelled(label: string, text: string, by: number, columns: number, paint: Paint): string[] {
  const wide = label.length + 2;
  return wrapLines(forTerminalLine(text), columns - by - wide).map(
    (line, at) => " ".repeat(by) + (at === 0 ? `${paint("faint", label)}  ` : " ".repeat(wide)) + line,
  );
}

/** What stands in place of what is not known: `doing` while it is found out, else why it could not be. */
export function unknownLines<T>(
  known: Exclude<Known<T>, { is: "known" }>,
  doing: string,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (known.is !== "failed") return said(doing, 0, columns, paint, "faint");
  return known.why
    .split("\n")
    .flatMap((line, at) => said(line, at === 0 ? 0 : 2, columns, paint, at === 0 ? "bad" : undefined));
}

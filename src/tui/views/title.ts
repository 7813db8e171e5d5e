import { forTerminalLine } from "../../text/escape.ts";
import type { Paint } from "../../text/style.ts";
import { clip, width } from "../../text/width.ts";
import { fitted } from "./line.ts";

/**
 * The title of a pane, and at its right what is told of it: of several forms the first that fits; between them a rule. A
 * sign and a look tell whether it has the keys.
 */
export function titleLine(
  title: string,
  told: readonly string[],
  hasKeys: boolean,
  columns: number,
  paint: Paint,
): string {
  const left = clip(`${hasKeys ? "■" : "□"} ${forTerminalLine(title)}`, columns);
  const room = columns - width(left);
  const right = told.map(forTerminalLine).find((form) => width(form) <= room - 3) ?? "";
  const end = right === "" ? "" : ` ${right}`;
  const rule = room < 2 ? "" : ` ${"─".repeat(Math.max(0, room - 1 - width(end)))}`;
  return fitted(paint(hasKeys ? "heading" : "faint", left) + paint("faint", rule + end), columns);
}

import { forTerminalLine } from "../text/escape.ts";
import type { Broken } from "./entry.ts";

/** A broken file in a line: where, what is wrong, and what helps. */
export const brokenNote = ({ path, line, column, message, remedy }: Broken): string =>
  forTerminalLine(`${path}:${line}:${column}: ${message}${remedy ? ` (try: ${remedy})` : ""}`);

import { clipStart, width } from "../text/width.ts";

/** How much of the columns parameters get where function and parameters do not fit. */
const SHARE = 0.4;

/**
 * A test id in at most `columns`, so that the test can be told: folders go first, then the file and the class, then the beginning
 * of the parameters, and that of the function last.
 */
export function testIdIn(id: string, columns: number): string {
  const file = id.indexOf("::");
  const open = id.indexOf("[", Math.max(file, 0));
  if (file < 0 || open < 0) return clipStart(id, columns);
  const [name, parameters] = [id.slice(0, open), id.slice(open)];
  const own = Math.min(width(name.slice(name.lastIndexOf(":") + 1)) + 1, columns);
  const room = Math.max(columns - own, Math.ceil(columns * SHARE));
  const end = width(parameters) <= room ? parameters : `[${clipStart(parameters.slice(1), room - 1)}`;
  return clipStart(name, columns - width(end)) + end;
}

import { UserError } from "../../errors.ts";
import { appendLines, type Lines, lastOf } from "../../store/lines.ts";
import { isJournalLine } from "../../usage/runs/journal.ts";
import type { Context } from "../command.ts";

/**
 * Opens a file that lines of a journal are appended to: a new one, or a journal. `other` is how another file is named.
 * @throws UserError where something else stands there, or it cannot be written
 */
export function openJournal(context: Context, path: string, other: string): Lines {
  const { kind, lines } = lastOf(context, path);
  const refused = (fact: string): UserError => new UserError(fact, { place: path, remedy: other });
  if (kind !== null) throw refused(`a journal is a file, and this is ${kind}`);
  const isOurs = (line: string, at: number): boolean =>
    line.trim() === "" || isJournalLine(line) || (at === lines.length - 1 && CUT.test(line));
  if (!lines.every(isOurs)) throw refused("this file is no journal of recctl: nothing is appended to it");
  return appendLines(context, path);
}

/** How a line begins that a run which was killed left behind the last newline. */
const CUT = /^\{"time":"\d{4}-/;

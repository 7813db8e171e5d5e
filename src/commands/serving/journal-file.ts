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
  // What a run that was killed left behind the last newline has no say, unless there is nothing else.
  const whole = lines.slice(0, -1).findLast((line) => line.trim() !== "");
  const rest = lines.at(-1) ?? "";
  if (!(whole === undefined ? isBeginning(rest) : isJournalLine(whole))) {
    throw refused("this file is no journal of recctl: nothing is appended to it");
  }
  return appendLines(context, path);
}

/** As every line of a journal begins, or as much of that as there is. */
const BEGINNING = '{"time":"';
const isBeginning = (text: string): boolean => {
  const line = text.trim();
  return line.startsWith(BEGINNING) || BEGINNING.startsWith(line);
};

import { type Asked, LEAST_DIGITS } from "../compare/why/index.ts";
import { UserError } from "../errors.ts";
import { readName } from "../recording/name.ts";
import { kindAt } from "../store/paths.ts";
import { countText } from "../text/bytes.ts";
import type { Context } from "./command.ts";

/** A hash, or its first digits, as recctl prints them: alone, or in an id that a recorder wrote. */
const TYPED = /^(?:rec-)?([0-9a-f]{4,})(?:…|\.\.\.)?$/;
const WHOLE = /^(?:[0-9a-f]{64}|[0-9a-f]{12})$/;

/** The hash that was typed, in any case, or what is told of one: alone, or as the path of a recording that is not there. @throws UserError for too few digits, or too many */
export function hashIn(arg: string, context: Context): string | null {
  if (kindAt(context, arg) !== "nothing") return null;
  const typed = arg.toLowerCase();
  const [, digits] = TYPED.exec(typed) ?? [];
  if (digits === undefined) {
    const { hash } = readName(typed.endsWith(".json") ? typed : `${typed}.json`);
    return WHOLE.test(hash) ? hash : null;
  }
  const refused = (fact: string): UserError =>
    new UserError(fact, { place: arg, remedy: `${context.recctl} why HASH, of ${LEAST_DIGITS} to 64 digits` });
  if (digits.length < LEAST_DIGITS) throw refused(`too few digits of a hash: ${LEAST_DIGITS} tell one from others`);
  if (digits.length > 64) throw refused(`no hash: it has ${digits.length} digits`);
  return digits;
}

/** How many names are told. */
const MOST = 4;

/**
 * What was asked, its hash whole where it is the start of one name alone. @param names those of recordings that are there, and
 * that git's history has. @throws UserError where what was typed is the start of several
 */
export function wholeHash(asked: Asked, names: Iterable<string>, { recctl }: Context): Asked {
  const { hash, isStart = false, isTyped = false } = asked;
  if (hash === null || !isStart) return asked;
  const found = [...new Set([...names].filter((name) => name.startsWith(hash)))].sort();
  const [only] = found;
  if (found.length > 1 && isTyped) {
    const more = found.length > MOST ? ["…"] : [];
    throw new UserError(`${countText(found.length, "name")} begin with it`, {
      place: [...found.slice(0, MOST), ...more],
      remedy: `${recctl} why ${only}`,
    });
  }
  return only === undefined || found.length > 1 ? asked : { ...asked, hash: only };
}

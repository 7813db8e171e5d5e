import { InvalidArgumentError, Option } from "commander";
import type { Fact } from "../checks/rule.ts";
import { guessToday, type Today, todayFrom } from "../checks/today.ts";
import { UserError } from "../errors.ts";
import { schemesOf } from "../recording/names/schemes.ts";
import { countText } from "../text/bytes.ts";
import type { Context } from "./command.ts";
import { SCHEME_NAMES } from "./scheme-names.ts";
import { settingsOf } from "./settings.ts";

/** The option that says which scheme recorders use now. */
export const schemeOption = (): Option =>
  new Option(
    "--scheme <id>",
    "the scheme that recorders use now, or auto: the newest, unless the names say otherwise",
  ).argParser((value: string) => {
    if (SCHEME_NAMES.includes(value)) return value;
    throw new InvalidArgumentError(`Allowed choices are ${SCHEME_NAMES.join(", ")}.`);
  });

/** The scheme that the option or else the configuration sets; undefined: nobody says. */
async function setScheme(
  asked: string | undefined,
  context: Context,
): Promise<{ scheme: string; from: "option" | "configuration" } | undefined> {
  if (asked !== undefined) return asked === "auto" ? undefined : { scheme: asked, from: "option" };
  const { scheme } = await settingsOf(context);
  return scheme === "auto" ? undefined : { scheme, from: "configuration" };
}

/** Whether somebody says which scheme it is. */
export const isSchemeSet = async (asked: string | undefined, context: Context): Promise<boolean> =>
  (await setScheme(asked, context)) !== undefined;

/** The scheme of today: what was asked for, else what is configured, else a guess by the names that are known. */
export async function todayOf(
  asked: string | undefined,
  facts: () => readonly Fact[] | Promise<readonly Fact[]>,
  context: Context,
): Promise<Today> {
  const set = await setScheme(asked, context);
  return set ? todayFrom(set.scheme, set.from, await facts()) : guessToday(await facts());
}

/**
 * Whoever renames or removes must know today's scheme: by a guess live files would be lost. `command` is how to
 * type it with a scheme.
 * @throws UserError with the counts per scheme where it was guessed
 */
export function mustBeSet(today: Today, command: (scheme: string) => string): void {
  if (today.from !== "auto") return;
  const ids = schemesOf("inference").map(({ id }) => id);
  const counts = ids.reverse().flatMap((id) => (today.counts.has(id) ? [{ id, count: today.counts.get(id) }] : []));
  const likely = counts.length > 0 ? counts.slice(0, 3) : [{ id: today.date }];
  throw new UserError("which scheme do recorders use now? names are not changed by a guess", {
    place:
      counts.length === 0
        ? "no name here verifies under any scheme"
        : counts.map(({ id, count = 0 }) => `${countText(count, "name")} by ${id}`),
    remedy: [...likely.map(({ id }) => command(id)), '{"scheme": "…"} in recctl.config.json, for good'],
  });
}

import { createContext, Script } from "node:vm";
import { UsageError, UserError } from "../errors.ts";

/** How long an expression may search one recording, in milliseconds. */
const LONGEST = 5000;

/**
 * What a regular expression that somebody typed finds in the texts of a recording. One that would search for ever is
 * stopped: no signal reaches a process that is inside of one.
 * @throws UsageError where it is none. What it gives throws UserError where it takes too long.
 */
export function matcherOf(source: string, flags: string): (texts: readonly string[], path: string) => string[] {
  try {
    new RegExp(source, flags);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const world = createContext({ source, flags: `${flags}g`, texts: [] as readonly string[] });
  const script = new Script("texts.flatMap((text) => text.match(new RegExp(source, flags)) ?? [])");
  return (texts, path) => {
    world.texts = texts;
    try {
      // Out of a world of its own comes an array of that world.
      return Array.from(script.runInContext(world, { timeout: LONGEST }) as string[]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      throw new UserError(`the expression searches for more than ${LONGEST / 1000} seconds`, {
        place: path,
        remedy: "one in which nothing repeats what repeats, such as /a+b/ for /(a|aa)+b/",
      });
    }
  };
}

import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type Found, find } from "../store/find.ts";
import { kindAt } from "../store/paths.ts";
import type { Context } from "./command.ts";
import { settingsOf } from "./settings.ts";

const GLOB = /[*?[{]/;

/**
 * Finds the files that arguments name; without arguments, those below the configured roots, else below the
 * folder that recctl runs in.
 * @throws UserError for an argument or a root that leads nowhere
 */
export async function findFiles(args: readonly string[], gitignore: boolean, context: Context): Promise<Found> {
  const { cwd, recctl } = context;
  if (args.length > 0) return find({ cwd }, args, gitignore);
  const { roots, folder, from } = await settingsOf(context);
  const missing = roots.find((root) => !GLOB.test(root) && kindAt({ cwd: folder }, root) === "nothing");
  if (missing !== undefined) {
    throw new UserError(`the configured root ${missing} is not there`, {
      place: from.roots,
      remedy: [`${recctl} config`, `${recctl} ls .`],
    });
  }
  return find(
    { cwd },
    roots.map((root) => join(folder, root)),
    gitignore,
  );
}

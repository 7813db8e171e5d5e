import { join, relative } from "node:path";
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
  const wrong = (fact: string): UserError =>
    new UserError(fact, { place: from.roots, remedy: [`${recctl} config`, `${recctl} ls .`] });
  const missing = roots.find((root) => !GLOB.test(root) && kindAt({ cwd: folder }, root) === "nothing");
  if (missing !== undefined) throw wrong(`the configured root ${missing} is not there`);
  try {
    return await find(
      { cwd },
      // Not absolute: a folder above may have a name that reads as a glob.
      roots.map((root) => relative(cwd, join(folder, root)) || "."),
      gitignore,
    );
  } catch (error) {
    // A glob that matches nothing: to list the tree again would only say so again.
    throw error instanceof UserError && roots.length > 0 ? wrong(error.message) : error;
  }
}

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
    return await find({ cwd }, typedFrom(cwd, folder, roots), gitignore);
  } catch (error) {
    // A glob that matches nothing: to list the tree again would only say so again.
    throw error instanceof UserError && roots.length > 0 ? wrong(error.message) : error;
  }
}

/** Roots as they would be typed. Not absolute: a folder above may have a name that reads as a glob. */
const typedFrom = (cwd: string, folder: string, roots: readonly string[]): string[] =>
  roots.map((root) => relative(cwd, join(folder, root)) || ".");

/** As {@link findFiles}, for who goes on without what is gone, as folders are with a branch. */
export async function findThere(args: readonly string[], gitignore: boolean, context: Context): Promise<Found> {
  const { cwd } = context;
  const { roots, folder } = await settingsOf(context);
  const wanted = args.length > 0 ? args : typedFrom(cwd, folder, roots);
  const all = await foundOr(cwd, wanted, gitignore);
  if (all !== null) return all;
  const isThere = await Promise.all(wanted.map(async (one) => (await foundOr(cwd, [one], gitignore)) !== null));
  const there = wanted.filter((_, at) => isThere[at]);
  const isNone = wanted.length > 0 && there.length === 0;
  return (isNone ? null : await foundOr(cwd, there, gitignore)) ?? { folders: [], unreadable: [], entered: [] };
}

/** Null for what leads nowhere. */
async function foundOr(cwd: string, args: readonly string[], gitignore: boolean): Promise<Found | null> {
  try {
    return await find({ cwd }, args, gitignore);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

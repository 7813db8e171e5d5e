import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "./folders.ts";

/**
 * Makes the folder of a path that came from outside, relative to `root` and without dot segments: no link on the way is followed.
 * Gives why not, or null.
 */
export function makeSafeFolder(root: string, path: string): string | null {
  return walk(root, path, (folder) => {
    makeFolders(folder);
    return true;
  });
}

/** Why such a folder could not be made, or written to, as far as looking tells; null where nothing speaks against it. */
export function whyNotSafeFolder(root: string, path: string): string | null {
  let last = root;
  const refused = walk(
    root,
    path,
    () => false,
    (folder) => {
      last = folder;
    },
  );
  if (refused !== null) return refused;
  try {
    accessSync(last, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const place = last === root ? "the folder that it is in" : last.slice(root.length).replace(/^\/+/, "");
    return `${place} may not be written to (${(error as NodeJS.ErrnoException).code})`;
  }
}

/** Goes down to a folder; `missing` tells whether to go on where one is not there. Gives why not, or null. */
function walk(
  root: string,
  path: string,
  missing: (folder: string) => boolean,
  there: (folder: string) => void = () => undefined,
): string | null {
  let folder = root;
  for (const segment of path.split("/")) {
    folder = join(folder, segment);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return `${segment} in ${path} is a link, which may lead out of the tree`;
    if (stat && !stat.isDirectory()) return `${segment} in ${path} is no folder`;
    if (stat) there(folder);
    else if (!missing(folder)) return null;
  }
  return null;
}

import { lstatSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "./folders.ts";

/**
 * Makes the folder of a path that came from outside, relative to `root` and without dot segments: no link on the way is followed.
 * Gives why not, or null.
 */
export function makeSafeFolder(root: string, path: string): string | null {
  let folder = root;
  for (const segment of path.split("/")) {
    folder = join(folder, segment);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return `${segment} in ${path} is a link, which may lead out of the tree`;
    if (stat && !stat.isDirectory()) return `${segment} in ${path} is no folder`;
    if (!stat) makeFolders(folder);
  }
  return null;
}

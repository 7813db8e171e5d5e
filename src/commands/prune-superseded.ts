import { absolute, kindAt } from "../store/paths.ts";
import type { Superseded } from "../usage/verdicts/index.ts";
import type { Context } from "./command.ts";
import { diffed } from "./diffing.ts";

/**
 * What a run says of the recordings that it came after. `run`: a folder with what it wrote, or the revision (or range) before it.
 * A predecessor counts only where its successor lies in the tree: what was never brought in takes nobody's place.
 */
export async function supersededBy(run: string, complete: boolean, context: Context): Promise<Superseded> {
  const isFolder = kindAt(context, run) === "folder";
  const found = await diffed(
    isFolder ? [".", run] : [run],
    {
      staged: false,
      overlay: isFolder,
      brought: isFolder,
      renames: [],
      only: "request",
      ignore: [],
      wants: () => true,
    },
    context,
  );
  const by = new Map<string, string>();
  for (const at of found.superseded) {
    const pair = found.pairs[at];
    // Other parameters alone are a guess, and no reason to remove.
    if (!pair || pair.via === "parameters" || kindAt(context, pair.now.path) !== "file") continue;
    by.set(absolute(context, pair.old.path), pair.now.path);
  }
  return { by, complete };
}

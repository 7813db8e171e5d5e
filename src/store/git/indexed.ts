import { readBlobs } from "./blobs.ts";
import type { Env } from "./run.ts";
import { hasText, indexedFiles, LINK } from "./staged.ts";
import { byRepository } from "./state.ts";

/**
 * Hands out the files among `paths` (absolute) that git's index has, of whatever repository; without a text for links,
 * for files in conflict, and for those that this clone does not have. Their order is no one's.
 * @throws UserError where git cannot be asked
 */
export async function readIndexed(
  paths: readonly string[],
  env: Env,
  take: (path: string, text: Buffer | null) => Promise<void>,
): Promise<void> {
  for (const { git, paths: own } of await byRepository(paths, env)) {
    if (git === null) continue;
    const files = await indexedFiles(git, own);
    const texts = new Map<string, string[]>();
    for (const file of files) {
      if (!hasText(file) || file.mode === LINK) await take(file.path, null);
      else texts.set(file.oid, [...(texts.get(file.oid) ?? []), file.path]);
    }
    await readBlobs(git, [...texts.keys()], async (oid, bytes) => {
      for (const path of texts.get(oid) ?? []) await take(path, bytes);
    });
  }
}

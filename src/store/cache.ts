import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolders } from "./folders.ts";

/** Keeps a file of the cache, in one step. A racing process or a full disk loses it, no more; tells whether it was kept. */
export function keep(path: string, content: string | Uint8Array): boolean {
  const fresh = `${path}.${Math.random().toString(36).slice(2)}.new`;
  try {
    makeFolders(dirname(path), 0o700);
    writeFileSync(fresh, content, { mode: 0o600 });
    renameSync(fresh, path);
    return true;
  } catch {
    discard(fresh);
    return false;
  }
}

/** Removes a file of the cache, or leaves it. */
export function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing was there to remove, or nothing may be removed: it is a cache.
  }
}

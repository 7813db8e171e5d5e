import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Keeps a file of the cache, in one step. A racing process or a full disk loses it, no more; tells whether it was kept. */
export function keep(path: string, content: string | Uint8Array): boolean {
  const fresh = `${path}.${Math.random().toString(36).slice(2)}.new`;
  try {
    makeFolder(dirname(path));
    writeFileSync(fresh, content, { mode: 0o600 });
    renameSync(fresh, path);
    return true;
  } catch {
    discard(fresh);
    return false;
  }
}

/** By hand: Node's own recursion never ends where a folder that is there takes no other (`/proc`). */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
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

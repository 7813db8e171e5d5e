import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, with those above it, where it is not there. Node's own way tells a read-only disk as a folder that is
 * gone, and never ends where the system says so though the folder above is there (`/proc`).
 */
export function makeFolders(folder: string, mode?: number): void {
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    const above = dirname(folder);
    if (code !== "ENOENT" || existsSync(above) || above === folder) throw error;
    makeFolders(above, mode);
    makeFolders(folder, mode);
  }
}

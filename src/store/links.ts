import { lstatSync, realpathSync, statSync } from "node:fs";
import { sha256 } from "../recording/digest.ts";
import { FileReader, ReadError } from "./read.ts";

/** Where a path (absolute) really leads, links followed, and whether its own name is a link; a path that leads nowhere, as it is. */
export function realPlace(path: string): { real: string; isLink: boolean } {
  try {
    return { real: realpathSync(path), isLink: lstatSync(path).isSymbolicLink() };
  } catch {
    return { real: path, isLink: false };
  }
}

/** The SHA-256, in hex, of the file at an absolute path; null where nothing is, "" for what is no file of its own, or cannot be read. */
export function digestAt(path: string): string | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile()) return "";
  try {
    return sha256(new FileReader().read(path).bytes);
  } catch (error) {
    if (error instanceof ReadError) return "";
    throw error;
  }
}

/** When the file at an absolute path was last written, in milliseconds since 1970; null where nothing tells. */
export function timeOf(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}

import type { Subject } from "../checks/rule.ts";
import { sha256 } from "../recording/digest.ts";

/** What is wanted of one file; whether it can be had depends on the others. */
export interface Wish {
  /** As people see it. */
  path: string;
  /** Absolute. */
  place: string;
  /** SHA-256, in hex, of the bytes that were read. */
  before: string;
  /** The file's new name, in the same folder; null: it keeps its own. */
  to: string | null;
  /** The new bytes; null: they stay as they are. */
  after: Buffer | null;
  /** Why, in a few words. */
  why: string;
}

/** A file that is left alone, and why. */
export interface Left {
  path: string;
  why: string;
  /** What files that are left for one reason have in common, in a few words. */
  cause: string;
  /** The path that it would have. */
  to?: string;
}

/** A wish for a recording: its file is called `name` (without `.json`), or keeps its name where that is null, and reads `text`. */
export function wishFor(
  { path, place, bytes, text: before }: Pick<Subject, "path" | "place" | "bytes" | "text">,
  { name, text, why }: { name: string | null; text: string; why: string },
): Wish {
  const own = place.slice(place.lastIndexOf("/") + 1);
  const to = name === null || `${name}.json` === own ? null : `${name}.json`;
  return { path, place, before: sha256(bytes), to, after: text === before ? null : Buffer.from(text), why };
}

import type { Io } from "../../io.ts";
import type { Disk } from "./disk.ts";

/** One file's part in a change. Paths are absolute; `before` is the SHA-256 (hex) of the bytes that the plan saw. */
export type Step =
  | { type: "rewrite"; path: string; before: string; after: Buffer }
  /** `after` null: the bytes stay as they are. */
  | { type: "rename"; path: string; to: string; before: string; after: Buffer | null }
  | { type: "remove"; path: string; before: string };

/** What is to happen to a tree, all of it or nothing. */
export interface Change {
  /** The command that plans it, such as `rekey`. */
  command: string;
  steps: readonly Step[];
}

/** What a transaction needs of the world. */
export interface Ports extends Pick<Io, "now" | "breathe" | "pid" | "isAlive"> {
  /** Absolute. Without a git repository around it, journals lie in its `.recctl`; paths are shown relative to it. */
  cwd: string;
  /** How commands that are suggested begin: `recctl`, with `-C DIR` where it was given. */
  recctl: string;
  /** Resolves after that many milliseconds; where it is not given, nobody waits for another process. */
  sleep?: Io["sleep"];
  /** The disk itself where none is given; tests give one that stops. */
  disk?: Disk;
}

/** How many files a change touches, by what is done to them. */
export interface Counts {
  renamed: number;
  rewritten: number;
  removed: number;
  /** New ones, where nothing was. */
  added: number;
}

export function countSteps(steps: readonly { type: Step["type"] | "add" }[]): Counts {
  const count = (type: Step["type"] | "add"): number => steps.filter((step) => step.type === type).length;
  return { renamed: count("rename"), rewritten: count("rewrite"), removed: count("remove"), added: count("add") };
}

/** A file that was not taken back, because nobody but its owner can know what is right. */
export interface Left {
  /** Absolute. */
  path: string;
  why: string;
  /** Where its original is kept (absolute); null where no original belongs there, or where it is lost. */
  kept: string | null;
}

/** A change that was cut short, or whose undoing was, and that has been taken back now. */
export interface Recovery {
  id: string;
  command: string;
  /** Milliseconds since 1970. */
  time: number;
  /** Whether it was being undone when it was cut short. */
  undoing: boolean;
  /** Files that had to be put back or taken away. */
  restored: number;
  left: readonly Left[];
}

/** What a change did. `id` is null for a change without steps, which leaves nothing to undo. */
export interface Applied extends Counts {
  id: string | null;
  recovered: readonly Recovery[];
}

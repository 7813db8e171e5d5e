import type { Head } from "../recording/head.ts";

/** A recording in a list: where it lies and what its head says. Its texts stay on disk. */
export interface Entry {
  /** As people see it, relative to the folder recctl ran in, with `/`. */
  path: string;
  /** The hash in the file's name; `<hash>-<d8>` for a model list. */
  id: string;
  bytes: number;
  head: Head;
}

/** A file that stands where a recording should and is none, or cannot be read. */
export interface Broken {
  path: string;
  /** From 1. A file that could not be opened at all is told at 1:1. */
  line: number;
  column: number;
  message: string;
  /** A command that helps, where there is one. */
  remedy?: string;
}

export const isBroken = (file: Entry | Broken): file is Broken => "message" in file;

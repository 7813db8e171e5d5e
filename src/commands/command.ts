import type { Command } from "commander";
import type { Exit } from "../errors.ts";
import type { Io } from "../io.ts";
import type { Report } from "../report/report.ts";

/** What a command hands back. One that streams has written its output itself and has no report. */
export interface Outcome {
  /** One of EXIT, but for a command that ends as another does that it ran. */
  exit: Exit | number;
  report?: Report;
  /** Told on stderr behind the report. */
  notes?: readonly string[];
}

/** What a command may use of the world. */
export interface Context {
  io: Io;
  /** Absolute: `-C DIR`, else the working folder. */
  cwd: string;
  /** How commands that recctl suggests begin, so that they work when pasted: `recctl`, with `-C DIR` where it was given. */
  recctl: string;
  /** The command that was typed. */
  verb: string;
}

/** A verb: one file in this folder. */
export interface Verb<Options = never> {
  /** Commands to type and what they do; the help begins with them. */
  examples: readonly (readonly [command: string, does: string])[];
  /** What the exit statuses mean here; the help ends with them. */
  exits: readonly (readonly [status: Exit, meaning: string])[];
  /** Arguments, options and description. */
  define(command: Command): void;
  run(args: readonly string[], options: Options, context: Context): Promise<Outcome>;
}

/** How a verb is listed before it is loaded. */
export interface VerbEntry {
  name: string;
  summary: string;
  load(): Promise<Verb>;
}

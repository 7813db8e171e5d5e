import type { Command } from "commander";
import { EXIT, UsageError } from "../errors.ts";
import type { Verb } from "./command.ts";
import { type SelectionOptions, selectionOptions } from "./selection.ts";

export interface BrowseOptions extends SelectionOptions {
  mouse: boolean;
}

export const browse: Verb<BrowseOptions> = {
  examples: [
    ["recctl browse", "every recording below the current folder"],
    ["recctl browse tests/integration", "those of a folder"],
    ["recctl browse --failed", "recorded failures only"],
  ],
  exits: [
    [0, "left"],
    [2, "wrong usage, no terminal, or a path that leads nowhere"],
  ],
  define(command: Command) {
    command.description(
      "Shows tests, their requests and what streamed in, on the whole terminal; ? tells the keys. " +
        "PATH is a folder, a file or a glob; without it, every .json below a folder called recordings.",
    );
    command.argument("[path...]", "folders, files or globs");
    selectionOptions(command);
    command.option("--no-mouse", "leave the mouse to the terminal, to select text");
  },
  async run(args, options, context) {
    const terminal = await context.io.terminal();
    if (!terminal) {
      throw new UsageError("browse needs a terminal to draw on", { remedy: `${context.recctl} ls --json` });
    }
    if (!terminal.isOurs()) {
      const remedy = "start it in the foreground; under timeout with timeout --foreground";
      throw new UsageError("browse was started in the background, and another job has the terminal", { remedy });
    }
    const { browseOn } = await import("./browsing/run.ts");
    await browseOn(terminal, args, options, context);
    return { exit: EXIT.ok };
  },
};

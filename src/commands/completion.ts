import { Argument, type Command } from "commander";
import { EXIT } from "../errors.ts";
import type { Verb } from "./command.ts";
import { SCRIPTS } from "./completing/scripts.ts";

export const completion: Verb = {
  examples: [
    ["source <(recctl completion bash)", "in this shell; in ~/.bashrc for good"],
    ["source <(recctl completion zsh)", "the same for zsh, in ~/.zshrc"],
    ["recctl completion fish | source", "the same for fish, in config.fish"],
  ],
  exits: [
    [0, "printed"],
    [2, "no such shell"],
  ],
  define(command: Command) {
    command.description("Prints a script with which the shell completes commands, flags, ids and test ids.");
    command.addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SCRIPTS)));
  },
  async run([shell = ""], _, { io }) {
    await io.stdout.write(SCRIPTS[shell as keyof typeof SCRIPTS]);
    return { exit: EXIT.ok };
  },
};

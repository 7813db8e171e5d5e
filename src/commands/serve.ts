import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import type { Verb } from "./command.ts";
import { recoverFirst } from "./recovering.ts";
import { TOKEN_VARIABLE } from "./serving/environment.ts";
import { checkFitting } from "./serving/fitting.ts";
import { type ServeOptions, serveOptions } from "./serving/options.ts";
import { serveUntilEnd } from "./serving/run.ts";

export const serve: Verb<ServeOptions> = {
  examples: [
    ["recctl serve", "answer out of recordings"],
    ["recctl serve --strict -- npm test", "run it; exit 1 on a miss"],
    ["recctl serve --mode record-if-missing -- pytest", "record what is not there yet"],
    ["recctl serve --upstream openai=https://x.com/v1", "what is asked for that"],
    ["recctl serve --ttft 400 --tps 30", "at the pace of a model"],
  ],
  exits: [
    [0, "the command ended well; any other status of its own is passed on"],
    [1, "with --strict: a request missed, or was refused"],
    [2, "wrong usage, no such command, or a port that cannot be had"],
  ],
  define: (command: Command) => serveOptions(command),
  async run(args, given, context) {
    const { argv, env } = context.io;
    // Arguments are in the list of processes for all to read.
    const token = given.token ?? (env[TOKEN_VARIABLE] || undefined);
    const options = token === undefined ? given : { ...given, token };
    const cut = argv.indexOf("--");
    const command = cut < 0 ? [] : argv.slice(cut + 1);
    if (cut >= 0 && command.length === 0) {
      throw new UsageError("no command stands behind --", {
        remedy: `${context.recctl} serve -- COMMAND ARGUMENTS...`,
      });
    }
    checkFitting(options);
    await recoverFirst(context);
    return serveUntilEnd(args.slice(0, args.length - command.length), command, options, context);
  },
};

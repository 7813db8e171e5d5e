import { type Command, Option } from "commander";
import { EXIT, UsageError } from "../errors.ts";
import { whyReport, whySummary } from "../report/why.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { schemeOption } from "./today.ts";
import { type WhyOptions, wantedOf } from "./why-asked.ts";
import { explained } from "./why-known.ts";
import { treeOf } from "./why-tree.ts";

interface WhyCommand extends WhyOptions {
  scheme?: string;
  all?: boolean;
}

/** How many causes, and how many misses of one, people see. */
const EACH = 8;

export const why: Verb<WhyCommand> = {
  examples: [
    ["recctl why pytest.log", "each miss in a log, and what mends it"],
    ["recctl why -", "a log on stdin"],
    ["recctl why 0b39598a", "a hash that a miss printed, or its start"],
    ["recctl why --request body.json", "a request as recordings store it"],
  ],
  exits: [
    [0, "no miss was found, or a run today finds what was typed"],
    [1, "there are misses, and what is known of them is told"],
    [2, "wrong usage, or a log that cannot be read"],
  ],
  define(command: Command) {
    command.description(
      "Tells why a look-up missed: what was recorded, what is asked now, and the command that mends it. Takes logs (pytest's " +
        "output, JUnit, json-report, a server's or a recorder's, journals of recctl serve), hashes, or a request.",
    );
    command.argument("[log-or-hash...]", "files, - for stdin, or hashes: 8 of their digits or more");
    command.addOption(
      new Option("--request <file>", "a request as recordings store it, a recording, or a body; - is stdin"),
    );
    command.addOption(new Option("--test-id <id>", "the test that asked"));
    command.addOption(schemeOption());
    outputOptions(command, ["text", "json", "ndjson"]);
    command.addOption(new Option("--all", `every cause and miss; people see ${EACH} of each`).helpGroup("Output:"));
  },
  async run(args, options, context) {
    if (args.length === 0 && options.request === undefined) {
      throw new UsageError("of what? give a log, a hash or --request", { remedy: "pytest … | recctl why -" });
    }
    const tree = treeOf(context);
    const wanted = await wantedOf(args, options, tree, context);
    const isAny = wanted.asked.length > 0;
    const found = isAny ? await explained(wanted, options.scheme, tree, context) : { told: [], notes: [] };
    const isWell = found.told.every(({ causes }) => causes.every(({ isFound }) => isFound === true));
    const report = { told: found.told, each: options.all ? Number.POSITIVE_INFINITY : EACH };
    const summary = context.io.stdout.terminal && isAny ? [] : whySummary(report);
    return {
      exit: isWell ? EXIT.ok : EXIT.no,
      report: whyReport(report),
      notes: [...wanted.notes, ...found.notes, ...summary].map(forTerminalLine),
    };
  },
};

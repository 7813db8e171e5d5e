import type { Command } from "commander";
import published from "../checks/schema/recording.schema.json" with { type: "json" };
import { EXIT } from "../errors.ts";
import type { Report } from "../report/report.ts";
import type { Verb } from "./command.ts";
import { outputOptions } from "./output.ts";

export const schema: Verb = {
  examples: [
    ["recctl schema", "what each key means"],
    ["recctl schema > recording.schema.json", "for other validators"],
    ["recctl schema | jq '.\"$defs\".request'", "a part of it"],
  ],
  exits: [
    [0, "printed"],
    [2, "wrong usage"],
  ],
  define(command: Command) {
    command.description(
      "Prints the JSON Schema (draft 2020-12) of the files that recctl reads. It says what each key means, " +
        "and what must be there.",
    );
    outputOptions(command, ["text", "json"]);
  },
  async run() {
    return { exit: EXIT.ok, report };
  },
};

/** The schema, which is the same in every format but for its white space. */
const report: Report = {
  document: () => published,
  items: () => [published],
  *text() {
    yield JSON.stringify(published, null, 2);
  },
};

import { type Command, Option } from "commander";
import type { Format } from "../report/index.ts";

/** Adds the options that choose a format, out of those that the command can give. */
export function outputOptions(command: Command, formats: readonly Format[]): void {
  const group = "Output:";
  const add = (option: Option): void => {
    command.addOption(option.helpGroup(group));
  };
  add(new Option("--format <format>", "how to print").choices(formats).default("text"));
  if (formats.includes("json")) add(new Option("--json", "one JSON document (--format json)"));
  if (formats.includes("ndjson"))
    add(new Option("--ndjson", "a JSON line an item (--format ndjson)").conflicts("json"));
}

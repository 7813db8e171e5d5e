import { type Command, Option } from "commander";
import { exampleJson, exampleSettings, exampleToml, jsonLine, settingLines } from "../config/example.ts";
import { DEFAULTS, type Settings } from "../config/settings.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Jsonable } from "../recording/json/write.ts";
import type { Report } from "../report/report.ts";
import { kindAt } from "../store/paths.ts";
import { type Column, tableLines, tsvLine } from "../text/table.ts";
import type { Verb } from "./command.ts";
import { outputOptions } from "./output.ts";
import { type Configuration, settingsOf } from "./settings.ts";

/** The forms of an example. */
const EXAMPLES = { json: exampleJson, toml: exampleToml } as const;

interface ConfigOptions {
  example?: keyof typeof EXAMPLES;
}

export const config: Verb<ConfigOptions> = {
  examples: [
    ["recctl config", "what is configured, and where"],
    ["recctl config --example > recctl.config.json", "begin one"],
    ["recctl config --example toml >> pyproject.toml", "begin one there"],
  ],
  exits: [
    [0, "told"],
    [2, "wrong usage, or a configuration that is wrong"],
  ],
  define(command: Command) {
    command.description(
      "Shows what is configured, and where. The configuration is recctl.config.json or the table [tool.recctl] of a " +
        "pyproject.toml, the nearest from the current folder upwards. Its paths are relative to its folder and stay " +
        `in it. A key that is not known is an error. The keys:\n\n${settingLines().join("\n")}`,
    );
    command.addOption(
      new Option("--example [format]", "print a configuration to begin with").choices(["json", "toml"]).preset("json"),
    );
    outputOptions(command, ["text", "json", "ndjson"]);
  },
  async run(_, { example }, context) {
    if (example) return { exit: EXIT.ok, report: exampleReport(EXAMPLES[example]()) };
    if (kindAt(context, ".") !== "folder") {
      throw new UserError(`no such folder: ${context.cwd}`, { remedy: "recctl -C DIR config" });
    }
    const found = await settingsOf(context);
    const report = configReport(found);
    if (found.file !== null) return { exit: EXIT.ok, report };
    const notes = [`nothing is configured: ${context.recctl} config --example prints something to begin with`];
    return { exit: EXIT.ok, report, notes };
  },
};

function exampleReport(text: string): Report {
  return {
    document: exampleSettings,
    items: () => [exampleSettings()],
    text: () => text.split("\n"),
  };
}

const COLUMNS: readonly Column[] = [
  { title: "key", look: "id" },
  { title: "value", stretch: { least: 24 } },
  { title: "where", look: "faint", drop: 1, most: 48 },
];

function configReport(found: Configuration): Report {
  const { file, from } = found;
  const keys = Object.keys(DEFAULTS) as (keyof Settings)[];
  const rows = (): string[][] => keys.map((key) => [key, jsonLine(found[key]), from[key]]);
  const tall = (key: keyof Settings): string[][] =>
    parts(found[key]).map((part, index) => (index === 0 ? [key, part, from[key]] : ["", part, ""]));
  return {
    document: () => ({
      file,
      settings: Object.fromEntries(keys.map((key): [string, Jsonable] => [key, found[key]])),
      from: { ...from },
    }),
    items: () => keys.map((key) => ({ key, value: found[key], from: from[key] })),
    *text({ terminal, columns, paint }) {
      if (terminal) yield* tableLines(COLUMNS, keys.flatMap(tall), columns, paint);
      else yield* rows().map(tsvLine);
    },
  };
}

/** A value in lines: a list has one an item. */
function parts(value: Settings[keyof Settings]): string[] {
  if (typeof value !== "object") return [jsonLine(value)];
  const lines = Array.isArray(value)
    ? value.map(jsonLine)
    : Object.entries(value).map(([name, member]) => `${jsonLine(name)}: ${jsonLine(member)}`);
  return lines.length > 0 ? lines : [jsonLine(value)];
}

import { isAbsolute, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import type { Context, Outcome, Verb, VerbEntry } from "./commands/command.ts";
import { VERBS } from "./commands/index.ts";
import { EXIT, UsageError } from "./errors.ts";
import type { Io } from "./io.ts";
import { forShell, forTerminalLine } from "./text/escape.ts";

export { rendered } from "./report/index.ts";
export { coloured, plain } from "./text/style.ts";
export { forTerminalLine };

/** What was asked for: a command's outcome with the options it ran under, or a help text. */
export type Asked = { outcome: Outcome; options: Readonly<Record<string, unknown>> } | { help: string; asked: boolean };

/**
 * Reads the command line and runs what it names.
 * @throws UsageError where it cannot be read
 */
export async function runProgram(io: Io, version: string): Promise<Asked> {
  if (io.argv[0] === "complete") {
    // What the script of `recctl completion` calls: no command that people type.
    const { complete, readTyped } = await import("./commands/complete.ts");
    const typed = readTyped(io.argv.slice(1), io.env.HOME);
    await complete(typed, { io, cwd: folderOf(io, typed.folder), recctl: "recctl", verb: "complete" });
    return { outcome: { exit: EXIT.ok }, options: {} };
  }
  const argv = isAlone(io.argv) && (await io.terminal()) ? [...io.argv, "browse"] : io.argv;
  let result: Asked | undefined;
  let written = "";
  const keep = (text: string): void => {
    written += text;
  };
  const program = await buildProgram(argv, async (verb, args, options) => {
    const dir = options.C as string | undefined;
    const recctl = dir === undefined ? "recctl" : `recctl -C ${forShell(dir)}`;
    const context: Context = { io, cwd: folderOf(io, dir), recctl, verb: verbNamed(argv) };
    result = { outcome: await verb.run(args, options as never, context), options };
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({ writeOut: keep, writeErr: keep });
  }
  if (argv.length === 0) return { help: program.helpInformation(), asked: false };
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help: written, asked: true };
    if (error.code === "commander.help") {
      if (program.opts().version) return { help: `${version}\n`, asked: true };
      const [first, unknown = "help"] = wordsOf(argv);
      if (unknown !== "help") throw new UsageError(`unknown command '${unknown}'`, { remedy: "recctl --help" });
      return { help: written, asked: first === "help" };
    }
    throw usageError(error, program, argv);
  }
  return result ?? { help: program.helpInformation(), asked: false };
}

/** Whether no command is named, nor anything else but a folder. */
const isAlone = (argv: readonly string[]): boolean => argv.length === 0 || (argv.length === 2 && argv[0] === "-C");

function usageError(error: CommanderError, program: Command, argv: readonly string[]): UsageError {
  // An option that is none is shown with its value, which may be a URL with a password.
  const message = error.message.replace(/^error: /, "").replace(/(:\/\/)[^'\s]*@/g, "$1…@");
  const [fact = "", ...hints] = message.split("\n");
  const verb = program.commands.find((command) => command.name() === verbNamed(argv));
  const meant = hints.flatMap((hint) => /^\(Did you mean ([a-z]+)\?\)$/.exec(hint)?.[1] ?? []);
  const near = hints.flatMap((hint) => /^\(Did you mean (?:one of )?(-.*)\?\)$/.exec(hint)?.[1] ?? []);
  const invalid = /^(?:command-argument|option) value '(.*)' is invalid for argument '(.*)'\. (.*)$/s.exec(fact);
  const told = near.length > 0 ? `${fact} (did you mean ${near.join(" ")}?)` : fact;
  return new UsageError(invalid ? `no ${invalid[2]} ${invalid[1]}. ${invalid[3]}` : told, {
    remedy: [...meant.map((name) => `recctl ${name}`), `recctl ${verb ? `${verb.name()} ` : ""}--help`],
  });
}

/** Where a command runs. An absolute `-C` works even where the current folder is gone. */
const folderOf = (io: Io, dir: string | undefined): string =>
  dir !== undefined && isAbsolute(dir) ? resolve(dir) : resolve(io.cwd, dir ?? ".");

type Run = (verb: Verb, args: readonly string[], options: Readonly<Record<string, unknown>>) => Promise<void>;

/** The command tree. Only the command that `argv` names is loaded. */
export async function buildProgram(argv: readonly string[], run: Run): Promise<Command> {
  const program = new Command("recctl")
    .description("Lists, shows, replays, validates and mends recorded LLM API calls.")
    .usage("[-C DIR] <command> [options]")
    .helpOption("-h, --help", "show help; recctl <command> --help tells more")
    .option("-V, --version", "show the version")
    .option("-C <dir>", "run as if started in DIR")
    .enablePositionalOptions()
    .configureHelp({ showGlobalOptions: false });
  program.helpCommand("help [command]", "show help");
  const named = verbNamed(argv);
  for (const entry of VERBS) program.addCommand(await commandOf(entry, named === entry.name, run));
  withHelp(program, ROOT_EXAMPLES, ROOT_EXITS);
  return program;
}

/** The words that are no options, as far as it can be told without knowing them all. */
const wordsOf = (argv: readonly string[]): string[] =>
  argv.filter((word, index) => !word.startsWith("-") && argv[index - 1] !== "-C");

/** The command that is meant, also by `help`. */
function verbNamed(argv: readonly string[]): string {
  const [first = "", second = ""] = wordsOf(argv);
  return first === "help" ? second : first;
}

async function commandOf(entry: VerbEntry, load: boolean, run: Run): Promise<Command> {
  const command = new Command(entry.name).summary(entry.summary).description(`${entry.summary}.`);
  if (!load) return command;
  const verb = await entry.load();
  verb.define(command);
  command.helpOption("-h, --help", "show this help");
  command.option("-C <dir>", "run as if started in DIR");
  command.action(async () => {
    await run(verb, command.args, command.optsWithGlobals());
  });
  withHelp(command, verb.examples, verb.exits);
  return command;
}

const ROOT_EXAMPLES: Verb["examples"] = [
  ["recctl ls", "every recording below the current folder"],
  ["recctl ls --group test", "which test owns how many, most first"],
  ["recctl show 5d64", "one recording as a conversation"],
  ["recctl replay 5d64 --tps 30", "its answer, as it streamed in"],
  ["recctl validate", "is every recording sound, and why not?"],
];

const ROOT_EXITS: Verb["exits"] = [
  [0, "all is well"],
  [1, "the answer is no: errors found, a plan not applied, a failure replayed"],
  [2, "it could not be done: wrong usage, no such recording, unreadable"],
];

/** Help begins with examples and ends with the exit status. */
function withHelp(command: Command, examples: Verb["examples"], exits: Verb["exits"]): void {
  const wide = Math.max(...examples.map(([typed]) => typed.length));
  const shown = examples.map(([typed, does]) => `  ${typed.padEnd(wide)}  ${does}`).join("\n");
  const statuses = [...exits, [130, "interrupted (143: terminated)"] as const];
  const ends = statuses.map(([status, meaning]) => `  ${String(status).padEnd(3)}  ${meaning}`).join("\n");
  command.configureHelp({
    formatHelp(cmd, helper) {
      const base = Object.getPrototypeOf(helper).formatHelp.call(helper, cmd, helper) as string;
      return `Examples:\n${shown}\n\n${base}\nExit status:\n${ends}\n`;
    },
  });
}

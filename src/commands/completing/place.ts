import type { Argument, Command, Option } from "commander";

/** What the word under the cursor is. */
export type Place =
  | { is: "command"; commands: readonly Command[] }
  | { is: "option"; options: readonly Option[] }
  /** `lead` stands in the same word: `--model=`. */
  | { is: "value"; option: Option; lead: string }
  | { is: "argument"; argument: Argument };

/** Tells what the last of the words is, behind the others; null where nothing may stand there. */
export function placeOf(program: Command, words: readonly string[]): Place | null {
  const typed = words.at(-1) ?? "";
  let command = program;
  let wanting: Option | undefined;
  let onlyArguments = false;
  let count = 0;
  for (const word of words.slice(0, -1)) {
    const isOption = !onlyArguments && /^-./.test(word);
    if (wanting && (wanting.required || !isOption)) wanting = undefined;
    else if (word === "--" && !onlyArguments) onlyArguments = true;
    else if (isOption) wanting = valued(command, word);
    else if (command === program) {
      const named = commandsOf(program).find((one) => one.name() === word);
      if (!named) return null;
      command = named;
    } else count++;
  }
  const isOption = !onlyArguments && typed.startsWith("-");
  if (wanting && (wanting.required || !isOption)) return { is: "value", option: wanting, lead: "" };
  if (isOption) return optionPlace(command, typed);
  if (command === program) return { is: "command", commands: commandsOf(program) };
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[count] ?? (last?.variadic ? last : undefined);
  return argument ? { is: "argument", argument } : null;
}

/** The commands that help lists, `help` itself among them. */
export const commandsOf = (program: Command): Command[] => program.createHelp().visibleCommands(program);

const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command);

/** The option that is called so, where it takes a value. */
const valued = (command: Command, name: string): Option | undefined =>
  optionsOf(command).find((option) => (option.long === name || option.short === name) && takesValue(option));

const takesValue = (option: Option): boolean => option.required || option.optional;

function optionPlace(command: Command, typed: string): Place | null {
  const lead = /^--[^=]+=/.exec(typed)?.[0];
  if (lead === undefined) return { is: "option", options: optionsOf(command) };
  const option = valued(command, lead.slice(0, -1));
  return option ? { is: "value", option, lead } : null;
}

import type { Command, Option } from "commander";
import { RULE_NAMES } from "../../checks/names.ts";
import type { Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { shortId } from "../../recording/name.ts";
import { SCHEME_NAMES } from "../scheme-names.ts";
import { DIALECT_NAMES, KIND_NAMES } from "../selection.ts";
import type { Place } from "./place.ts";

/** A word that may stand somewhere, and what it is. */
export type Candidate = readonly [word: string, about: string];

/** What may stand somewhere: words, which recordings tell perhaps, and names of files or folders where none of them fits. */
export interface Offer {
  words(typed: string, entries: () => Promise<readonly Entry[]>): Candidate[] | Promise<Candidate[]>;
  names: Names;
}

export type Names = "none" | "files" | "folders";

const NAMES = (names: Names): Offer => ({ words: () => [], names });
const WORDS = (words: readonly string[]): Offer => ({ words: () => words.map((word) => [word, ""]), names: "none" });
const VALUES = (value: (entry: Entry) => string | null): Offer => ({
  words: async (_, entries) => distinct(await entries(), value),
  names: "none",
});

/** Arguments and options by name, and the values of options as help calls them: the table of completions. */
const ARGUMENTS: Record<string, Offer> = {
  id: {
    words: async (typed, entries) => (/^[0-9a-f-]*$/i.test(typed) ? ids(await entries()) : requests(await entries())),
    names: "files",
  },
  path: NAMES("files"),
  "log-or-hash": NAMES("files"),
  old: NAMES("folders"),
  new: NAMES("folders"),
};

const OPTIONS: Record<string, Offer> = {
  "--test": VALUES((entry) => entry.head.testId),
  "--model": VALUES((entry) => entry.head.model),
  "--endpoint": VALUES((entry) => entry.head.endpoint),
  "--kind": WORDS(KIND_NAMES),
  "--dialect": WORDS(DIALECT_NAMES),
  "--rule": WORDS(RULE_NAMES),
  "--scheme": WORDS(SCHEME_NAMES),
};

const PLACEHOLDERS: Record<string, Offer> = { file: NAMES("files"), dir: NAMES("folders"), run: NAMES("folders") };

/** What may stand in a place. */
export function offerAt(place: Place, commands: readonly Command[]): Offer {
  if (place.is === "command") return commandOffer(place.commands);
  if (place.is === "option") return { words: (typed) => optionWords(place.options, typed), names: "none" };
  if (place.is === "value") {
    const { option } = place;
    const placeholder = /<(.+)>/.exec(option.flags)?.[1] ?? "";
    return chosen(option.argChoices) ?? OPTIONS[option.long ?? ""] ?? PLACEHOLDERS[placeholder] ?? NAMES("none");
  }
  const { argument } = place;
  if (argument.name() === "command") return commandOffer(commands);
  return chosen(argument.argChoices) ?? ARGUMENTS[argument.name()] ?? NAMES("none");
}

const chosen = (choices: readonly string[] | undefined): Offer | undefined => choices && WORDS(choices);

const commandOffer = (commands: readonly Command[]): Offer => ({
  words: () => commands.map((command) => [command.name(), command.summary() || command.description()]),
  names: "none",
});

/** Short ones are offered as long as nothing but a hyphen is typed that may begin both. */
const optionWords = (options: readonly Option[], typed: string): Candidate[] =>
  options.flatMap(({ short, long, description }): Candidate[] => {
    const name = typed.startsWith("--") ? long : (short ?? long);
    return name ? [[name, description]] : [];
  });

const ids = (entries: readonly Entry[]): Candidate[] =>
  entries.map((entry) => [shortId(entry.id), entry.head.testId ?? dialectName(entry)]);

/** TEST_ID where a test has one recording, TEST_ID#1 … where it has several. */
function requests(entries: readonly Entry[]): Candidate[] {
  const counts = new Map<string, number>();
  for (const { head } of entries) if (head.testId !== null) counts.set(head.testId, (counts.get(head.testId) ?? 0) + 1);
  return [...counts].flatMap(([test, count]): Candidate[] =>
    count === 1
      ? [[test, ""]]
      : Array.from({ length: count }, (_, at) => [`${test}#${at + 1}`, `request ${at + 1} of ${count}`]),
  );
}

const distinct = (entries: readonly Entry[], value: (entry: Entry) => string | null): Candidate[] =>
  [...new Set(entries.map(value))].filter((word) => word !== null && word !== "").map((word) => [word as string, ""]);

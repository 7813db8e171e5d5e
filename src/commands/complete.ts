import tab from "@bomb.sh/tab/commander";
import { RULE_NAMES } from "../checks/names.ts";
import { SCHEME_IDS } from "../checks/today.ts";
import type { Entry } from "../listing/entry.ts";
import { dialectName } from "../listing/filter.ts";
import { buildProgram } from "../program.ts";
import { shortId } from "../recording/name.ts";
import { listFolder } from "../store/paths.ts";
import type { Context } from "./command.ts";
import { DIALECT_NAMES, KIND_NAMES, select } from "./selection.ts";

/** A word that may stand here, and what it is. */
type Candidate = readonly [word: string, about: string];

/** Arguments by name, and options by long name, that recordings complete: the table of completions. */
const ARGUMENTS: Record<string, (entries: readonly Entry[], typed: string, cwd: string) => Candidate[]> = {
  id: (entries, typed) => (/^[0-9a-f-]*$/i.test(typed) ? ids(entries) : requests(entries)),
  path: (_, typed, cwd) => listFolder({ cwd }, typed).map((path) => [path, ""]),
};

const OPTIONS: Record<string, (entries: readonly Entry[]) => Candidate[]> = {
  test: (entries) => distinct(entries, (entry) => entry.head.testId),
  model: (entries) => distinct(entries, (entry) => entry.head.model),
  endpoint: (entries) => distinct(entries, (entry) => entry.head.endpoint),
  kind: () => KIND_NAMES.map((name) => [name, ""]),
  dialect: () => DIALECT_NAMES.map((name) => [name, ""]),
  rule: () => RULE_NAMES.map((name) => [name, ""]),
  scheme: () => ["auto", ...SCHEME_IDS].map((name) => [name, ""]),
};

/** Writes what the word under the cursor may become, as the shell scripts of @bomb.sh/tab read it. */
export async function complete(words: readonly string[], context: Context): Promise<void> {
  const program = await buildProgram(null, async () => undefined);
  for (const command of program.commands) command.description(command.summary());
  const root = tab(program);
  const typed = words.at(-1) ?? "";
  const shell = shellOf(context);
  const cwd = context.cwd;
  const { entries } = await select([], {}, context).catch(() => ({ entries: [] as Entry[] }));
  for (const command of root.commands.values()) {
    for (const [name, argument] of command.arguments) {
      const candidates = ARGUMENTS[name];
      if (!candidates) continue;
      argument.handler = (offer) => {
        for (const [word, about] of candidates(entries, typed, cwd)) propose(offer, shell, word, about);
      };
    }
    for (const [name, option] of command.options) {
      const candidates = OPTIONS[name];
      if (!candidates) continue;
      option.handler = (offer) => {
        for (const [word, about] of candidates(entries)) propose(offer, shell, word, about);
      };
    }
  }
  root.parse(words.map((word) => shell.escape(word)));
}

/** The variable in which the script of a shell says which shell it is. */
export const SHELL_VARIABLE = "RECCTL_COMPLETE_SHELL";

/** How a shell wants the words that it is offered, and gives those that were typed. */
interface Shell {
  escape(word: string): string;
}

/** zsh takes what follows a colon for the description; the script of tab 0.0.22 means to escape colons and does not. */
const shellOf = (context: Context): Shell => ({
  escape: (word) => (context.io.env[SHELL_VARIABLE] === "zsh" ? word.replaceAll(":", "\\:") : word),
});

/**
 * Shells expand what they are offered (bash's `compgen -W` runs `$(…)`) and put it into the command
 * line unquoted, and recordings are not trusted: a word with anything in it that a shell might act on
 * is not offered.
 */
function propose(offer: (word: string, about: string) => void, shell: Shell, word: string, about: string): void {
  if (/^[\w@%+=:,./[\]#-]+$/.test(word)) offer(shell.escape(word), about.replace(/[^ -~]/g, "?"));
}

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

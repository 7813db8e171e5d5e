import { buildProgram } from "../program.ts";
import { listFolder } from "../store/paths.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Context } from "./command.ts";
import { insertion, readLine } from "./completing/bash-line.ts";
import { type Candidate, type Names, offerAt } from "./completing/candidates.ts";
import { commandsOf, placeOf } from "./completing/place.ts";
import { select } from "./selection.ts";

/** What is typed behind `recctl`, up to the cursor, and how a shell is told what its last word may become. */
export interface Typed {
  words: readonly string[];
  /** The value of `-C`. */
  folder: string | undefined;
  /** Whether the word under the cursor is nothing that recctl gets. */
  redirects: boolean;
  /** A line for a word; null where the shell cannot be given it. */
  write(candidate: Candidate): string | null;
}

/** Reads what the scripts of `recctl completion` ask: `-- WORDS…`, or of bash `--line LINE END`. */
export function readTyped([how, ...rest]: readonly string[], home = "~"): Typed {
  if (how !== "--line")
    return { ...typedOf(rest, home), redirects: false, write: ([word, about]) => `${word}\t${about}` };
  const [text = "", replaced = ""] = rest;
  const { words, redirects } = readLine(text);
  const last = words.at(-1);
  return {
    ...typedOf(
      words.slice(1).map(({ value }) => value),
      home,
    ),
    redirects,
    write: ([word]) => (last ? insertion(last, replaced, word) : null),
  };
}

function typedOf(words: readonly string[], home: string): Pick<Typed, "words" | "folder"> {
  const before = words.slice(0, -1);
  const at = before.lastIndexOf("-C");
  // No shell has expanded it yet.
  return { words, folder: at < 0 ? undefined : before[at + 1]?.replace(/^~(?=\/|$)/, () => home) };
}

/**
 * Writes what the word under the cursor may become: in the first line whether a name of a file or folder may stand
 * there instead (`files`, `folders`, else `none`), which the shell knows better how to complete, then a word a line.
 */
export async function complete(typed: Typed, context: Context): Promise<void> {
  const { names, candidates } = await offered(typed, context);
  const lines = candidates.flatMap((candidate) => typed.write(candidate) ?? []);
  await context.io.stdout.write(`${[lines.length > 0 ? "none" : names, ...lines].join("\n")}\n`);
}

async function offered(typed: Typed, context: Context): Promise<{ names: Names; candidates: Candidate[] }> {
  if (typed.redirects) return { names: "files", candidates: [] };
  const program = await buildProgram(typed.words, async () => undefined);
  const place = placeOf(program, typed.words);
  if (place === null) return { names: "none", candidates: [] };
  const { words, names } = offerAt(place, commandsOf(program));
  const lead = place.is === "value" ? place.lead : "";
  const word = (typed.words.at(-1) ?? "").slice(lead.length);
  const entries = async () => (await select([], {}, context).catch(() => ({ entries: [] }))).entries;
  const fits = ([one]: Candidate): boolean =>
    one.startsWith(word) && isPlain(one) && (place.is === "option" || lead !== "" || !one.startsWith("-"));
  const fitting = (await words(word, entries)).filter(fits);
  // The shell would look where it is, not where -C goes.
  const isElsewhere = fitting.length === 0 && names !== "none" && typed.folder !== undefined;
  if (isElsewhere) fitting.push(...pathsIn(context.cwd, word, names).filter(fits));
  const abouts = new Map(fitting.map(([one, about]) => [lead + one, forTerminalLine(about)]));
  return { names: isElsewhere ? "none" : names, candidates: [...abouts] };
}

const pathsIn = (cwd: string, typed: string, names: Names): Candidate[] =>
  listFolder({ cwd }, typed, names === "folders").map((path) => [path, ""]);

/** Recordings are not trusted: what would end a line or change a terminal is not offered. Scripts quote all else. */
const isPlain = (word: string): boolean => forTerminalLine(word) === word;

import { quoteJson } from "../recording/json/write.ts";
import { parseBytes } from "../text/bytes.ts";
import { nearest } from "../text/nearest.ts";
import { type Tree, Wrong } from "./tree.ts";

/** What a check knows of a value beside the value. */
export interface Asked {
  /** What it is called: `roots`, `roots[1]`. */
  name: string;
  /** The setting as it could be written. */
  example: string;
  /** The names that `rules` may have. */
  known: readonly string[];
}

/** Reads a value of a setting. @throws Wrong where it is none */
export type Check<T> = (tree: Tree, asked: Asked) => T;

const KINDS: Record<Tree["is"], string> = {
  table: "a table",
  list: "a list",
  text: "a text",
  number: "a number",
  boolean: "true or false",
  null: "null",
  date: "a date, which needs quotes to be a text",
};

/** A value of another kind than `wanted`. */
export const mismatch = (tree: Tree, { name, example }: Omit<Asked, "known">, wanted: string): Wrong =>
  new Wrong(`${name} must be ${wanted}, as in ${example}; here is ${KINDS[tree.is]}`, tree.at);

/** The longest text from a file that an error repeats. */
const MOST = 60;

/** A text from a file, as errors repeat it. */
export const quoted = (text: string): string => quoteJson(text.length > MOST ? `${text.slice(0, MOST)}…` : text, false);

/** What was probably meant, in parentheses; nothing where nothing is like it. */
export function meant(word: string, words: readonly string[]): string {
  const [near] = nearest(word.slice(0, MOST), words, 1);
  return near === undefined ? "" : ` (did you mean ${quoted(near)}?)`;
}

/** A text, and nothing that `refuse` has a word against. */
export function text(refuse: (text: string) => string | undefined = () => undefined): Check<string> {
  return (tree, asked) => {
    if (tree.is !== "text") throw mismatch(tree, asked, "a text");
    const why = tree.text.trim() === "" ? `${asked.name} is empty` : refuse(tree.text);
    if (why !== undefined) throw new Wrong(why, tree.at);
    return tree.text;
  };
}

export function list<T>(item: Check<T>): Check<readonly T[]> {
  return (tree, asked) => {
    if (tree.is !== "list") throw mismatch(tree, asked, "a list of texts");
    return tree.items.map((one, index) => item(one, { ...asked, name: `${asked.name}[${index}]` }));
  };
}

/** A path below the configuration's folder: a configuration in a repository must not reach out of it. */
export const inside: Check<string> = text((path) => {
  if (path.includes("\0")) return `no path: ${quoted(path)}`;
  const out = /^[\\/]|^[a-z]:/i.test(path) || path.split(/[\\/]/).includes("..");
  return out ? `${quoted(path)} leads out of the folder that the configuration lies in` : undefined;
});

/** One of several words. */
export function oneOf<T extends string>(words: readonly T[]): Check<T> {
  const choices = `one of ${words.map(quoted).join(", ")}`;
  return (tree, asked) => {
    if (tree.is !== "text") throw mismatch(tree, asked, choices);
    const word = words.find((one) => one === tree.text);
    if (word !== undefined) return word;
    throw new Wrong(`${asked.name} is ${quoted(tree.text)}${meant(tree.text, words)}, not ${choices}`, tree.at);
  };
}

/** A table whose keys are names of rules. */
export function byRule<T>(item: Check<T>): Check<Readonly<Record<string, T>>> {
  return (tree, asked) => {
    if (tree.is !== "table") throw mismatch(tree, asked, "a table of rules");
    return Object.fromEntries(
      tree.members.map(({ key, keyAt, value }) => {
        if (!asked.known.includes(key)) {
          throw new Wrong(`unknown rule ${quoted(key)}${meant(key, asked.known)}`, keyAt);
        }
        return [key, item(value, { ...asked, name: `${asked.name}[${quoted(key)}]` })];
      }),
    );
  };
}

/** A table whose keys are names that people choose. */
export function byName<T>(name: RegExp, item: Check<T>): Check<Readonly<Record<string, T>>> {
  return (tree, asked) => {
    if (tree.is !== "table") throw mismatch(tree, asked, "a table of names");
    return Object.fromEntries(
      tree.members.map(({ key, keyAt, value }) => {
        if (!name.test(key)) throw new Wrong(`${quoted(key)} is no name: ${name.source} is`, keyAt);
        return [key, item(value, { ...asked, name: `${asked.name}[${quoted(key)}]` })];
      }),
    );
  };
}

/** A size as typed, or a number of bytes. */
export const size: Check<number> = (tree, asked) => {
  const wanted = "a size with k, M or G, or a number of bytes";
  if (tree.is !== "text" && tree.is !== "number") throw mismatch(tree, asked, wanted);
  const bytes = tree.is === "number" ? tree.number : Math.round(parseBytes(tree.text) ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  const found = tree.is === "number" ? String(tree.number) : quoted(tree.text);
  throw new Wrong(`${asked.name} must be ${wanted}, as in ${asked.example}; here is ${found}`, tree.at);
};

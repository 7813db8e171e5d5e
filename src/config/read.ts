import { position } from "../recording/json/error.ts";
import { meant, mismatch, quoted } from "./checks.ts";
import { written } from "./example.ts";
import { KEYS } from "./keys.ts";
import { DEFAULT_ORIGINS, DEFAULTS, type Origins, type Settings } from "./settings.ts";
import { placed, type Source, treeOf } from "./source.ts";
import { Wrong } from "./tree.ts";

/** Settings, each with where it comes from. */
export interface Sourced {
  settings: Settings;
  from: Origins;
}

/**
 * Whether a file has settings: a pyproject.toml need not.
 * @throws UserError where that cannot be told
 */
export const configures = async (source: Source): Promise<boolean> => (await treeOf(source)) !== null;

/**
 * What holds where a file is the configuration. `known` are the names that `rules` may have.
 * @throws UserError at the first thing in it that is wrong
 */
export async function readSettings(source: Source, known: readonly string[]): Promise<Sourced> {
  const tree = await treeOf(source);
  return placed(source, () => {
    const settings: Partial<Record<keyof Settings, unknown>> = {};
    const from: Partial<Record<keyof Settings, string>> = {};
    if (tree && tree.is !== "table") {
      const example = written({ scheme: "auto" }, source.format);
      throw mismatch(tree, { name: "a configuration", example }, "a table");
    }
    for (const { key, keyAt, value } of tree?.members ?? []) {
      if (!isKey(key)) throw new Wrong(`unknown key ${quoted(key)}${meant(key, Object.keys(KEYS))}`, keyAt);
      const { check, example } = KEYS[key];
      settings[key] = check(value, { name: key, example: written(example, source.format), known });
      const { line, column } = position(source.text, keyAt);
      from[key] = `${source.path}:${line}:${column}`;
    }
    return { settings: { ...DEFAULTS, ...(settings as Partial<Settings>) }, from: { ...DEFAULT_ORIGINS, ...from } };
  });
}

const isKey = (key: string): key is keyof Settings => Object.hasOwn(KEYS, key);

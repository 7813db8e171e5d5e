import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from "smol-toml";
import { DEEPEST, type Places, placeKey, placesOf } from "./places.ts";
import { type Tree, Wrong } from "./tree.ts";

/** Where a pyproject.toml configures recctl. */
const TABLE = ["tool", "recctl"];

/**
 * The table of recctl in a pyproject.toml; null where there is none.
 * @throws Wrong where the text is no TOML
 */
export function tomlTree(text: string): Tree | null {
  let value: TomlValue | undefined = parsed(text);
  for (const step of TABLE) {
    if (!isTable(value) || !Object.hasOwn(value, step)) return null;
    value = value[step];
  }
  return value === undefined ? null : treeOf(value, TABLE, placesOf(text), 0);
}

function parsed(text: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = ""] = error.message.split("\n");
    throw new Wrong(message.replace(/^Invalid TOML document: /, "no TOML: "), error);
  }
}

const isTable = (value: TomlValue | undefined): value is TomlTable =>
  typeof value === "object" && !Array.isArray(value) && !(value instanceof TomlDate);

/** What lies deeper than any setting is left out: it is wrong, whatever it is. */
function treeOf(value: TomlValue, path: readonly (string | number)[], places: Places, near: number): Tree {
  const at = places.get(placeKey(path))?.value ?? near;
  const inside = path.length < DEEPEST;
  if (Array.isArray(value)) {
    const items = inside ? value.map((item, index) => treeOf(item, [...path, index], places, at)) : [];
    return { is: "list", at, items };
  }
  if (isTable(value)) {
    const members = Object.entries(inside ? value : {}).map(([key, member]) => {
      const keyAt = places.get(placeKey([...path, key]))?.key ?? at;
      return { key, keyAt, value: treeOf(member, [...path, key], places, keyAt) };
    });
    return { is: "table", at, members: members.sort((a, b) => a.keyAt - b.keyAt) };
  }
  if (typeof value === "string") return { is: "text", at, text: value };
  if (typeof value === "boolean") return { is: "boolean", at };
  return value instanceof TomlDate ? { is: "date", at } : { is: "number", at, number: Number(value) };
}

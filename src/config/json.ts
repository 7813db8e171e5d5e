import { position } from "../recording/json/error.ts";
import { JsonReader, parseJson } from "../recording/json/parse.ts";
import { JsonNumber } from "../recording/json/value.ts";
import { quoted } from "./checks.ts";
import { type Member, type Tree, Wrong } from "./tree.ts";

/**
 * Reads a configuration that is JSON.
 * @throws JsonError where it is not; Wrong for a key that is there twice
 */
export function jsonTree(text: string): Tree {
  parseJson(text);
  return treeAt(new JsonReader(text));
}

/** The value that is next, in a text that is JSON. */
function treeAt(reader: JsonReader): Tree {
  const code = reader.peek();
  const { at } = reader;
  if (code === 123) return { is: "table", at, members: membersAt(reader) };
  if (code === 91) {
    const items: Tree[] = [];
    reader.elements(() => {
      items.push(treeAt(reader));
    });
    return { is: "list", at, items };
  }
  const value = reader.value();
  if (typeof value === "string") return { is: "text", at, text: value };
  if (value instanceof JsonNumber) return { is: "number", at, number: value.value };
  return { is: value === null ? "null" : "boolean", at };
}

function membersAt(reader: JsonReader): Member[] {
  const members = new Map<string, Member>();
  let from = reader.at;
  reader.members((key) => {
    // Nothing but white space and a comma lies before it.
    const keyAt = reader.text.indexOf('"', from);
    const before = members.get(key);
    if (before) {
      const { line, column } = position(reader.text, before.keyAt);
      throw new Wrong(`the key ${quoted(key)} is there twice, first at ${line}:${column}`, keyAt);
    }
    members.set(key, { key, keyAt, value: treeAt(reader) });
    from = reader.at;
  });
  return [...members.values()];
}

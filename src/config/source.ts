import { UserError } from "../errors.ts";
import { JsonError, position } from "../recording/json/error.ts";
import { jsonTree } from "./json.ts";
import { type Tree, Wrong } from "./tree.ts";

/** A file that may configure recctl. */
export interface Source {
  /** As people see it. */
  path: string;
  format: "json" | "toml";
  text: string;
}

/**
 * What a file says; null for a pyproject.toml without a table for recctl.
 * @throws UserError where it cannot be read
 */
export function treeOf(source: Source): Promise<Tree | null> {
  const { format, text } = source;
  return placed(source, async () => (format === "json" ? jsonTree(text) : (await import("./toml.ts")).tomlTree(text)));
}

/** What `work` gives; what it finds wrong is told with the place. */
export async function placed<T>({ path, text }: Source, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof JsonError)) throw error;
    const at = error instanceof Wrong ? error.at : error;
    const { line, column } = typeof at === "number" ? position(text, at) : at;
    throw new UserError(error.message, {
      place: `${path}:${line}:${column}`,
      remedy: ["recctl config --help", "recctl config --example"],
    });
  }
}

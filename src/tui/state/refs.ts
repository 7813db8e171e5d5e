import type { Entry } from "../../listing/entry.ts";
import { readName } from "../../recording/name.ts";
import type { State } from "./state.ts";

/** The id of a recording; its path where several have it, or where it would be taken for something else. */
export function refOf({ tree, places }: State, { id, path }: Entry): string {
  const isPlain = /^[0-9a-f][0-9a-f-]{3,}$/.test(id);
  const others = [...tree.entries, ...tree.broken].filter((one) => one.path !== path && readName(one.path).id === id);
  // Where it was told where to look, nobody would look there for it.
  return places.length === 0 && isPlain && others.length === 0 ? id : fileOf(path);
}

/** A path that no command takes for an option. */
export const fileOf = (path: string): string => (path.startsWith("-") ? `./${path}` : path);

/** So many files are named by their paths; of more, a command that shows them and some others is shorter. */
export const MOST_PATHS = 100;

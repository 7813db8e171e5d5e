import { differences, type Played } from "./played.ts";

/** Why a recording made again is not the file that it was made of. */
export type Cause = readonly [cause: string, fits: (difference: string, one: Played) => boolean];

export const CAUSES: readonly Cause[] = [
  [
    "written before the key id_normalization_mapping (2025-10-09)",
    (difference) => difference === ".id_normalization_mapping - made {}",
  ],
  ["written before the key test_id (2025-10-04)", (difference) => difference === ".test_id - made null"],
  [
    "a chat that an old recorder stored as a text completion",
    (difference, { recording }) =>
      recording.head.endpoint === "/v1/completions" &&
      /ChatCompletion/.test(recording.head.type ?? "") &&
      difference.startsWith(".response.body"),
  ],
  [
    "its name verifies under no scheme, so another hash is in its ids",
    (difference, { scheme }) => scheme === undefined && isId(difference),
  ],
  [
    "renamed after it was recorded: the ids tell the hash of its former name",
    (difference, { scheme }) => scheme !== undefined && isId(difference) && /id "rec-/.test(difference),
  ],
  [
    "recorded before ids and times were normalised",
    (difference) => /__data__\.(id "chatcmpl-|created [1-9])/.test(difference),
  ],
  [
    "recorded by llama_stack, as ogx was called",
    (difference) => /__type__ "llama_stack_api\.tools\.\w+" made "ogx_api\./.test(difference),
  ],
];

const isId = (difference: string): boolean => /^\.response\.body(\[\])?\.__data__\.id "/.test(difference);

/** How many files differ, by cause; a file may differ for several. `other` tells what has none. */
export function causesOf(all: readonly Played[], causes: readonly Cause[] = CAUSES): Record<string, number> {
  const counted = new Map<string, number>();
  const count = (cause: string): void => void counted.set(cause, (counted.get(cause) ?? 0) + 1);
  for (const one of all) {
    for (const cause of new Set(whyDiffers(one, causes))) count(cause);
  }
  return Object.fromEntries(counted);
}

function whyDiffers(one: Played, causes: readonly Cause[]): string[] {
  if ("refused" in one.again) return [`refused: ${one.again.refused}`];
  if (one.made === one.text) return [];
  const found = differences(one.recording.root, one.again.root);
  if (found.length === 0) return [`other: the text alone, in ${one.file}`];
  return found.map((difference) => {
    return causes.find(([, fits]) => fits(difference, one))?.[0] ?? `other: ${difference}, in ${one.file}`;
  });
}

import { dialectFor } from "../dialects/index.ts";
import { askedOf } from "../dialects/units.ts";
import type { Recording } from "../recording/recording.ts";
import type { Entry } from "./entry.ts";

/**
 * The requests of one test in the order of its conversation. Files carry no time: a later request
 * carries the turns of the earlier ones, so fewer turns come first, then shorter requests, then paths.
 */
export function byConversation(requests: readonly { entry: Entry; recording: Recording }[]): Entry[] {
  return requests
    .map(({ entry, recording }) => {
      const { turns } = askedOf(recording, dialectFor(recording.head));
      return { entry, turns: turns.length, length: JSON.stringify(turns).length };
    })
    .sort((a, b) => a.turns - b.turns || a.length - b.length || (a.entry.path < b.entry.path ? -1 : 1))
    .map(({ entry }) => entry);
}

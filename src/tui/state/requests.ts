import type { Entry } from "../../listing/entry.ts";
import { remembering } from "./memo.ts";
import type { Body, OpenBody, Peek, State } from "./state.ts";
import { recordings, type TestRow, testRow } from "./tree.ts";

/**
 * The requests of a row: of a test in the order of its conversation, as far as their bodies were read; of a group in the
 * order of the tests.
 */
const entriesOf = remembering(
  (order: readonly Entry[], row: TestRow | null, peeks: ReadonlyMap<string, Peek> | null): readonly Entry[] => {
    const own = row === null ? [] : order.slice(row.from, row.to);
    if (peeks === null || !own.every(({ path }) => peeks.has(path))) return own;
    // The same order as `byConversation` gives, from what was read before.
    return own
      .map((entry) => ({ entry, peek: peeks.get(entry.path) as Peek }))
      .sort(
        (a, b) =>
          a.peek.turns - b.peek.turns || a.peek.length - b.peek.length || (a.entry.path < b.entry.path ? -1 : 1),
      )
      .map(({ entry }) => entry);
  },
);

/** What the requests pane lists. */
export function requestsOf(state: State): readonly Entry[] {
  const row = testRow(state);
  return entriesOf(recordings(state).order, row, row?.kind === "test" ? state.peeks : null);
}

const placesOf = remembering(
  (entries: readonly Entry[]): ReadonlyMap<string, number> => new Map(entries.map(({ path }, at) => [path, at])),
);

/** The place of the request that the cursor is on; 0 where it is on none. */
export const requestIndex = (state: State): number => placesOf(requestsOf(state)).get(state.requests.cursor) ?? 0;
export const requestOf = (state: State): Entry | null => requestsOf(state)[requestIndex(state)] ?? null;

/** The path of what the answer pane shows: a recording, or a file that is none. */
export const shownPath = (state: State): string | null => testRow(state)?.flaw?.path ?? requestOf(state)?.path ?? null;

/** What was read of it; null while it is not there yet. */
export function bodyOf(state: State): Body | null {
  const path = shownPath(state);
  return (path !== null && state.bodies.get(path)) || null;
}

/** The same, where it is a recording. */
export function openBodyOf(state: State): OpenBody | null {
  const body = bodyOf(state);
  return body && "recording" in body ? body : null;
}

/** How many chunks the chunks pane lists: all, or of a stream that plays those that have come. */
export function chunkCount(state: State): number {
  const units = openBodyOf(state)?.units.length ?? 0;
  return state.play ? Math.min(state.play.shown, units) : units;
}

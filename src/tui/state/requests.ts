import type { Entry } from "../../listing/entry.ts";
import { remembering } from "./memo.ts";
import type { Body, OpenBody, Peek, State } from "./state.ts";
import { recordings, type TestRow, testRow } from "./tree.ts";

/** A test of more requests than this lists them by path: all of them would have to be read to tell their order. */
const MOST_IN_ORDER = 1_000;

/** Whether the requests of a row are listed in the order of its conversation, once they were read. */
export const isConversation = (row: TestRow | null): boolean =>
  row?.kind === "test" && row.to - row.from <= MOST_IN_ORDER;

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
  return entriesOf(recordings(state).order, row, isConversation(row) ? state.peeks : null);
}

const placesOf = remembering(
  (entries: readonly Entry[]): ReadonlyMap<string, number> => new Map(entries.map(({ path }, at) => [path, at])),
);

/** The place of a path in the list of requests; -1 for one that is not in it. */
export function requestPlace(state: State, path: string): number {
  const row = testRow(state);
  if (isConversation(row)) return placesOf(requestsOf(state)).get(path) ?? -1;
  const at = recordings(state).at.get(path) ?? -1;
  return row !== null && at >= row.from && at < row.to ? at - row.from : -1;
}

/** The place of the request that the cursor is on; 0 where it is on none. */
export const requestIndex = (state: State): number => Math.max(0, requestPlace(state, state.requests.cursor));
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

import type { Entry } from "../../listing/entry.ts";
import { matcher } from "../../listing/filter.ts";
import { countText, numberText } from "../../text/bytes.ts";
import type { Effect } from "./effect.ts";
import { hitCount, hitNumber } from "./marks.ts";
import { remembering } from "./memo.ts";
import { isConversation, requestPlace, requestsOf, shownPath } from "./requests.ts";
import type { Search, State } from "./state.ts";
import { does, type Made, told } from "./step.ts";
import { leafAt, pathTo, recordings, testRow } from "./tree.ts";

/** Looks for a text: at once in what is known of every recording, then in what was asked and answered. */
export function searched(state: State, text: string): Made {
  // Nothing to look for takes the place of what is still being looked for.
  if (text === "") return unsearch(state);
  const holds = matcher(text);
  const hits = new Set<string>();
  for (const entry of state.tree.entries) if (holdsAtOnce(entry, holds)) hits.add(entry.path);
  const paths = unsearched(state, hits);
  const search: Search = { text, hits, isDone: paths.length === 0, from: cursorOf(state) };
  const found = nextHit({ ...state, search }, 1);
  return does(found, ...lookingFor(text, paths));
}

const NOTHING: Effect = { type: "search", text: "", paths: [] };

/** What is known of a recording without reading it. */
const holdsAtOnce = ({ id, head }: Entry, holds: (text: string) => boolean): boolean =>
  holds(head.testId ?? "") || holds(id) || holds(head.model ?? "");

const lookingFor = (text: string, paths: readonly string[]): Effect[] =>
  paths.length === 0 ? [] : [{ type: "search", text, paths }];

/**
 * The recordings without a hit: those behind the cursor first, then round to its own, those that the filter leaves out
 * last. They are searched in this order, so that what is found first is also what comes next.
 */
function unsearched(state: State, hits: ReadonlySet<string>): string[] {
  const { order, at } = recordings(state);
  const here = Math.floor(placeOf(state)) + 1;
  const around = [...order.slice(here), ...order.slice(0, here)];
  const others =
    order.length === state.tree.entries.length ? [] : state.tree.entries.filter(({ path }) => !at.has(path));
  return [...around, ...others].map(({ path }) => path).filter((path) => !hits.has(path));
}

/** What the cursor is on, to tell whether it was moved. */
const cursorOf = ({ tests, requests }: State): string => JSON.stringify([tests.cursor, requests.cursor]);

/** More was found; what is not of the present search tells nothing, and what came of a key stands until the next one. */
export function found(state: State, text: string, hits: ReadonlySet<string>, isDone: boolean): State {
  const after = withFound(state, text, hits, isDone);
  const isPlain = state.message === null || state.message.tone === "plain";
  return isPlain || after === state ? after : { ...after, message: state.message };
}

function withFound(state: State, text: string, hits: ReadonlySet<string>, isDone: boolean): State {
  const { search } = state;
  if (search?.text !== text) return state;
  const was = hitPlaces(state).length;
  const after: State = {
    ...state,
    search: { ...search, hits: new Set([...search.hits, ...hits]), isDone, landing: search.landing ?? null },
  };
  const count = hitPlaces(after).length;
  // Nobody's cursor is moved while they do something else.
  const isBusy = state.prompt !== null || state.overlay !== null || state.play !== null || search.isAgain === true;
  if (isBusy || (was > 0 && !isDone)) return recounted(after);
  // Nor is the cursor of whoever has gone on meanwhile.
  if (was === 0 && count > 0 && cursorOf(state) === search.from) return nextHit(after, 1);
  if (!isDone) return after;
  return count === 0 ? nextHit(after, 1) : told(after, `${countText(count, "recording")} found`);
}

/** What a message counts while it is searched. */
const COUNTED = /^\d[\d,]* of \d+(?:,\d{3})*(?=.*\(searching…\)$)/;

/** Counts in a message that stands grow with those of the header. */
function recounted(state: State): State {
  const { message } = state;
  const at = hitNumber(state, shownPath(state));
  if (message === null || at === null || !COUNTED.test(message.text)) return state;
  const text = message.text.replace(COUNTED, `${numberText(at)} of ${numberText(hitCount(state))}`);
  return { ...state, message: { ...message, text } };
}

/** Takes the search back, and ends what is left of it; where there is none, nothing. */
export function unsearch(state: State): Made {
  if (state.search === null) return state;
  return does(told({ ...state, search: null }, "the search is taken back"), ...(state.search.isDone ? [] : [NOTHING]));
}

/** The search goes on in recordings that were not there, or were not so. */
export function searchedAgain(state: State, changed: ReadonlySet<string>): Made {
  const { search, tree } = state;
  if (search === null) return state;
  const holds = matcher(search.text);
  const isHit = (entry: Entry): boolean =>
    (search.hits.has(entry.path) && !changed.has(entry.path)) || holdsAtOnce(entry, holds);
  const hits = new Set(tree.entries.filter(isHit).map(({ path }) => path));
  // What an earlier search had not come to yet is searched by this one: it takes its place.
  const paths = unsearched(state, hits).filter((path) => !search.isDone || changed.has(path));
  const isAgain = search.isDone || search.isAgain === true;
  return does(
    { ...state, search: { ...search, hits, isDone: paths.length === 0, isAgain } },
    ...lookingFor(search.text, paths),
  );
}

const placesOf = remembering((order: readonly Entry[], hits: ReadonlySet<string>): readonly number[] => {
  const places: number[] = [];
  for (const [place, { path }] of order.entries()) if (hits.has(path)) places.push(place);
  return places;
});

/** The places, in the order of the tests, of what was found and is not filtered out. */
const hitPlaces = (state: State): readonly number[] =>
  state.search === null ? [] : placesOf(recordings(state).order, state.search.hits);

/** All recordings in the order of the screen: of the row at hand, as its requests are listed. */
function screenOrder(state: State): readonly Entry[] {
  const { order } = recordings(state);
  const row = testRow(state);
  return isConversation(row) && row
    ? [...order.slice(0, row.from), ...requestsOf(state), ...order.slice(row.to)]
    : order;
}

/** Where the cursor is in the order of the screen; of a group just before all that it holds. */
function placeOf(state: State): number {
  const row = testRow(state);
  if (row === null) return -0.5;
  if (row.isOpen !== null && state.requests.cursor === "") return row.from - 0.5;
  const path = shownPath(state) ?? "";
  if (isConversation(row)) return row.from + Math.max(-0.5, requestPlace(state, path));
  return recordings(state).at.get(path) ?? row.from - 0.5;
}

/** The next hit (1) or the one before (-1), round and round. */
export function nextHit(state: State, by: 1 | -1): State {
  const { search } = state;
  if (search === null) return told(state, "nothing is searched for: / searches");
  const order = screenOrder(state);
  const places = placesOf(order, search.hits);
  const isSearching = search.isDone ? "" : " (searching…)";
  if (places.length === 0) {
    return search.isDone ? told(state, `not found: ${search.text}`, "bad") : told(state, "searching… none yet");
  }
  const here = placeOf(state);
  const near = by > 0 ? places.findIndex((place) => place > here) : places.findLastIndex((place) => place < here);
  const at = near >= 0 ? near : by > 0 ? 0 : places.length - 1;
  const wrapped = near >= 0 ? "" : ", search wrapped";
  const there = landed(goTo(state, order, places[at] as number, by));
  return told(there, `${numberText(at + 1)} of ${numberText(places.length)}${wrapped}${isSearching}`);
}

/** Puts the cursors on the recording at a place of the order, and opens the groups around it. */
function goTo(state: State, order: readonly Entry[], place: number, by: 1 | -1): State {
  const all = recordings(state);
  const entry = order[place];
  const leaf = leafAt(all, place);
  if (entry === undefined || leaf === undefined) return state;
  const around = pathTo(all, leaf).filter(({ key }) => state.tests.closed.has(key));
  const closed = new Set(state.tests.closed);
  for (const { key } of around) closed.delete(key);
  const level = state.level === "chunks" ? "requests" : state.level;
  const isElsewhere = leaf.key !== testRow(state)?.key;
  return {
    ...state,
    level,
    focus: state.focus === "chunks" ? "requests" : state.focus,
    tests: { ...state.tests, cursor: leaf.key, closed: around.length === 0 ? state.tests.closed : closed },
    requests: { ...state.requests, cursor: entry.path },
    search: state.search && {
      ...state.search,
      landing: isElsewhere ? { path: entry.path, by } : null,
      seek: entry.path,
    },
  };
}

/**
 * A test that was gone to is entered at its first hit (or its last, where one goes backwards) in the order of its
 * conversation, which is known once its requests were read; unless the cursor was moved meanwhile.
 */
export function landed(state: State): State {
  const { search } = state;
  if (!search?.landing) return state;
  const { path, by } = search.landing;
  const done: State = { ...state, search: { ...search, landing: null } };
  const row = testRow(state);
  const requests = requestsOf(state);
  if (state.requests.cursor !== path || !isConversation(row)) return done;
  if (!requests.every((entry) => state.peeks.has(entry.path))) return state;
  const hits = requests.filter((entry) => search.hits.has(entry.path));
  const cursor = (by > 0 ? hits[0] : hits.at(-1))?.path ?? path;
  return { ...done, search: { ...search, landing: null, seek: cursor }, requests: { ...state.requests, cursor } };
}

import { moveIn, moveTo, page, toggled } from "./moving.ts";
import { type State, TABS, type Tab } from "./state.ts";
import { groupsOf, recordings, testRow } from "./tree.ts";

/** Shows a tab from its top. */
export const showTab = (state: State, tab: Tab): State =>
  tab === state.answer.tab ? state : { ...state, answer: { tab, top: 0, line: 0, folds: new Set() } };

/** The tab so many places further, round and round. */
export function tabBy(state: State, by: number): State {
  const at = TABS.indexOf(state.answer.tab) + by;
  return showTab(state, TABS[(at + TABS.length) % TABS.length] as Tab);
}

/** Folds or unfolds what the cursor is on. */
export function folded(state: State): State {
  if (state.focus !== "tests") return state;
  const row = testRow(state);
  return row && row.isOpen !== null ? toggled(state, row.key) : state;
}

/** Closes all groups, or opens them where none is open. */
export function foldedAll(state: State): State {
  if (state.focus !== "tests") return state;
  const groups = groupsOf(recordings(state));
  const isAnyOpen = groups.some((key) => !state.tests.closed.has(key));
  return { ...state, tests: { ...state.tests, closed: new Set(isAnyOpen ? groups : []) } };
}

/** Moves of the pane with the keys, by rows and pages. */
export const MOVES = {
  down: (state: State) => moveIn(state, state.focus, 1),
  up: (state: State) => moveIn(state, state.focus, -1),
  halfDown: (state: State) => moveIn(state, state.focus, Math.ceil(page(state) / 2)),
  halfUp: (state: State) => moveIn(state, state.focus, -Math.ceil(page(state) / 2)),
  pageDown: (state: State) => moveIn(state, state.focus, page(state)),
  pageUp: (state: State) => moveIn(state, state.focus, -page(state)),
  first: (state: State) => moveTo(state, state.focus, 0),
  last: (state: State) => moveTo(state, state.focus, Number.MAX_SAFE_INTEGER),
} as const;

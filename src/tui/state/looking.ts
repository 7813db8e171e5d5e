import { foldAt, foldKeys, foldLine } from "../content/answer.ts";
import { isNarrow } from "./layout.ts";
import { toggled } from "./moving.ts";
import { type State, TABS, type Tab } from "./state.ts";
import { told } from "./step.ts";
import { groupsOf, recordings, testRow } from "./tree.ts";

/** Shows a tab from its top. */
export const showTab = (state: State, tab: Tab): State =>
  tab === state.answer.tab ? state : { ...state, answer: { tab, top: 0, line: 0, folds: new Set() } };

/** The tab so many places further, round and round. */
export function tabBy(state: State, by: number): State {
  const at = TABS.indexOf(state.answer.tab) + by;
  return showTab(state, TABS[(at + TABS.length) % TABS.length] as Tab);
}

const RAW_ALONE = "only the raw JSON folds: 2 shows it";
const GROUPS_ALONE = "nothing can be folded here: groups of tests can, and the raw JSON";

/** Folds or unfolds what the cursor is on: a group of tests, or a part of the JSON. */
export function folded(state: State): State {
  if (state.focus === "answer") {
    if (state.answer.tab !== "raw") return told(state, RAW_ALONE);
    const key = foldAt(state);
    if (key === null) return told(state, "nothing can be folded here");
    const folds = new Set(state.answer.folds);
    if (!folds.delete(key)) folds.add(key);
    const after = withFolds(state, folds);
    // What was folded around the cursor is now the line that it begins on.
    const line = foldLine(after, key);
    return line < 0 ? after : { ...after, answer: { ...after.answer, line } };
  }
  const row = testRow(state);
  return state.focus === "tests" && row && row.isOpen !== null ? toggled(state, row.key) : told(state, GROUPS_ALONE);
}

/** Closes all groups, or opens them where none is open; in the JSON the same of its parts. */
export function foldedAll(state: State): State {
  if (state.focus === "answer") {
    if (state.answer.tab !== "raw") return told(state, RAW_ALONE);
    const keys = foldKeys(state);
    const areAll = keys.every((key) => state.answer.folds.has(key));
    return withFolds(state, new Set(areAll ? [] : keys));
  }
  if (state.focus !== "tests") return told(state, GROUPS_ALONE);
  const groups = groupsOf(recordings(state));
  const isAnyOpen = groups.some((key) => !state.tests.closed.has(key));
  return { ...state, tests: { ...state.tests, closed: new Set(isAnyOpen ? groups : []) } };
}

const withFolds = (state: State, folds: ReadonlySet<string>): State => ({
  ...state,
  answer: { ...state.answer, folds },
});

/** Gives the pane with the keys the whole screen, or takes it back. */
export function zoomed(state: State): State {
  const after = { ...state, isZoomed: !state.isZoomed };
  return isNarrow(state) ? told(after, "no room for more than one pane") : after;
}

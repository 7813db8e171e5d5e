import { countText } from "../../text/bytes.ts";
import { forgetting } from "./bodies.ts";
import { layoutOf } from "./layout.ts";
import type { RemovalPlan } from "./overlay.ts";
import { requestOf } from "./requests.ts";
import type { State } from "./state.ts";
import { does, type Made, told } from "./step.ts";
import { isOnGroup, recordings, testRow } from "./tree.ts";

/** Marks what is at hand for removal: what is shown, or all of a row of tests; takes the marks back where all have one. */
export function marked(state: State): State {
  const paths = pathsHere(state);
  if (paths.length === 0) return told(state, "no recording to mark");
  const areAll = paths.every((path) => state.leaving.has(path));
  const leaving = new Set(state.leaving);
  for (const path of paths) {
    if (areAll) leaving.delete(path);
    else leaving.add(path);
  }
  const marks = leaving.size === 0 ? "nothing is marked" : `${countText(leaving.size, "recording")} marked: D reviews`;
  return told({ ...state, leaving }, marks);
}

function pathsHere(state: State): string[] {
  const row = testRow(state);
  if (row === null || row.flaw) return [];
  const isOnRow = isOnGroup(state) || (state.focus === "tests" && state.play === null);
  if (!isOnRow) return [requestOf(state)?.path].filter((path) => path !== undefined);
  return recordings(state)
    .order.slice(row.from, row.to)
    .map(({ path }) => path);
}

/** Asks for the plan of what is marked. */
export function planning(state: State): Made {
  if (state.leaving.size === 0) {
    const overlay = state.overlay?.shows === "plan" ? null : state.overlay;
    return told({ ...state, overlay }, "nothing is marked for removal: d marks");
  }
  const paths = [...state.leaving].sort();
  return does({ ...state, overlay: { shows: "plan", top: 0, plan: null } }, { type: "plan", paths });
}

/** Takes a plan of what is marked now. */
export function planned(state: State, plan: RemovalPlan): State {
  const { overlay, leaving } = state;
  if (overlay?.shows !== "plan" || !plan.items.every(({ path }) => leaving.has(path))) return state;
  return { ...state, overlay: { ...overlay, plan } };
}

/** Why a plan cannot be carried out; null where it can. */
export function whyNot(plan: RemovalPlan | null): string | null {
  if (plan === null) return "the plan is still being made";
  if (plan.refusals.length > 0) return "it cannot be done: the plan says why";
  return plan.items.length === 0 ? "there is nothing to remove" : null;
}

/** Carries out the plan that is shown; it is closed, so that it is done once. */
export function confirmed(state: State): Made {
  const { overlay } = state;
  if (overlay?.shows !== "plan") return state;
  const { plan } = overlay;
  const why = layoutOf(state).isTooSmall ? "the screen is too small to see what would go" : whyNot(plan);
  if (plan === null || why !== null) return told(state, why ?? "", "bad");
  return does(told({ ...state, overlay: null }, `removing ${countText(plan.items.length, "recording")}…`), {
    type: "remove",
    plan,
  });
}

/** Takes all marks back. */
export const unmarked = (state: State): State =>
  told({ ...state, leaving: new Set(), overlay: null }, "nothing is marked any more");

/** It could not be done: the plan is shown again with all that is told of why, where nothing else is in the way. */
export function refused(state: State, plan: RemovalPlan, why: string): State {
  const after = told(state, why, "bad");
  if (state.overlay || state.prompt) return after;
  return { ...after, overlay: { shows: "plan", top: 0, plan, isRefused: true } };
}

/** It was done: what is gone is neither listed nor marked. Whoever did it reads the tree to see what else is so. */
export function removed(state: State, paths: readonly string[], outcome: string): State {
  const gone = new Set(paths);
  const entries = state.tree.entries.filter(({ path }) => !gone.has(path));
  const after: State = {
    ...state,
    tree: entries.length === state.tree.entries.length ? state.tree : { ...state.tree, entries },
    leaving: new Set([...state.leaving].filter((path) => !gone.has(path))),
    overlay: state.overlay?.shows === "plan" ? null : state.overlay,
    compareWith: state.compareWith !== null && gone.has(state.compareWith) ? null : state.compareWith,
  };
  return { ...forgetting(after, gone), message: { text: outcome, tone: "good", isOfTree: true } };
}

import type { Where } from "../keys.ts";
import { misexported } from "./acting.ts";
import type { Action } from "./action.ts";
import { keptBodies, keptPeeks } from "./bodies.ts";
import { asking, withCompared } from "./comparing.ts";
import type { Step } from "./effect.ts";
import { filtered, misfiltered } from "./filtering.ts";
import { found, landed } from "./finding.ts";
import { cursorTo, focusOn, listOf, moved, moveIn, paneAt, toggled } from "./moving.ts";
import { needsOf } from "./needs.ts";
import { inSight, ticked } from "./playing.ts";
import { edited, typed } from "./prompt.ts";
import { planned, refused, removed } from "./removing.ts";
import { changedOnDisk, scanned } from "./scanning.ts";
import { sought } from "./seeking.ts";
import { settled } from "./settle.ts";
import type { Size, State } from "./state.ts";
import { type Made, stepOf } from "./step.ts";
import { testRow } from "./tree.ts";
import { VERBS } from "./verbs.ts";

/** Where the keys go. */
export function whereOf({ prompt, overlay, play, focus }: State): Where {
  if (prompt) return "prompt";
  if (overlay) return overlay.shows;
  if (play) return "play";
  return focus === "answer" ? "answer" : "lists";
}

/** The whole machine: what happens to a state, and what is to be done about it. */
export function update(before: State, action: Action): Step<State> {
  const { state: raw, effects } = stepOf(reduced(before, action));
  if (raw === before) return { state: before, effects };
  const { state, effects: needs } = needsOf(before, sought(settled(before, raw)));
  return { state, effects: [...effects, ...needs] };
}

function reduced(state: State, action: Action): Made {
  switch (action.type) {
    case "do":
      return VERBS[action.verb](quiet(state));
    case "input":
      return state.prompt ? edited(quiet(state), (prompt) => typed(prompt, action.text)) : state;
    case "resize":
      return resized(state, action.size);
    case "wheel":
      return wheeled(state, action.by, action.column, action.row);
    case "click":
      return clicked(state, action.column, action.row);
    case "scanned":
      return scanned(state, action.tree);
    case "opened":
      return { ...state, bodies: keptBodies(state, action.body) };
    case "peeked":
      return landed({ ...state, peeks: keptPeeks(state, action.peeks) });
    case "checked":
      return { ...state, findings: action.findings };
    case "judged":
      return { ...state, verdicts: action.verdicts };
    case "found":
      return found(state, action.text, action.hits, action.isDone);
    case "filtered":
      return filtered(state, action.filter);
    case "unfiltered":
      return misfiltered(state, action.line, action.why);
    case "compared":
      return withCompared(state, action);
    case "unexported":
      return misexported(state, action.path, action.file, action.why);
    case "planned":
      return planned(state, action.plan);
    case "refused":
      return refused(state, { ...action.plan, refusals: action.refusals }, action.told);
    case "removed":
      return removed(state, action.paths, action.told);
    case "tick":
      return ticked(state, action.turn);
    case "told":
      return { ...state, message: action.message };
    case "changed":
      return changedOnDisk(state, action.paths, action.isNews);
  }
}

/** A message stands until the next key. */
const quiet = (state: State): State => (state.message === null ? state : { ...state, message: null });

function resized(state: State, { columns, rows }: Size): Made {
  const size = { columns: Math.max(1, columns), rows: Math.max(1, rows) };
  if (size.columns === state.size.columns && size.rows === state.size.rows) return state;
  return asking(inSight({ ...state, size }, state));
}

function wheeled(state: State, by: number, column: number, row: number): State {
  if (state.overlay) return moved(state, by);
  const at = paneAt(state, column, row);
  return at ? moveIn(state, at.pane, by) : state;
}

/** Gives the keys to a pane and puts its cursor on a row; of a group that has it already, opens or closes it. */
function clicked(before: State, column: number, row: number): State {
  const state = quiet(before);
  const at = state.prompt || state.overlay ? null : paneAt(state, column, row);
  if (!at) return state;
  const focused = focusOn(state, at.pane);
  if (at.line < 0) return focused;
  if (at.pane === "answer") {
    const { tab, top } = focused.answer;
    return tab === "raw" ? moveIn(focused, "answer", top + at.line - focused.answer.line) : focused;
  }
  const list = listOf(focused, at.pane);
  const place = focused[at.pane].top + at.line;
  if (place >= list.count) return focused;
  const here = testRow(focused);
  if (at.pane === "tests" && state.focus === "tests" && place === list.at && here && here.isOpen !== null) {
    return toggled(focused, here.key);
  }
  return cursorTo(focused, at.pane, place);
}

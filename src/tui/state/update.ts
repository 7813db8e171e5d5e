import type { Verb, Where } from "../keys.ts";
import type { Action } from "./action.ts";
import { keptBodies } from "./bodies.ts";
import type { Effect, Step } from "./effect.ts";
import { folded, foldedAll, MOVES, showTab, tabBy } from "./looking.ts";
import { back, cursorTo, deeper, focusOn, moveIn, paneAt } from "./moving.ts";
import { needsOf } from "./needs.ts";
import { settled } from "./settle.ts";
import type { State } from "./state.ts";

/** What a verb or an action makes of a state, and what it wants done. */
export type Made = State | Step<State>;

/** Where the keys go. */
export function whereOf({ prompt, overlay, play, focus }: State): Where {
  if (prompt) return "prompt";
  if (overlay) return overlay.shows;
  if (play) return "play";
  return focus === "answer" ? "answer" : "lists";
}

/** The whole machine: what happens to a state, and what is to be done about it. */
export function update(before: State, action: Action): Step<State> {
  const made = reduced(before, action);
  const { state: raw, effects } = "effects" in made ? made : { state: made, effects: [] };
  const state = raw === before ? before : settled(before, raw);
  return { state, effects: [...effects, ...needsOf(before, state)] };
}

const VERBS: Partial<Record<Verb, (state: State) => Made>> = {
  ...MOVES,
  deeper,
  back,
  fold: folded,
  foldAll: foldedAll,
  nextTab: (state) => tabBy(state, 1),
  previousTab: (state) => tabBy(state, -1),
  tab1: (state) => showTab(state, "conversation"),
  tab2: (state) => showTab(state, "raw"),
  tab3: (state) => showTab(state, "findings"),
  tab4: (state) => showTab(state, "verdict"),
  zoom: (state) => ({ ...state, isZoomed: !state.isZoomed }),
  reload: (state) => does(state, { type: "scan" }),
  quit: (state) => does(state, { type: "quit" }),
  interrupt: (state) => does(state, { type: "quit" }),
  suspend: (state) => does(state, { type: "suspend" }),
  redraw: (state) => does(state, { type: "redraw" }),
};

const does = (state: State, ...effects: Effect[]): Step<State> => ({ state, effects });

function reduced(state: State, action: Action): Made {
  switch (action.type) {
    case "do":
      return VERBS[action.verb]?.({ ...state, message: null }) ?? state;
    case "resize":
      return { ...state, size: action.size };
    case "wheel": {
      const at = paneAt(state, action.column, action.row);
      return at ? moveIn(state, at.pane, action.by) : state;
    }
    case "click":
      return clicked(state, action.column, action.row);
    case "scanned":
      return { ...state, tree: action.tree };
    case "opened":
      return { ...state, bodies: keptBodies(state, action.body) };
    case "peeked":
      return { ...state, peeks: new Map([...state.peeks, ...action.peeks]) };
    case "told":
      return { ...state, message: action.message };
    default:
      return state;
  }
}

function clicked(state: State, column: number, row: number): State {
  const at = paneAt(state, column, row);
  if (!at) return state;
  const focused = focusOn(state, at.pane);
  if (at.pane === "answer" || at.line < 0) return focused;
  return cursorTo(focused, at.pane, focused[at.pane].top + at.line);
}

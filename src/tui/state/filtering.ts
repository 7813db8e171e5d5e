import { countText, numberText } from "../../text/bytes.ts";
import { prompting } from "./prompt.ts";
import type { Filter, State } from "./state.ts";
import { does, type Made, told } from "./step.ts";

/** Asks for what the flags of a line choose; an empty one takes the filter away. */
export function filteredBy(state: State, line: string): Made {
  if (line.trim() === "") return unfiltered(state);
  return does(told({ ...state, filtering: line }, "filtering…"), { type: "filter", line });
}

export const unfiltered = (state: State): State => ({ ...state, filter: null, filtering: null });

/** What a filter leaves. One that neither holds nor was asked for last, or that was taken back, is not taken. */
export function filtered(state: State, filter: Filter | null): State {
  if (filter === null) return unfiltered(state);
  if (filter.line !== state.filtering && filter.line !== state.filter?.line) return state;
  const filtering = filter.line === state.filtering ? null : state.filtering;
  const after: State = { ...state, filter, filtering };
  // Of a filter that holds already, seen again because the tree changed, nothing is said.
  if (state.filter?.line === filter.line) return after;
  const of = `of ${countText(state.tree.entries.length, "recording")}`;
  return told(after, filter.kept.size === 0 ? `none ${of} fits` : `${numberText(filter.kept.size)} ${of}`);
}

/** A line that is none: typed on, where nothing else is being typed. */
export function misfiltered(state: State, line: string, why: string): State {
  if (line !== state.filtering) return state;
  const after = { ...state, filtering: null, message: null };
  return state.prompt ? told(after, why, "bad") : prompting(after, "filter", line, { error: why });
}

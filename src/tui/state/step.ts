import type { Effect, Step } from "./effect.ts";
import type { Message, State } from "./state.ts";

/** What a verb or an action makes of a state, and what it wants done. */
export type Made = State | Step<State>;

/** A state, and what is to be done. */
export const does = (state: State, ...effects: readonly Effect[]): Step<State> => ({ state, effects });

/** A state that says something. */
export const told = (state: State, text: string, tone: Message["tone"] = "plain"): State => ({
  ...state,
  message: { text, tone },
});

/** The same where nobody asked for it: what came of a key, good or bad, stands until the next one. */
export const toldUnasked = (state: State, text: string): State =>
  (state.message?.tone ?? "plain") === "plain" ? told(state, text) : state;

/** Both as one. */
export const stepOf = (made: Made): Step<State> => ("effects" in made ? made : { state: made, effects: [] });

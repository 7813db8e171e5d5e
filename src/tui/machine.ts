import { verbOf } from "./keys.ts";
import type { Action } from "./state/action.ts";
import type { Effect } from "./state/effect.ts";
import type { State } from "./state/state.ts";
import { update, whereOf } from "./state/update.ts";
import { strayText } from "./stray.ts";

/** Does what the state machine wants done. What comes of it, now or later, is dispatched. */
export type Perform = (effect: Effect, state: State) => void;

/** The state, and the only door to it. */
export class Machine {
  private readonly changed = new Set<() => void>();
  private readonly wanted: [Effect, State][] = [];
  private isPerforming = false;

  constructor(
    public state: State,
    private readonly perform: Perform,
  ) {}

  /** Calls `listener` after each change. */
  subscribe(listener: () => void): void {
    this.changed.add(listener);
  }

  dispatch(action: Action): void {
    const { state, effects } = update(this.state, action);
    const isChanged = state !== this.state;
    this.state = state;
    if (isChanged) for (const listener of this.changed) listener();
    for (const effect of effects) this.wanted.push([effect, state]);
    this.performAll();
  }

  /** What is dispatched while something is done waits for the rest of it: else the later state's wants came before the earlier's. */
  private performAll(): void {
    if (this.isPerforming) return;
    this.isPerforming = true;
    try {
      for (let next = this.wanted.shift(); next; next = this.wanted.shift()) this.perform(...next);
    } finally {
      this.isPerforming = false;
    }
  }

  /** What a key that was pressed means now. */
  key(name: string): void {
    const where = whereOf(this.state);
    const verb = verbOf(where, name);
    if (verb) this.dispatch({ type: "do", verb });
    else if (where === "prompt") {
      const text = name === "space" ? " " : name;
      if ([...text].length === 1) this.dispatch({ type: "input", text });
    } else {
      const text = strayText(where, name);
      if (text !== null) this.dispatch({ type: "told", message: { text, tone: "plain" } });
    }
  }
}

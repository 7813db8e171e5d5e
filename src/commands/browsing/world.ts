import type { Action } from "../../tui/state/action.ts";
import type { State } from "../../tui/state/state.ts";
import type { Context } from "../command.ts";
import type { SelectionOptions } from "../selection.ts";
import type { Jobs } from "./jobs.ts";

/** What effects have of the world. */
export interface World {
  readonly args: readonly string[];
  readonly options: SelectionOptions;
  /** Its terminal is taken: nothing that is told there is seen. */
  readonly context: Context;
  /** For what must not be cut short by leaving the screen. */
  readonly whole: Context;
  readonly jobs: Jobs;
  dispatch(action: Action): void;
  state(): State;
  /** Does work whose errors are told on the screen. */
  doing(work: () => Promise<void>): void;
}

export function tell({ dispatch }: World, tone: "good" | "bad" | "plain", text: string): void {
  dispatch({ type: "told", message: { text, tone } });
}

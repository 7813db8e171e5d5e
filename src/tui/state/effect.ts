import type { Action } from "./action.ts";
import type { RemovalPlan } from "./overlay.ts";
import type { Tab } from "./state.ts";

/** What the state machine wants done; its outcome comes back as an action. */
export type Effect =
  /** Reads a recording once the cursor rests: a later one takes the place of one that waits. */
  | { type: "open"; path: string }
  /** Reads what the list of requests tells of these. A later one takes the place of what is left of an earlier one. */
  | { type: "peek"; paths: readonly string[] }
  /** `isUnasked`: nobody waits for what comes of it. */
  | { type: "scan"; isUnasked?: boolean }
  | { type: "check" }
  | { type: "judge" }
  | { type: "search"; text: string; paths: readonly string[] }
  | { type: "filter"; line: string }
  | { type: "compare"; old: string; now: string; columns: number }
  | { type: "copy"; text: string; what: string }
  /** What the answer pane shows, in the pager. */
  | { type: "page"; path: string; tab: Tab }
  | { type: "edit"; path: string }
  | { type: "export"; path: string; file: string }
  | { type: "plan"; paths: readonly string[] }
  | { type: "remove"; plan: RemovalPlan }
  | { type: "timer"; ms: number; then: Action }
  /** Ctrl-Z. */
  | { type: "suspend" }
  | { type: "redraw" }
  | { type: "quit" };

/** What an action leads to. */
export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

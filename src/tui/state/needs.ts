import type { Effect, Step } from "./effect.ts";
import { windowRows } from "./layout.ts";
import { isConversation, requestsOf, shownPath } from "./requests.ts";
import type { State } from "./state.ts";
import { testRow } from "./tree.ts";

/** Trees of more recordings are checked and judged when someone wants to see it. */
const MOST_AT_ONCE = 5_000;

/** What is wanted and was not asked for yet, as effects; what `before` needed just as much has been asked for. */
export function needsOf(before: State, after: State): Step<State> {
  const had = reads(before);
  const effects = reads(after).filter((effect) => !had.some((other) => same(effect, other)));
  const { findings, verdicts, answer } = after;
  let state = after;
  if (findings.is === "unknown" && isWanted(after, answer.tab === "findings")) {
    state = { ...state, findings: { is: "asked" } };
    effects.push({ type: "check" });
  }
  if (verdicts.is === "unknown" && isWanted(after, answer.tab === "verdict")) {
    state = { ...state, verdicts: { is: "asked" } };
    effects.push({ type: "judge" });
  }
  return { state, effects };
}

function isWanted({ tree }: State, isLookedAt: boolean): boolean {
  const count = tree.entries.length;
  return tree.isRead && (isLookedAt || (count > 0 && count <= MOST_AT_ONCE));
}

/** What is on the screen and was not read yet. */
function reads(state: State): Effect[] {
  const effects: Effect[] = [];
  const path = shownPath(state);
  if (path !== null && !state.bodies.has(path)) effects.push({ type: "open", path });
  const paths = unpeeked(state);
  if (paths.length > 0) effects.push({ type: "peek", paths });
  return effects;
}

/** Of a test all requests are read, for their order; of a group those that are seen. */
function unpeeked(state: State): string[] {
  const requests = requestsOf(state);
  const { top } = state.requests;
  const seen = isConversation(testRow(state)) ? requests : requests.slice(top, top + windowRows(state, "requests"));
  return seen.filter(({ path }) => !state.peeks.has(path)).map(({ path }) => path);
}

function same(a: Effect, b: Effect): boolean {
  if (a.type === "open" && b.type === "open") return a.path === b.path;
  if (a.type === "peek" && b.type === "peek")
    return a.paths.length === b.paths.length && a.paths.every((path, at) => path === b.paths[at]);
  return false;
}

import type { Effect } from "./effect.ts";
import { windowRows } from "./layout.ts";
import { requestsOf, shownPath } from "./requests.ts";
import type { State } from "./state.ts";
import { testRow } from "./tree.ts";

/** What is on the screen and was not read yet, as effects; those that `before` needed just as much have been asked for. */
export function needsOf(before: State, state: State): Effect[] {
  const had = all(before);
  return all(state).filter((effect) => !had.some((other) => same(effect, other)));
}

function all(state: State): Effect[] {
  const effects: Effect[] = [];
  const path = shownPath(state);
  if (path !== null && !state.bodies.has(path)) effects.push({ type: "open", path });
  const paths = unpeeked(state);
  if (paths.length > 0) effects.push({ type: "peek", paths });
  if (state.answer.tab === "findings" && state.findings.is === "unknown" && state.tree.isRead)
    effects.push({ type: "check" });
  if (state.answer.tab === "verdict" && state.verdicts.is === "unknown" && state.tree.isRead)
    effects.push({ type: "judge" });
  return effects;
}

/** Of a test all requests are read, for their order; of a group those that are seen. */
function unpeeked(state: State): string[] {
  const requests = requestsOf(state);
  const { top } = state.requests;
  const seen = testRow(state)?.kind === "test" ? requests : requests.slice(top, top + windowRows(state, "requests"));
  return seen.filter(({ path }) => !state.peeks.has(path)).map(({ path }) => path);
}

function same(a: Effect, b: Effect): boolean {
  if (a.type === "open" && b.type === "open") return a.path === b.path;
  if (a.type === "peek" && b.type === "peek")
    return a.paths.length === b.paths.length && a.paths.every((path, at) => path === b.paths[at]);
  return a.type === b.type && a.type !== "open" && a.type !== "peek";
}

import type { Change } from "../../src/store/transaction/change.ts";
import { changeOf, grown, type Short, sorted, type Tree } from "./changes.ts";

const RECORDINGS = 30;

/** What recording `number` is called and holds in a state of the tree; null where it was removed. */
function recording(number: number, state: number): [path: string, content: string] | null {
  const content = `{"recording": ${number}, "filler": "${"x".repeat(number * 400)}"}`;
  const path = `recordings/${number}.json`;
  if (state === 0) return [path, content];
  // In turn: rewritten, renamed, renamed with new bytes, given the name of the next, removed.
  const chain = number < 5 ? `recordings/${number + 1}.json` : `recordings/chain.json`;
  if (number <= 5) return state === 1 ? [chain, content] : [`other/${number}.json`, content];
  const changed = `${content}${state}`;
  return [
    [path, changed] as [string, string],
    [`recordings/${number}-${state}.json`, content] as [string, string],
    [`other/${number}-${state}.json`, changed] as [string, string],
    state === 1 ? ([path, changed] as [string, string]) : null,
  ][number % 4] as [string, string] | null;
}

const numbers = Array.from({ length: RECORDINGS }, (_, index) => index + 1);
const modeOf = (number: number): number => [0o644, 0o600, 0o444][number % 3] as number;

/** The states that the tree is brought from one to the next and back. */
export const STATES: readonly Tree[] = [0, 1, 2].map((state) => {
  const files = numbers.flatMap((number) => {
    const file = recording(number, state);
    return file ? [[file[0], [modeOf(number), file[1]]] as const] : [];
  });
  return sorted({ ...Object.fromEntries(files), "other/none.json": [0o644, "untouched"] });
});
const TEXTS = STATES.map((tree) => JSON.stringify(tree));

/** Which state a tree is in; -1: none. */
export const stateOf = (dir: string): number => TEXTS.indexOf(JSON.stringify(grown(dir)));

/** What brings the tree from the state before to this one. */
export function stepTo(dir: string, state: number): Change {
  const shorts = numbers.flatMap((number): Short[] => {
    const from = recording(number, state - 1);
    const to = recording(number, state);
    if (!from) return [];
    const [path, content] = from;
    if (!to) return [{ path }];
    const after = to[1] === content ? {} : { after: to[1] };
    if (to[0] !== path) return [{ path, to: to[0], ...after }];
    return to[1] === content ? [] : [{ path, after: to[1] }];
  });
  return changeOf(dir, shorts, `to state ${state}`);
}

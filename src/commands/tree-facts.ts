import type { Fact } from "../checks/rule.ts";
import { isFresh, loadFacts, type StoredFact, saveFacts } from "../store/facts.ts";
import { cacheDir } from "../store/paths.ts";
import type { Context } from "./command.ts";

type TreeFact = Fact & StoredFact;

/** What of a tree was checked. */
interface Checked {
  /** All of it. */
  whole: boolean;
  /** What was seen of it is kept by now. */
  kept: boolean;
}

/**
 * What rules of the tree look at: of a whole tree what was just read, which is kept; of some files, what is
 * remembered of those that ask the same. `known` is all that is known, for guessing today's scheme.
 */
export function treeFacts(
  own: TreeFact[],
  { whole, kept }: Checked,
  { io, cwd }: Context,
): { told: TreeFact[]; known: TreeFact[] } {
  const dir = cacheDir(io.env);
  if (whole) {
    if (!kept) saveFacts(dir, { cwd }, own);
    return { told: own, known: own };
  }
  const stored = loadFacts<TreeFact>(dir, { cwd });
  const paths = new Set(own.map(({ path }) => path));
  const requests = new Set(own.map(({ request }) => request));
  const others = stored.filter(({ path }) => !paths.has(path));
  const related = others.filter(
    (fact) => fact.request !== null && requests.has(fact.request) && isFresh({ cwd }, fact),
  );
  return { told: [...own, ...related], known: [...own, ...others] };
}

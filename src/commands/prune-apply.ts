import type { PrunePlan } from "../usage/verdicts/index.ts";
import type { Context } from "./command.ts";
import { savePlan } from "./prune-saved.ts";
import { remove } from "./removing.ts";

/**
 * Saves a plan where that is wanted, and does it where that is. `digests`: of each file, in the order of the plan. Gives the id
 * of the transaction; null where nothing was removed, as where the plan is refused.
 */
export async function carryOut(
  { remove: judged, refusals }: PrunePlan,
  digests: readonly string[],
  options: { apply?: boolean; savePlan?: string; stage?: boolean },
  context: Context,
): Promise<string | null> {
  if (refusals.length > 0) return null;
  if (options.savePlan !== undefined) savePlan(options.savePlan, judged, digests, context);
  if (!options.apply) return null;
  const going = judged.map(({ candidate: { path, place, testId } }, at) => ({
    path,
    place,
    testId,
    before: digests[at] as string,
  }));
  return (await remove(going, options.stage === true, context)).id;
}

import type { Effect } from "../../tui/state/effect.ts";
import type { World } from "./world.ts";

/** Finds out what `validate` says of all that is shown. */
export async function checks({ args, options, jobs, dispatch }: World): Promise<void> {
  dispatch({ type: "checked", findings: { is: "asked" } });
  const outcome = await jobs.run("check", { args, options });
  if (outcome === null) return;
  const findings = "failed" in outcome ? failed(outcome.failed) : known(outcome.gives);
  dispatch({ type: "checked", findings });
}

/** Finds out what `prune` says of all that is shown. */
export async function judges({ args, options, jobs, dispatch }: World): Promise<void> {
  dispatch({ type: "judged", verdicts: { is: "asked" } });
  const outcome = await jobs.run("judge", { args, options });
  if (outcome === null) return;
  const verdicts = "failed" in outcome ? failed(outcome.failed) : known(outcome.gives);
  dispatch({ type: "judged", verdicts });
}

/** Compares two recordings; what cannot be compared says why in place of what changed. */
export async function compares(
  { jobs, dispatch, state }: World,
  { old, now, columns }: Extract<Effect, { type: "compare" }>,
): Promise<void> {
  const outcome = await jobs.run("compare", { old, now, columns, hasColour: state().hasColour });
  if (outcome === null) return;
  if ("failed" in outcome) dispatch({ type: "told", message: { tone: "bad", text: outcome.failed } });
  const lines = "failed" in outcome ? [outcome.failed.slice(0, columns)] : outcome.gives;
  dispatch({ type: "compared", old, now, columns, lines });
}

const known = <T>(value: T) => ({ is: "known" as const, value });
const failed = (why: string) => ({ is: "failed" as const, why });

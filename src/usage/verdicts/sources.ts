import type { Resolved } from "../sources/resolve.ts";
import type { Root } from "../sources/roots.ts";
import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** What test sources tell of a recording's test: its root (`rootsOf`), and what became of it there (`resolveTest`). */
export type Sourced = { readonly root: Extract<Root, { root: null }> } | { readonly resolved: Resolved };

/** What test sources say; without a root nothing, for some producers make up ids whose file never was. */
export function fromSources({ testId }: Candidate, sourced: Sourced | undefined): Evidence | null {
  if (testId === null || sourced === undefined) return null;
  if ("root" in sourced) return evidence("sources unclear", `its test cannot be looked for: ${sourced.root.why}`);
  const { state, why } = sourced.resolved;
  if (state === "there") return evidence("defined", why);
  return state === "gone"
    ? evidence("gone", why)
    : evidence("sources unclear", `whether its test is there is in doubt: ${why}`);
}

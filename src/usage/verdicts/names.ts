import type { Fact } from "../../checks/rule.ts";
import { schemeFor, type Today } from "../../checks/today.ts";
import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** What names are held against, and whether one that no run makes today is a reason (`--unreachable`). */
export interface Naming {
  readonly today: Omit<Today, "why" | "counts">;
  readonly unreachable: boolean;
}

/** How a recording's name stands to the schemes; null where no scheme names its kind. */
export function standing(
  { kind, verifies }: Pick<Fact, "kind" | "verifies">,
  today: Pick<Today, "date">,
): "today" | "older" | "none" | null {
  const scheme = schemeFor(kind, today);
  if (verifies === null || scheme === undefined) return null;
  if (verifies.length === 0) return "none";
  return verifies.includes(scheme) ? "today" : "older";
}

/** What its name says: nothing for it ever, and against it only where that was asked for. */
export function fromNames(candidate: Candidate, naming: Naming | undefined): Evidence | null {
  if (naming === undefined) return null;
  const stands = standing(candidate, naming.today);
  if (stands === null || stands === "today") return null;
  const scheme = schemeFor(candidate.kind, naming.today) as string;
  const says =
    stands === "none"
      ? "its name is the hash of its request under no scheme"
      : `its name is of ${(candidate.verifies ?? []).at(-1)}, and recorders use ${scheme}`;
  // A tree whose recorder is old looks like one whose recordings are: which it is must be said, not guessed.
  if (stands === "older" && naming.today.from === "auto") return evidence("named", `${says}, as far as can be guessed`);
  return evidence(naming.unreachable ? "out of reach" : "named", says);
}

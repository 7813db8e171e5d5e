import { type Cause, type CauseKind, titleOf } from "./cause.ts";
import type { Step } from "./mend.ts";

/** A cause, and all misses that have it. */
export interface Told {
  readonly kind: CauseKind;
  readonly title: string;
  readonly proven: boolean;
  /** What differs, in a line. */
  readonly differs: string;
  /** In the order in which they were asked. */
  readonly causes: readonly Cause[];
  /** What to type: several ways of the same words are one, and each is to be gone to its end. */
  readonly mend: readonly (readonly Step[])[];
}

/** Causes, each told once with its misses; those of the most misses first, and what is unknown last. */
export function told(causes: readonly Cause[]): Told[] {
  const groups = new Map<string, Cause[]>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.kind, cause.proven, cause.differs]);
    groups.set(key, [...(groups.get(key) ?? []), cause]);
  }
  const out = [...groups.values()].map((some): Told => {
    const { kind, proven, differs } = some[0] as Cause;
    return { kind, title: titleOf({ kind, differs }), proven, differs, causes: some, mend: joined(some) };
  });
  const rank = ({ kind }: Told): number => (kind === "unknown" ? 1 : 0);
  return out.sort((a, b) => rank(a) - rank(b) || b.causes.length - a.causes.length);
}

/** The ways to mend, those of the same commands as one that does it to all. */
function joined(causes: readonly Cause[]): Step[][] {
  const ways = new Map<string, Step[]>();
  for (const { mend } of causes) {
    if (mend.length === 0) continue;
    const key = JSON.stringify(mend.map(({ program, words, last }) => [program, words, last]));
    const before = ways.get(key);
    if (before === undefined) ways.set(key, [...mend]);
    else {
      ways.set(
        key,
        before.map((step, at) => ({ ...step, on: [...new Set([...step.on, ...(mend[at]?.on ?? [])])] })),
      );
    }
  }
  return [...ways.values()];
}

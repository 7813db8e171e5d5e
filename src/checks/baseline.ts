import type { Finding } from "./rule.ts";

/** Findings that are accepted: by path, what {@link identity} calls each; one that stands there twice is accepted twice. */
export type Baseline = Readonly<Record<string, readonly string[]>>;

/** What a finding is known by when lines have moved and messages are worded anew. */
const identity = ({ rule, at }: Finding): string => (at === "" ? rule : `${rule} ${at}`);

/** The baseline that accepts all of these findings. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const accepted = new Map<string, string[]>();
  for (const finding of findings) {
    const known = accepted.get(finding.path) ?? [];
    known.push(identity(finding));
    accepted.set(finding.path, known);
  }
  const paths = [...accepted.keys()].sort();
  // A path may be called __proto__.
  return Object.fromEntries(paths.map((path) => [path, (accepted.get(path) as string[]).sort()]));
}

/** Which findings a baseline does not accept, and how many of its entries for files that were looked at nothing needs any more. */
export function withBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  looked: (path: string) => boolean,
): { fresh: Finding[]; accepted: number; stale: number } {
  const left = new Map(Object.entries(baseline).map(([path, ids]) => [path, [...ids]]));
  const fresh = findings.filter((finding) => {
    const ids = left.get(finding.path) ?? [];
    const found = ids.indexOf(identity(finding));
    if (found >= 0) ids.splice(found, 1);
    return found < 0;
  });
  const stale = [...left].reduce((sum, [path, ids]) => sum + (looked(path) ? ids.length : 0), 0);
  return { fresh, accepted: findings.length - fresh.length, stale };
}

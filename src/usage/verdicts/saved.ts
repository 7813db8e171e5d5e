import type { Judged } from "./judge.ts";

/** A recording in a plan that was saved. */
export interface Doomed {
  /** From the folder that recctl ran in, with `/`; never out of it. */
  readonly path: string;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly testId: string;
  readonly verdict: string;
}

const FORM = "recctl prune plan";
const VERSION = 1;

/** A plan as text, for {@link readPlan}. `digests`: the SHA-256 of each file, in the order of `remove`. */
export function planText(remove: readonly Judged[], digests: readonly string[]): string {
  const files = remove.map(({ candidate, verdict, evidence }, at) => ({
    path: candidate.path,
    sha256: digests[at],
    bytes: candidate.bytes,
    test_id: candidate.testId,
    verdict,
    evidence: evidence.map(({ says }) => says),
  }));
  return `${JSON.stringify({ form: FORM, version: VERSION, remove: files }, null, 2)}\n`;
}

/** Whether a text is a plan, of whatever version. */
export const isPlan = (text: string): boolean => membersOf(text)?.form === FORM;

/** Reads a plan that was saved; a string tells what is wrong with it. */
export function readPlan(text: string): readonly Doomed[] | string {
  const plan = membersOf(text);
  if (plan?.form !== FORM) return "no plan that recctl prune saved";
  if (plan.version !== VERSION) return `a plan of version ${String(plan.version)}: this recctl reads ${VERSION}`;
  if (!Array.isArray(plan.remove)) return "a plan without a list of what to remove";
  const doomed: Doomed[] = [];
  for (const one of plan.remove as unknown[]) {
    const { path, sha256, bytes, test_id: testId, verdict } = (one ?? {}) as Record<string, unknown>;
    const texts = [path, sha256, testId, verdict];
    if (!texts.every((each) => typeof each === "string") || typeof bytes !== "number") return "a plan with a gap in it";
    if (!isInside(path as string)) return `a plan that leads out of the folder: ${path as string}`;
    doomed.push({ path, sha256, bytes, testId, verdict } as Doomed);
  }
  return doomed;
}

/** A plan may come from anywhere: it has a say in the folder that it is given in, and nowhere else. */
export const isInside = (path: string): boolean => !/^\/|^[a-z]:|\\|\0/i.test(path) && !path.split("/").includes("..");

function membersOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

import { SCHEMES } from "../../recording/names/schemes.ts";
import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** What the file itself tells: nothing that speaks for or against it, and which other evidence can. */
export function fromFile(candidate: Candidate): Evidence | null {
  const { path, unreadable, linked, testId } = candidate;
  if (unreadable !== null) return evidence("unreadable", `${path} cannot be read: ${unreadable}`);
  if (linked !== undefined) return evidence("linked", linked);
  if (testId === null || testId === "") return evidence("no test", "it names no test, so any may use it");
  if (!isAnyones(candidate)) return null;
  return evidence("anyone", "its name is made without its test id, so other tests find it too");
}

/** Schemes that leave the test id out of every name. */
const WITHOUT_TEST = new Set(
  SCHEMES.filter(({ testId }) => testId("test", { netloc: "", hostname: null, path: "" }) === undefined).map(
    ({ id }) => id,
  ),
);

/**
 * Whether other tests than its own may find a recording: tools and model lists are named without a test id, and so was
 * all by the first scheme. (Lists of some hosts had it in their names for a time; their files do not show which.)
 */
export const isAnyones = ({ kind, name, verifies }: Pick<Candidate, "kind" | "name" | "verifies">): boolean =>
  kind === "tool" || name.digest !== null || (verifies ?? []).some((scheme) => WITHOUT_TEST.has(scheme));

import type { Miss } from "./run.ts";

/** How `recctl serve` tells a miss to people, when the command has ended that it ran; it was short of the hash once. */
const LINE =
  /^miss (?<Method>[A-Z]+) (?<Endpoint>\S+)(?: {2}(?<Model>\S.*?))? {2}(?<Test>no test id|\S.*?) {2}name (?<hash>[0-9a-f]{64}|[0-9a-f]{12})(?: {2}(?<Why>why.*?))?\s*$/;

/** Longer lines are none of the server's. */
const LONGEST = 20_000;

/** Whether a line may be such a one. */
export const isServedLine = (line: string): boolean => line.startsWith("miss ") && line.length < LONGEST;

/** The miss that a line of the server tells of, which stands behind all of pytest's and says itself whose it is. */
export function servedLine(line: string): Miss | null {
  const found = isServedLine(line) ? LINE.exec(line) : null;
  if (found === null) return null;
  const { hash = null, ...says } = found.groups as Record<string, string | undefined>;
  const told = Object.entries(says).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { Test = "", ...rest } = Object.fromEntries(told);
  const own = Test === "no test id" ? Test : `test ${Test}`;
  return servedTest({ form: "serve", hash, testId: null, says: { ...rest, Test: own } });
}

/** A server's miss with the test that it was asked for, which it says; else with the test that it stands in. */
export function servedTest(miss: Miss): Miss {
  const { Test, ...says } = miss.says;
  if (Test === undefined) return miss;
  if (Test === "no test id") return { ...miss, says: { ...says, Test: "none" } };
  return { ...miss, testId: Test.slice("test ".length), says };
}

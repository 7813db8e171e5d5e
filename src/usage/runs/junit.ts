import { caseIds, type IsFile, isJunit, readCases } from "../junit.ts";
import { Refused } from "../refusal.ts";
import { distinctMisses, missesIn } from "./misses.ts";
import { addOutcome, type Miss, NOTHING, type Outcome, type Run } from "./run.ts";

export { isJunit };

/** Outcomes by the whole ids of tests, whatever the log beside them is. */
const OUTCOMES = ["pytest -v > outcomes.txt"];

/** JUnit XML of a run. A test whose id is not beyond doubt has no outcome. */
export async function readJunit(text: string, isFile: IsFile): Promise<Run> {
  const { cases, times } = await readCases(text);
  if (cases.length === 0) throw new Refused("JUnit without tests", undefined, OUTCOMES);
  const idsOf = caseIds(isFile);
  const outcomes = new Map<string, Outcome>();
  const misses: Miss[] = [];
  for (const one of cases) {
    const { known } = await idsOf(one);
    const id = known.length === 1 ? (known[0] as string) : null;
    if (id !== null) addOutcome(outcomes, id, one.outcome);
    // pytest writes the escapes of colours out, for XML has no such characters.
    const texts = [one.message, one.text].map((text) => text.replace(/#x1B\[[0-9;]{0,32}m/g, ""));
    for (const text of texts) misses.push(...missesIn(text, id));
  }
  if (outcomes.size === 0) {
    const fact = `JUnit of test files that are not here: ${cases[0]?.classname}, in no folder that test ids begin at`;
    throw new Refused(fact, undefined, OUTCOMES);
  }
  const oldest = times.length > 0 ? Math.min(...times) : null;
  return { ...NOTHING, forms: new Set(["junit"]), outcomes, misses: distinctMisses(misses), oldest };
}

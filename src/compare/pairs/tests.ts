import { likeness, type Sketch, sketchOf } from "./sketch.ts";

/** How tests of OLD are called in NEW. */
export interface TestNames {
  /** Texts in test ids, and what they became. */
  renames: readonly (readonly [old: string, now: string])[];
  /** Test files that moved: where they lay, and where they lie. */
  moved: ReadonlyMap<string, string>;
}

/** A test id taken apart: the test itself, and the text of its parameters. */
export interface TestParts {
  /** File, classes and function. */
  test: string;
  /** What stands in its brackets; null for none. */
  parameters: string | null;
}

/** Parameters begin at the first `[` behind the file, and may hold anything. */
export function partsOf(testId: string): TestParts {
  const open = testId.indexOf("[", Math.max(0, testId.indexOf("::")));
  if (open < 0) return { test: testId, parameters: null };
  return { test: testId.slice(0, open), parameters: testId.slice(open + 1).replace(/\](?:@.*)?$/s, "") };
}

/** A writer of test ids of OLD as NEW has them. An id that NEW has itself stays, where it has none under the new name. */
export function renamer({ renames, moved }: TestNames, inNew: ReadonlySet<string>): (testId: string) => string {
  const known = new Map<string, string>();
  return (testId) => {
    let name = known.get(testId);
    if (name === undefined) {
      name = renamed(testId);
      if (!inNew.has(name) && inNew.has(testId)) name = testId;
      known.set(testId, name);
    }
    return name;
  };

  function renamed(testId: string): string {
    const end = testId.indexOf("::");
    const file = end < 0 ? testId : testId.slice(0, end);
    const at = moved.get(file);
    const id = at === undefined ? testId : at + testId.slice(file.length);
    return renames.reduce((text, [old, now]) => (old === "" ? text : text.replaceAll(old, () => now)), id);
  }
}

/** What it weighs that the parameters of two tests have no word in common. */
const PARAMETERS = 0.2;

/** A measure of how far the parameters of two test ids are apart. */
export function parametersCost(): (old: string, now: string) => number {
  const known = new Map<string, Sketch>();
  const sketch = (testId: string): Sketch => {
    const own = known.get(testId) ?? sketchOf(partsOf(testId).parameters ?? "");
    known.set(testId, own);
    return own;
  };
  return (old, now) => PARAMETERS * (1 - likeness(sketch(old), sketch(now)));
}

import { caseIds, isJunit, readCases } from "../junit.ts";
import { fileOf } from "../node-id.ts";
import { Refused } from "../refusal.ts";
import type { Form } from "./collection.ts";

/**
 * JUnit XML of a run: what ran was collected. Where several ids are possible all of them count as collected,
 * and those of no file that is there cannot do harm: they only keep recordings.
 */
export const junit: Form = {
  id: "junit",
  is: isJunit,
  async read(text, _lines, isFile) {
    const { cases } = await readCases(text);
    if (cases.length === 0)
      throw new Refused("JUnit without tests: pytest writes them for a run, not for --collect-only");
    // A run that stops at its first failure (-x) ends as well-formed as any other.
    const bad = cases.find(({ outcome }) => outcome === "failed" || outcome === "error");
    if (bad) {
      throw new Refused(`JUnit of a run with failures, which may have stopped at one: ${bad.classname} ${bad.name}`);
    }
    const idsOf = caseIds(isFile);
    const ids = new Set<string>();
    const files = new Set<string>();
    for (const one of cases) {
      const { known, all } = await idsOf(one);
      for (const id of known.length > 0 ? known : all) ids.add(id);
      for (const id of known) files.add(fileOf(id));
    }
    if (files.size === 0) {
      const [first] = cases;
      throw new Refused(
        `JUnit of test files that are not here: ${first?.classname}, in no folder that test ids begin at`,
      );
    }
    return { ids, files };
  },
};

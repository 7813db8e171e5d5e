import { shortId } from "../../recording/name.ts";
import { both, brief, type Judged } from "./cause.ts";
import type { Goal } from "./goal.ts";
import type { Known } from "./known.ts";
import { isLikeRename, renameOf } from "./rename.ts";
import { countOf, likely, renameText, triedOf } from "./say.ts";

/** A hash, and a test that has no recording at this endpoint. */
export function withoutOwn(goal: Goal, known: Known): Judged {
  const { asked, elsewhere, otherTests } = goal;
  const now = asked.testId as string;
  if (elsewhere.length === 0) {
    const old = [...otherTests].filter((test) => isLikeRename(test, now) && known.isGone?.(test) === true);
    const [was] = old;
    if (was !== undefined && old.length === 1) {
      const rename = renameOf(was, now);
      const evidence = [
        ...triedOf(goal),
        both("test", was, now),
        "recorded: that test is gone; asked now: its request is another, too",
      ];
      return likely(goal, "renamed test", renameText(rename), evidence, known);
    }
  }
  return neverAt(goal, known);
}

/** Nothing of the test was recorded, or nothing at the endpoint. */
export function neverAt(goal: Goal, known: Known): Judged {
  const { asked, elsewhere } = goal;
  const where = asked.tool ?? asked.endpoint;
  const at = where === null ? "" : ` at ${brief(where)}`;
  const own =
    elsewhere.length > 0 ? `nothing of this test${at}, ${countOf(elsewhere.length)} elsewhere` : "nothing of this test";
  const past = known.past === null ? ["git was not asked whether it ever was"] : [];
  const evidence = [
    ...triedOf(goal),
    `recorded: ${asked.testId === null ? `nothing${at}` : own}; asked now: ${asked.hash === null ? "this request" : shortId(asked.hash)}`,
    ...past,
  ];
  const differs = elsewhere.length > 0 ? `nothing of the test was recorded${at}` : "nothing of the test was recorded";
  return likely(goal, "never recorded", asked.testId === null ? `nothing was recorded${at}` : differs, evidence, known);
}

import type { Judged } from "./cause.ts";
import { changesText, type Near, seen } from "./differing.ts";
import type { Goal } from "./goal.ts";
import { changed, ofOther, ofVolatile } from "./guess.ts";
import type { Known } from "./known.ts";
import { neverAt, withoutOwn } from "./never.ts";
import { NO_TEST } from "./proven.ts";
import { countOf, likely, nearestText, unknown } from "./say.ts";

/** What is likely where no hash shows the cause: as much as the recordings carry, else that it is unknown. */
export function likelyOf(goal: Goal, nearest: readonly Near[], known: Known): Judged {
  const { asked, own, wanted } = goal;
  if (asked.request !== null) return ofRequest(goal, nearest, known);
  if (wanted.length === 0) return ofPlace(goal, known);
  const { testId } = asked;
  if (testId === null) {
    const nobody = (asked.endpoint !== null || asked.tool !== null) && goal.others === 0;
    return nobody ? neverAt(goal, known) : unknown(goal, "it is not told which test asks, nor what");
  }
  if (own.length === 0) return withoutOwn(goal, known);
  const left = known.wasFound ? own.filter(({ hash }) => known.wasFound?.(hash) !== true) : own;
  if (left.length === 0) {
    const evidence = [
      `recorded: ${countOf(own.length)} of this test at this endpoint, and this run found all; asked now: one more`,
    ];
    return likely(goal, "never recorded", "one more request than was recorded", evidence, known);
  }
  return ofOther(goal, left, known) ?? ofVolatile(goal, left, known) ?? changed(goal, left, known);
}

/** All that was asked is known. */
function ofRequest(goal: Goal, nearest: readonly Near[], known: Known): Judged {
  const { asked } = goal;
  const [first] = nearest;
  if (first?.changes == null) return neverAt(goal, known);
  const { recording, changes } = first;
  const told = seen(changes);
  const differs = changesText(changes);
  const evidence = [nearestText(recording, differs)];
  const same = asked.testId !== null && recording.testId === asked.testId;
  if (told.length > 0 && told.every(({ volatile }) => volatile !== null) && (same || asked.testId === null)) {
    return likely(goal, "volatile value", differs, evidence, known, recording);
  }
  if (same && told.length > 0) return likely(goal, "request changed", differs, evidence, known, recording);
  if (same) return unknown(goal, "the recorded request is the same, but its name is not the one asked", evidence);
  // A name is made of all that was asked: where that is told, no test was.
  if (asked.testId === null && asked.hash !== null && recording.testId !== null && told.length > 0) {
    return likely(goal, "request changed", `${differs}; ${NO_TEST}`, evidence, known, recording);
  }
  if (asked.testId === null)
    return unknown(goal, "it is not told which test asks, and nobody asked just this", evidence);
  return { ...withoutOwn(goal, known), recording };
}

/** Neither hash nor request: a url, a model, and perhaps a test. */
function ofPlace(goal: Goal, known: Known): Judged {
  const { asked, own, others, elsewhere } = goal;
  const told = asked.endpoint !== null || asked.tool !== null;
  if (told && own.length + others === 0 && (asked.testId === null || elsewhere.length === 0))
    return neverAt(goal, known);
  return (
    (asked.testId !== null && own.length > 0 && ofOther(goal, own, known)) ||
    unknown(goal, "neither its hash nor what was asked is known", [
      `recorded: ${countOf(own.length)} of this test at this endpoint, ${others} of others`,
    ])
  );
}

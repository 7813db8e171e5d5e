import type { Asked } from "./asked.ts";
import { brief, type Cause, type Judged } from "./cause.ts";
import { nearestOf } from "./differing.ts";
import { type Goal, goalOf, type Match, wantedOf } from "./goal.ts";
import type { Known } from "./known.ts";
import { likelyOf } from "./likely.ts";
import { asServed, tellMore } from "./mend.ts";
import { provenOf } from "./proven.ts";
import { searched } from "./search.ts";

export { type Asked, askedHash, askedOf, askedRequest } from "./asked.ts";
export { type Cause, type CauseKind, titleOf } from "./cause.ts";
export { completed, isBody } from "./completed.ts";
export { changesText, changeTexts, type Near, seen as seenByNames } from "./differing.ts";
export type { Known, KnownRecording, Past, Variant } from "./known.ts";
export { type Step, typed } from "./mend.ts";
export { needsTitle } from "./say.ts";
export { type Told, told } from "./told.ts";
export { LEAST_DIGITS } from "./tries.ts";

/** Why look-ups missed, in their order. The recordings are gone through once, however many there are to explain. */
export function causesOf(asked: readonly Asked[], known: Known): Cause[] {
  const goals = asked.map((one) => goalOf(one, known));
  searched(goals, known);
  return goals.map((goal) => explained(goal, known));
}

/** The hashes that recordings of what was asked may have in their names. */
export const hashesAsked = (asked: readonly Asked[], known: Pick<Known, "today">): string[] => [
  ...new Set(asked.flatMap((one) => wantedOf(one, known))),
];

/** Why a look-up missed. */
export const causeOf = (asked: Asked, known: Known): Cause => causesOf([asked], known)[0] as Cause;

function explained(goal: Goal, known: Known): Cause {
  const { asked, best, present } = goal;
  const nearest = nearestOf(goal, known);
  const judged = provenOf(goal, known) ?? likelyOf(goal, nearest, known);
  const shown = judged.recording ?? best?.recording ?? present[0];
  // What shows the cause stands first, where what differs is not known of the others either.
  const rest = nearest.filter(({ recording }) => recording !== shown);
  const first = nearest.find(({ recording }) => recording === shown);
  const near = shown === undefined ? nearest : [first ?? { recording: shown, changes: null }, ...rest].slice(0, 3);
  const said = judged.proven || asked.said === undefined ? [] : [`recctl serve said of it: ${brief(asked.said)}`];
  return {
    asked: withMore(asked, judged, best),
    ...judged,
    mend: mendOf(asked, judged, known),
    evidence: [...judged.evidence, ...said],
    nearest: near,
  };
}

/** Of a hash that was told in part, or of nobody, more is known once a recording has it. */
function withMore(asked: Asked, { kind, recording }: Judged, best: Match | null): Asked {
  if (kind === "it is there") return { ...asked, testId: asked.testId ?? recording?.testId ?? null };
  const isWhole = asked.isStart && best !== null && asked.hash !== null && best.hash.startsWith(asked.hash);
  return isWhole ? { ...asked, hash: best.hash } : asked;
}

/** What to type; where nothing tells the cause, what would. */
function mendOf(asked: Asked, { kind, mend }: Judged, known: Known): Cause["mend"] {
  if (kind === "unknown" && mend.length === 0) return tellMore(known, asked);
  return asked.isServed ? asServed(known, mend) : mend;
}

import type { JsonObject } from "../../recording/json/value.ts";
import type { Goal, Like } from "./goal.ts";
import { isRelated, type Known, type KnownRecording } from "./known.ts";
import { likenessOf, type Words, wordsOf } from "./likeness.ts";
import { Trial } from "./tries.ts";

/** How many of the most alike are kept, to be compared exactly, and how many recordings of a test. */
const MOST_LIKE = 8;
const MOST_OWN = 500;

/** Goes through the recordings once and notes what each shows of what was asked; no more than one is held at a time. */
export function searched(goals: readonly Goal[], known: Known): void {
  const { recordings } = known;
  const trial = new Trial(goals, known);
  const words = new Map<Goal, Words>();
  for (const goal of goals) if (goal.asked.request) words.set(goal, wordsOf(goal.asked.request));
  for (const recording of recordings) {
    const related: Goal[] = [];
    for (const goal of goals) {
      const is = isRelated(goal.asked, recording);
      if (is) related.push(goal);
      note(goal, recording, is);
    }
    const wanting = related.filter(({ wanted, asked }) => wanted.length > 0 || asked.request !== null);
    const request = wanting.length > 0 ? recording.request() : null;
    if (request === null) continue;
    for (const goal of wanting) if (goal.wanted.length > 0) goal.tried++;
    trial.run(recording, request, wanting);
    compare(wanting, words, recording, request);
  }
}

function note(goal: Goal, recording: KnownRecording, related: boolean): void {
  const { asked, wanted } = goal;
  if (wanted.includes(recording.hash)) goal.present.push(recording);
  if (asked.testId !== null && recording.testId === asked.testId) {
    const list = related ? goal.own : goal.elsewhere;
    if (list.length < MOST_OWN) list.push(recording);
  } else if (related) {
    goal.others++;
    if (recording.testId !== null) goal.otherTests.add(recording.testId);
  }
}

function compare(
  goals: readonly Goal[],
  words: ReadonlyMap<Goal, Words>,
  recording: KnownRecording,
  request: JsonObject,
): void {
  let own: Words | undefined;
  for (const goal of goals) {
    const asked = words.get(goal);
    if (asked === undefined) continue;
    own ??= wordsOf(request);
    keep(goal, { recording, request, likeness: likenessOf(asked, own) });
  }
}

/** Those of the test itself come first, then the most alike. */
function keep(goal: Goal, like: Like): void {
  const { like: kept, asked } = goal;
  const rank = ({ recording, likeness }: Like): number =>
    likeness + (asked.testId !== null && recording.testId === asked.testId ? 1 : 0);
  kept.push(like);
  kept.sort((a, b) => rank(b) - rank(a));
  if (kept.length > MOST_LIKE) kept.pop();
}

import { shortId } from "../../recording/name.ts";
import type { Judged } from "./cause.ts";
import { brief } from "./cause.ts";
import type { Goal } from "./goal.ts";
import type { Known, KnownRecording } from "./known.ts";
import { recordAnew } from "./mend.ts";
import type { Rename } from "./rename.ts";

/** A recording in a sentence: its name, short. Whole paths stand in commands. */
export const called = ({ hash }: Pick<KnownRecording, "hash">): string => shortId(hash);

/** What differs stands above it. */
const BUT_FOR_THAT = "the same but for that";

/** The recording that is nearest to what is asked, beneath a title that tells what differs, if anything. */
export const nearestText = (recording: Pick<KnownRecording, "hash">, differs: string): string =>
  `recorded: ${called(recording)}; asked now: ${differs === "" ? "the same request" : BUT_FOR_THAT}`;

/** Whether an evidence says something with its title alone. */
export const needsTitle = (evidence: string): boolean => evidence.endsWith(BUT_FOR_THAT);

/** How many requests there are, in words. */
export const countOf = (count: number): string => (count === 1 ? "1 request" : `${count} requests`);

/** `model recorded a, asked now b` */
export const otherText = (what: string, recorded: string | null, now: string | null): string =>
  `${what} recorded ${brief(recorded || "none")}, asked now ${brief(now || "none")}`;

/** `recorded a, asked now b` */
export const renameText = (rename: Rename | null): string =>
  rename === null ? "" : `recorded ${brief(rename.old)}, asked now ${brief(rename.new)}`;

/** A cause that no hash proves, and that recording the test anew mends. */
export function likely(
  { asked }: Goal,
  kind: Judged["kind"],
  differs: string,
  evidence: string[],
  known: Known,
  recording: KnownRecording | null = null,
): Judged {
  return { kind, proven: false, differs, evidence, recording, mend: recordAnew(known, asked.testId) };
}

/** No cause, and what there is of facts. */
export function unknown(goal: Goal, differs: string, more: readonly string[] = []): Judged {
  return { kind: "unknown", proven: false, differs, evidence: [...triedOf(goal), ...more], recording: null, mend: [] };
}

/** What was tried in vain. */
export function triedOf({ tried, stopped }: Goal): string[] {
  if (tried === 0) return [];
  const what = `${tried === 1 ? "the 1 recording" : `none of ${tried} recordings`} tried ${tried === 1 ? "does not have" : "has"} this hash, by any scheme, with the test, model and url asked now`;
  return [what, ...(stopped ? ["there were too many to try all of them"] : [])];
}

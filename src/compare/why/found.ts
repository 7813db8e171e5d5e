import { shortId } from "../../recording/name.ts";
import { hasherOf, schemesOf, verifying } from "../../recording/names/schemes.ts";
import { brief, type Judged } from "./cause.ts";
import type { Goal } from "./goal.ts";
import type { Known, KnownRecording } from "./known.ts";
import { recordAnew, rekeyTo, type Step } from "./mend.ts";
import { bringHome, homeFor } from "./there.ts";

/** What a run of today makes of a recording: whether it finds it, why, and what helps where it does not. */
interface Today {
  readonly isFound: boolean;
  readonly says: string;
  readonly mend: readonly Step[];
}

/** Somebody typed the name of a recording that is there: where, and whether a run finds it. */
export function itIsThere(goal: Goal, known: Known): Judged {
  const { present, asked } = goal;
  const own = present.find((one) => !homeFor(one.testId, one.path, known).away);
  const recording = own ?? (present[0] as KnownRecording);
  const { isFound, says, mend } = todayOf(recording, asked.testId, known);
  const differs = `${recording.path}: ${says}`;
  const others = present.filter((one) => one !== recording).map(({ path }) => `it is there, too: ${path}`);
  return { kind: "it is there", proven: true, differs, evidence: others, recording, mend, isFound };
}

function todayOf(recording: KnownRecording, asks: string | null, known: Known): Today {
  const { path, hash, testId, kind } = recording;
  const request = recording.request();
  const not = (says: string, mend: readonly Step[] = []): Today => ({ isFound: false, says, mend });
  const check = (...words: readonly string[]): Step => ({ program: known.recctl ?? "recctl", words, on: [path] });
  if (request === null) return not("it cannot be read", [check("validate")]);
  const hashes = hasherOf({ kind, request });
  const named = verifying(hash, hashes(testId));
  const today = known.today?.(kind);
  const now = today ?? schemesOf(kind).at(-1)?.id;
  const run = today === undefined ? "a run by the newest scheme" : "a run today";
  if (named.length === 0 || now === undefined) {
    const says =
      "no scheme gives its request this name: a run finds it only if the request was another when it was named";
    return not(says, [check("validate", "--rule", "name", "--explain")]);
  }
  // Names of 12 digits are of the oldest layout: no run of today looks for one.
  if (!named.includes(now) || hash.length === 12) {
    const by = hash.length === 12 ? `the first 12 digits of scheme ${named.at(-1)}` : `scheme ${named.at(-1)}`;
    const says = `${run} does not find it: it is named by ${by}, and by scheme ${now} a run asks for ${calledBy(hashes(testId), now)}`;
    return not(says, rekeyTo(known, { kind, schemes: [now], path }));
  }
  if (asks !== null && asks !== testId && !verifying(hash, hashes(asks)).includes(now)) {
    const says = `${run} finds it, of ${brief(testId ?? "no test")}; ${brief(asks)} asks for ${calledBy(hashes(asks), now)}`;
    return not(says, recordAnew(known, asks));
  }
  const { away, beside } = homeFor(testId, path, known);
  if (away)
    return not(`${run} does not find it there: its test looks in ${beside}`, bringHome(testId, path, known).steps);
  if (testId !== null && known.isGone?.(testId) === true) {
    return not("a run would find it, but its test is gone: none asks for it", [check("prune")]);
  }
  return { isFound: true, says: `${run} asks for it, by scheme ${now}`, mend: [] };
}

const calledBy = (hashes: ReadonlyMap<string, string>, scheme: string): string =>
  shortId(hashes.get(scheme) ?? "another");

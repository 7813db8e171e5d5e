import { asObject, type JsonObject } from "../../recording/json/value.ts";
import { both, type Judged } from "./cause.ts";
import { itIsThere } from "./found.ts";
import type { Goal, Match } from "./goal.ts";
import type { Known } from "./known.ts";
import { followRename, recordAnew } from "./mend.ts";
import { isLikeRename, renameOf } from "./rename.ts";
import { called, otherText, renameText } from "./say.ts";
import { deleted, ofItself, whatOf, whereItIs } from "./there.ts";

/** What a hash shows: a recording that has it, one that would have it with something replaced, or a file that had it. */
export function provenOf(goal: Goal, known: Known): Judged | null {
  const { best, present, wanted, asked } = goal;
  if (present.length > 0) return asked.isTyped ? itIsThere(goal, known) : whereItIs(goal, known);
  if (best !== null && isUntouched(best)) return ofItself(goal, best, known);
  const past = wanted.map((hash) => known.past?.(hash) ?? null).find((one) => one !== null);
  if (past) return deleted(past, best, known);
  if (best === null) return null;
  if (best.variant) return ofVariant(goal, best, known);
  // A test that has recordings of its own does not come after those of another.
  if ((best.model || best.url) && best.testId && goal.own.length > 0) return null;
  if (best.model || best.url) return ofModelOrHost(goal, best, known);
  if (best.testId && best.testId.now !== null) return ofTest(goal, best, best.testId.now, known);
  return outsideOfTest(best, known);
}

/** A request that names no test finds nothing that was recorded for one. */
export const NO_TEST = "recorded for a test, asked now outside of one";

const isUntouched = ({ testId, model, url, variant }: Match): boolean => !(testId || model || url || variant);

function ofVariant({ asked }: Goal, match: Match, known: Known): Judged {
  const { recording, variant, testId } = match;
  const { title = "", volatile = false, seen } = variant ?? {};
  const evidence = [`recorded: ${called(recording)}; asked now: the same with that change`];
  if (seen) evidence.push(`as ${seen} changed`);
  if (testId) evidence.push(both("test", testId.recorded, testId.now));
  const kind = volatile ? "volatile value" : "request changed";
  return {
    kind,
    proven: testId?.now !== null,
    differs: title,
    evidence,
    recording,
    mend: recordAnew(known, asked.testId),
  };
}

function ofModelOrHost({ asked }: Goal, match: Match, known: Known): Judged {
  const { recording, model, url, testId } = match;
  // Where nothing else is asked, nothing else can differ, whether or not it is the cause.
  const proven = testId?.now !== null && !isBare(recording.request());
  const evidence = [`recorded: ${called(recording)}; asked now: the same but for ${whatOf(match)}`];
  const differs: string[] = [];
  for (const [what, other] of [
    ["model", model],
    ["url", url],
  ] as const) {
    if (!other) continue;
    differs.push(otherText(what, other.recorded, other.now));
  }
  if (testId) {
    evidence.push(both("test", testId.recorded, testId.now));
    if (testId.now === null) differs.push(NO_TEST);
  }
  const mend = recordAnew(known, asked.testId ?? recording.testId);
  return { kind: "other model or host", proven, differs: differs.join("; "), evidence, recording, mend };
}

function ofTest(goal: Goal, match: Match, now: string, known: Known): Judged {
  const { recording } = match;
  const { own, elsewhere } = goal;
  const old = recording.testId;
  const gone = old === null ? false : (known.isGone?.(old) ?? null);
  const evidence = [`recorded: ${called(recording)}, the same request`, both("test", old, now)];
  // What everybody asks, as the models that there are, says nothing of a test.
  const special = goal.sharers.size === 1 && !isBare(recording.request());
  const alike = old !== null && isLikeRename(old, now);
  // Where nobody can say whether the old test is left, one that has recordings of its own is no new name for it,
  // nor is the same test with other parameters.
  const unused = own.length + elsewhere.length === 0 && old !== null && renameOf(old, now)?.old.includes("[") === false;
  if (old !== null && (gone === null ? special && alike && unused : gone && (special || alike))) {
    evidence.push(gone ? `recorded: that test is gone` : `asked now: that test has no recording of its own`);
    const rename = renameOf(old, now);
    // A name that verifies under nothing is never renamed.
    const mend = match.named.length > 0 ? followRename(known, match, now) : [];
    return {
      kind: "renamed test",
      proven: gone === true,
      differs: renameText(rename),
      evidence,
      recording,
      mend: mend.length > 0 ? mend : recordAnew(known, now),
    };
  }
  if (gone === false && old !== null)
    evidence.push("recorded: for a test that is still there; asked now: by another one, too");
  // Neither is it the new name of a test that is gone, nor was it ever there.
  const proven = isPastKnown(known) && (old === null || gone === false);
  const differs = old === null ? "recorded outside of a test alone" : "recorded for another test alone";
  return { kind: "never recorded", proven, differs, evidence, recording, mend: recordAnew(known, now) };
}

function outsideOfTest({ recording, testId }: Match, known: Known): Judged {
  const evidence = [`recorded: ${called(recording)}, the same request`, both("test", testId?.recorded ?? null, null)];
  evidence.push("a client names its test in X-Test-Id, and a server for all that name none by --test-id");
  return { kind: "never recorded", proven: isPastKnown(known), differs: NO_TEST, evidence, recording, mend: [] };
}

const isPastKnown = ({ past, shallow = false }: Known): boolean => past !== null && !shallow;

/** Whether a request has nothing in it but where it goes to. */
function isBare(request: JsonObject | null): boolean {
  const body = request?.get("body") ?? request?.get("payload") ?? request?.get("kwargs") ?? null;
  return body === null || asObject(body)?.keys.length === 0;
}

import type { Kind } from "../../recording/kinds.ts";
import { splitUrl } from "../../recording/names/url.ts";
import { both, brief, type Judged } from "./cause.ts";
import { changesText, hashedOf, seen } from "./differing.ts";
import type { Goal } from "./goal.ts";
import type { Known, KnownRecording } from "./known.ts";
import { recordAnew } from "./mend.ts";
import { called, countOf, likely, otherText, triedOf } from "./say.ts";

/** How many recordings of a test are compared with each other. */
const MOST_COMPARED = 12;

/** Nothing that the test recorded has the model or the host that is asked now. */
export function ofOther(goal: Goal, own: readonly KnownRecording[], known: Known): Judged | null {
  const { asked } = goal;
  const last = own.at(-1) as KnownRecording;
  const differs: string[] = [];
  const evidence = triedOf(goal);
  for (const [what, now, of] of [
    ["model", asked.model, (one: KnownRecording) => one.model],
    ["url", asked.isBaseOpen ? null : urlOf(asked), urlOf],
  ] as const) {
    if (now === null || now === "" || own.some((one) => of(one) === now)) continue;
    evidence.push(both(what, of(last), now));
    differs.push(otherText(what, of(last), now));
  }
  if (differs.length === 0) return null;
  return {
    kind: "other model or host",
    proven: false,
    differs: differs.join("; "),
    evidence,
    recording: last,
    mend: recordAnew(known, asked.testId),
  };
}

/** What of a url is part of a name: of client libraries' requests its path alone. */
const urlOf = ({ url, kind }: Pick<KnownRecording, "url"> & { readonly kind: Kind | null }): string | null =>
  url === null || kind === "http" ? url : splitUrl(url).path;

/** The test was recorded several times, and its requests differ in what is volatile and nothing else. */
export function ofVolatile(goal: Goal, own: readonly KnownRecording[], { changesOf, ...known }: Known): Judged | null {
  const requests = own.slice(-MOST_COMPARED).flatMap((recording) => {
    const request = recording.request();
    return request === null ? [] : [{ recording, hashed: hashedOf(request) }];
  });
  for (let at = requests.length - 1; at > 0; at--) {
    const [before, after] = [requests[at - 1], requests[at]];
    if (!before || !after) continue;
    const changes = seen(changesOf(before.hashed, after.hashed));
    if (changes.length === 0 || changes.some(({ volatile }) => volatile === null)) continue;
    const differs = changesText(changes);
    const evidence = [
      ...triedOf(goal),
      `recorded: ${called(before.recording)} and ${called(after.recording)}, which differ in ${brief(differs)}; asked now: one more of them`,
    ];
    return likely(goal, "volatile value", differs, evidence, { ...known, changesOf }, after.recording);
  }
  return null;
}

/** The test has recordings, and none of them is it. */
export function changed(goal: Goal, own: readonly KnownRecording[], known: Known): Judged {
  const evidence = [
    ...triedOf(goal),
    `recorded: ${countOf(own.length)} of this test at this endpoint; asked now: none of them`,
    "recorded anew, recctl diff tells what changed; so does recctl why of all that was asked (--request, a journal of serve)",
  ];
  return likely(goal, "request changed", "what changed is not told", evidence, known, own.at(-1) ?? null);
}

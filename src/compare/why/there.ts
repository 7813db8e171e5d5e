import { shortId } from "../../recording/name.ts";
import { brief, type Judged } from "./cause.ts";
import type { Goal, Match } from "./goal.ts";
import type { Known, Past } from "./known.ts";
import { bringBack, moveTo, pathIn, rekeyTo, type Step } from "./mend.ts";
import { directoryOf } from "./rename.ts";
import { called } from "./say.ts";

/** Where look-ups of a test find recordings, and whether one lies elsewhere. */
export function homeFor(testId: string | null, path: string, known: Known): { beside: string; away: boolean } {
  const folder = testId === null ? "" : directoryOf(testId.split("::", 1)[0] as string);
  const beside = (testId !== null && known.homeOf?.(testId)) || [folder, "recordings"].filter(Boolean).join("/");
  const own = directoryOf(path);
  const found = [beside, known.shared].some((one) => one === own || own.endsWith(`/${one}`));
  return { beside, away: testId !== null && !found };
}

/** How to bring a recording where a test looks for it; nothing where it lies there, or where that cannot be told. */
export function bringHome(testId: string | null, path: string, known: Known): { steps: Step[]; path: string } {
  const home = testId === null ? null : (known.homeOf?.(testId) ?? null);
  if (home === null || !homeFor(testId, path, known).away) return { steps: [], path };
  return { steps: moveTo(known, path, home), path: pathIn(home, path) };
}

/** A recording has the very name: then it was not there when it was asked for, or is not where look-ups look. */
export function whereItIs({ present, asked }: Goal, known: Known): Judged {
  const { testId } = asked;
  const where = present.map((one) => ({ one, ...homeFor(testId, one.path, known) }));
  // Where one lies as it should, the others are of other tests.
  const { one: recording, beside, away } = where.find((each) => !each.away) ?? (where[0] as (typeof where)[number]);
  const own = directoryOf(recording.path);
  const evidence = away
    ? [`recorded: in ${own}; asked now: in ${beside}, and in the folder that all tests share`]
    : [`recorded: ${recording.path}`, "so it came after that run, or the run looked elsewhere"];
  const differs = away ? `recorded in ${own}, asked now in ${beside}` : "it is there, under the very name asked now";
  const mend = bringHome(testId, recording.path, known).steps;
  return { kind: "unknown", proven: false, differs, evidence, recording, mend };
}

/** The recording has this very request, but another name. */
export function ofItself({ asked }: Goal, match: Match, known: Known): Judged {
  const { recording, schemes, named } = match;
  const { path, kind, hash } = recording;
  const now = known.today?.(kind);
  const scheme = now !== undefined && schemes.includes(now) ? now : (schemes.at(-1) as string);
  const asks = asked.hash === null ? "the very same request" : shortId(asked.hash);
  const last = named.at(-1);
  if (last === undefined) {
    return {
      recording,
      evidence: [
        `recorded: ${called(recording)} has this very request, and a name that no scheme gives it; asked now: ${asks}, by scheme ${scheme}`,
        "so its request was another when it was named, or its file was renamed",
      ],
      kind: "request changed",
      proven: false,
      differs: "the recording was edited after it was named",
      mend: [{ program: known.recctl ?? "recctl", words: ["validate", "--rule", "name", "--explain"], on: [path] }],
    };
  }
  const from = hash.length === 12 ? `the first 12 digits of scheme ${last}` : `scheme ${last}`;
  // The oldest recorders asked for no more than the first digits.
  const by = asked.hash?.length === 12 ? `the first 12 digits of scheme ${scheme}` : `scheme ${scheme}`;
  const home = bringHome(recording.testId ?? asked.testId, path, known);
  return {
    recording,
    evidence: [`recorded: ${called(recording)}, by ${from}; asked now: ${asks}, by ${by}, the same request`],
    kind: "another scheme",
    proven: true,
    differs: `recorded by ${from}, asked now by ${by}`,
    mend: [...home.steps, ...rekeyTo(known, { kind, schemes, path: home.path })],
  };
}

/** A commit took it away, or somebody since the last one. */
export function deleted(past: Past, best: Match | null, known: Known): Judged {
  const { path, commit } = past;
  const by = commit ? `${commit.short} (${commit.date} "${brief(commit.subject)}")` : "the working tree (HEAD has it)";
  const evidence = [`recorded: in ${directoryOf(path)}, until then; asked now: that very name`];
  if (best) evidence.push(`recorded: ${called(best.recording)}, which is the same but for ${whatOf(best)}`);
  return { kind: "deleted in REV", proven: true, differs: by, evidence, recording: null, mend: bringBack(known, past) };
}

/** What was replaced in a recorded request. */
export const whatOf = ({ testId, model, url, variant }: Match): string =>
  [model && "its model", url && "its url", testId && "its test", variant && "a change"].filter(Boolean).join(" and ");

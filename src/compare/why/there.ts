import { brief, type Judged } from "./cause.ts";
import type { Goal, Match } from "./goal.ts";
import type { Known, Past } from "./known.ts";
import { bringBack, rekeyTo } from "./mend.ts";
import { directoryOf } from "./rename.ts";

/** A recording has the very name: then it was not there when it was asked for, or is not where look-ups look. */
export function whereItIs({ present, asked }: Goal): Judged {
  const [recording] = present;
  const path = recording?.path ?? "";
  const evidence = [`recorded: ${path} has the name that is asked now`];
  const folder = asked.testId === null ? "" : directoryOf(asked.testId.split("::", 1)[0] as string);
  const beside = [folder, "recordings"].filter(Boolean).join("/");
  const own = directoryOf(path);
  const away = folder !== "" && own !== beside && !own.endsWith(`/${beside}`);
  if (!away) evidence.push("so it came after that run, or the run looked elsewhere");
  else evidence.push(`recorded: in ${own}; asked now: in ${beside}, and in the folder that all tests share`);
  const differs = away
    ? `recorded in ${own}, asked now in ${beside}`
    : "it is there, under the very name that is asked now";
  return { kind: "unknown", proven: false, differs, evidence, recording: recording ?? null, mend: [] };
}

/** The recording has this very request, but another name. */
export function ofItself({ asked }: Goal, match: Match, known: Known): Judged {
  const { recording, schemes, named } = match;
  const { path, kind, hash } = recording;
  const now = known.today?.(kind);
  const scheme = now !== undefined && schemes.includes(now) ? now : (schemes.at(-1) as string);
  const asks = brief(asked.hash ?? "this request");
  const facts = { recording, evidence: [`recorded: ${path}, the very request that is asked now`] };
  const last = named.at(-1);
  if (last === undefined) {
    facts.evidence.push(
      `recorded: the name ${hash}, which no scheme gives to that request; asked now: ${asks}, by scheme ${scheme}`,
      "so its request was another when it was named, or its file was renamed",
    );
    const mend = [
      { program: known.recctl ?? "recctl", words: ["validate", "--rule", "name", "--explain"], on: [path] },
    ];
    return {
      ...facts,
      kind: "request changed",
      proven: false,
      differs: "the recording's text was edited after it was named",
      mend,
    };
  }
  const from = hash.length === 12 ? `the first 12 digits of scheme ${last}` : `scheme ${last}`;
  facts.evidence.push(`recorded: ${hash}, by ${from}; asked now: ${asks}, by scheme ${scheme}`);
  const mend = rekeyTo(known, { kind, schemes, path });
  return {
    ...facts,
    kind: "another scheme",
    proven: true,
    differs: `recorded by ${from}, asked now by scheme ${scheme}`,
    mend,
  };
}

/** A commit took it away. */
export function deleted({ path, short, date, subject, from }: Past, best: Match | null): Judged {
  const evidence = [
    `recorded: ${path}, until ${short} (${date} "${brief(subject)}") took it away; asked now: that very name`,
  ];
  if (best) evidence.push(`recorded: ${best.recording.path}, which is the same but for ${whatOf(best)}`);
  return {
    kind: "deleted in REV",
    proven: true,
    differs: `${short} (${date} "${brief(subject)}")`,
    evidence,
    recording: null,
    mend: bringBack(from ?? `${short}^`, path),
  };
}

/** What was replaced in a recorded request. */
export const whatOf = ({ testId, model, url, variant }: Match): string =>
  [model && "its model", url && "its url", testId && "its test", variant && "a change"].filter(Boolean).join(" and ");

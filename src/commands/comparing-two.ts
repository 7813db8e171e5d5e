import { placeholder } from "../compare/changes/placeholder.ts";
import { type ComparedPair, compared, type Looking } from "../compare/diff.ts";
import { Known, subjectOf } from "../compare/pairs/subject.ts";
import { dialectFor } from "../dialects/index.ts";
import { UserError } from "../errors.ts";
import { readName } from "../recording/name.ts";
import type { Sides } from "../report/diff-pair.ts";
import { shortNames } from "../report/short-names.ts";
import { type Opened, openRecordings } from "../store/open.ts";
import { forTerminalLine } from "../text/escape.ts";

/** Two recordings that somebody picked. */
export interface ComparedTwo {
  pair: ComparedPair;
  sides: Sides;
  /** The APIs that they speak, where these are two. */
  apis: readonly [old: string, now: string] | null;
}

/** What changed between two recordings, by their paths from `cwd`. @throws UserError where one cannot be read */
export function compareTwo(old: string, now: string, cwd: string, looking: Looking): ComparedTwo {
  const open = openRecordings({ cwd });
  const known = new Known(placeholder);
  const read = (path: string): Opened => {
    const found = open(path);
    if ("message" in found) throw new UserError(found.message, { place: path });
    return found;
  };
  const [before, behind] = [read(old), read(now)];
  const subject = (path: string, recording: Opened) =>
    subjectOf(path, readName(path).id, recording, { bytes: recording.bytes }, known);
  const [one, other] = [subject(old, before), subject(now, behind)];
  // The lines begin with both tests where they differ: that is not told again as a change.
  const via = one.testId === other.testId ? "test" : "renamed";
  const apis = [dialectFor(before.head).id, dialectFor(behind.head).id] as const;
  // Neither is what is asked now: people picked them.
  const [first, second] = shortNames(old, now).map(forTerminalLine) as [string, string];
  return {
    pair: compared({ old: one, now: other, via }, before, behind, looking),
    sides: { old: first, asked: second, answered: second, oldTest: `${first} is of` },
    apis: apis[0] === apis[1] ? null : apis,
  };
}

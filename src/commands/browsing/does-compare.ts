import { placeholder } from "../../compare/changes/placeholder.ts";
import { compared } from "../../compare/diff.ts";
import { Known, subjectOf } from "../../compare/pairs/subject.ts";
import { dialectFor } from "../../dialects/index.ts";
import { UserError } from "../../errors.ts";
import { readName } from "../../recording/name.ts";
import { pairLines } from "../../report/diff-pair.ts";
import { type Opened, openRecordings } from "../../store/open.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { coloured, plain } from "../../text/style.ts";
import { clip } from "../../text/width.ts";
import { shortNames } from "../../tui/content/short-names.ts";
import type { Does } from "./thread.ts";

/** What changed between two recordings, as `diff` shows a pair whole. */
export const compare: Does<"compare"> = async ({ old, now, columns, hasColour }, { cwd }) => {
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
  const pair = compared({ old: one, now: other, via }, before, behind, { only: null, ignore: [] });
  const apis = [before, behind].map(({ head }) => dialectFor(head).id);
  const differing = apis[0] === apis[1] ? [] : [clip(`different APIs: ${apis.join(" and ")}`, columns)];
  // Neither is what is asked now: people picked them.
  const [first, second] = shortNames(old, now).map(forTerminalLine) as [string, string];
  const sides = { old: first, asked: second, answered: second, oldTest: `${first} is of` };
  return [...differing, ...pairLines(pair, { terminal: true, columns, paint: hasColour ? coloured : plain }, sides)];
};

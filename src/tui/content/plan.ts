import { testIdIn } from "../../listing/test-id.ts";
import { bytesText, countText } from "../../text/bytes.ts";
import { forTerminalLine, seenName } from "../../text/escape.ts";
import type { Paint } from "../../text/style.ts";
import { clip, pad, squeeze } from "../../text/width.ts";
import { wrapLines } from "../../text/wrap.ts";
import { remembering } from "../state/memo.ts";
import type { RemovalPlan } from "../state/overlay.ts";
import type { Judgement } from "../state/state.ts";

/** Columns of a size, and of a verdict. */
const SIZE = 7;
const VERDICT = 13;

/** What a plan would do, what to press, and why it cannot be done; then each file with its test. */
export const planLines = remembering(
  (
    { items, notes, refusals }: RemovalPlan,
    verdicts: ReadonlyMap<string, Judgement> | null,
    recctl: string,
    columns: number,
    paint: Paint,
  ): readonly string[] => {
    const says = (text: string): string[] =>
      wrapLines(forTerminalLine(text), columns).map((line) => clip(line, columns));
    const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
    const can = refusals.length === 0 && items.length > 0;
    const lines = [
      ...says(`${countText(items.length, "recording")}, ${bytesText(bytes)}`).map((line) => paint("heading", line)),
      ...refusals.flatMap((refusal) => says(`cannot be done: ${refusal}`).map((line) => paint("bad", line))),
      ...notes.flatMap((note) => says(note).map((line) => paint("warn", line))),
      "",
      ...says(
        `${can ? `y removes them, ${recctl} undo brings them back; ` : ""}${refusals.length > 0 ? "D plans anew; " : ""}u takes all marks back; Esc changes nothing`,
      ),
      "",
    ];
    for (const { path, testId, bytes: size } of items) {
      const judgement = verdicts?.get(path);
      const verdict = paint(judgement?.goes === false ? "warn" : "faint", pad(judgement?.verdict ?? "", VERDICT));
      const rest = columns - SIZE - VERDICT - 2;
      const test = forTerminalLine(testId === null ? "belongs to no test" : seenName(testId));
      if (rest < 8) lines.push(testIdIn(test, columns));
      else lines.push(`${pad(bytesText(size), SIZE, "left")} ${verdict} ${testIdIn(test, rest)}`);
      const indent = Math.min(SIZE + 1, Math.max(0, columns - 8));
      lines.push(`${" ".repeat(indent)}${paint("faint", squeeze(forTerminalLine(path), columns - indent))}`);
    }
    return lines;
  },
);

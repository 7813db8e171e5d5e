import { dialectFor } from "../dialects/index.ts";
import { assemble, type Part } from "../dialects/message.ts";
import { askedOf, piecesOf } from "../dialects/units.ts";
import type { Entry } from "../listing/entry.ts";
import { matcher } from "../listing/filter.ts";
import type { Recording } from "../recording/recording.ts";
import { openRecordings } from "../store/open.ts";
import type { Context } from "./command.ts";
import { progress } from "./progress.ts";

/** Those of the entries in which any of `texts` was asked or answered. */
export async function grep(entries: readonly Entry[], texts: readonly string[], context: Context): Promise<Entry[]> {
  const matchers = texts.map(matcher);
  const matches = (text: string): boolean => matchers.some((holds) => holds(text));
  const shown = progress(context.io, "searching");
  const open = openRecordings({ cwd: context.cwd });
  const out: Entry[] = [];
  try {
    for (const [done, entry] of entries.entries()) {
      await shown.step(done, entries.length);
      const recording = open(entry.path);
      if (!("message" in recording) && says(recording, matches)) out.push(entry);
    }
  } finally {
    await shown.end();
  }
  return out;
}

/** Whether anything that was asked or answered matches. */
export function says(recording: Recording, matches: (text: string) => boolean): boolean {
  const dialect = dialectFor(recording.head);
  const anyPart = (parts: readonly Part[]): boolean => parts.some((part) => partTexts(part).some(matches));
  if (askedOf(recording, dialect).turns.some((turn) => anyPart(turn.parts))) return true;
  const answer = assemble(piecesOf(recording, dialect));
  return (
    answer.choices.some((choice) => anyPart(choice.parts)) ||
    answer.items.some((item) => matches(item.text)) ||
    answer.errors.some(matches) ||
    (recording.failure !== null && matches(recording.failure.message))
  );
}

function partTexts(part: Part): string[] {
  if (part.type === "tool-call") return [part.name, part.arguments];
  return "text" in part ? [part.text] : [];
}

import { Assembler } from "../../dialects/message.ts";
import { piecesOf } from "../../dialects/units.ts";
import { answerLines, askedLines, headingOf, headLines } from "../../report/conversation.ts";
import type { Page } from "../../report/page.ts";
import { countText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { width } from "../../text/width.ts";
import { remembering } from "../state/memo.ts";
import type { OpenBody } from "../state/state.ts";
import { pageOf } from "./heading.ts";

const CARET = "▌";

/** A recording as people read it, in lines of at most `columns`; of a stream that plays, what its first `units` brought. */
export function conversationOf(body: OpenBody, units: number | null, columns: number, paint: Paint): readonly string[] {
  const isGrowing = units !== null && units < body.units.length;
  return isGrowing ? growing(body, units, columns, paint) : whole(body, columns, paint);
}

/** A page for a body: what was wrapped on it before is remembered as long as it is looked at. */
const pageFor = remembering((_: OpenBody, columns: number, paint: Paint): Page => pageOf(columns, paint));

const requestHalf = remembering((body: OpenBody, columns: number, paint: Paint): readonly string[] => {
  const page = pageFor(body, columns, paint);
  const { path, bytes, dialect, recording, asked } = body;
  return [...headLines(headingOf({ path, bytes, dialect: dialect.id, recording }), page), ...askedLines(asked, page)];
});

const whole = remembering((body: OpenBody, columns: number, paint: Paint): readonly string[] => {
  const { recording, dialect } = body;
  const assembler = new Assembler();
  for (const piece of piecesOf(recording, dialect)) assembler.add(piece);
  const answer = answerLines({ recording, answer: assembler.message }, pageFor(body, columns, paint));
  return [...requestHalf(body, columns, paint), ...answer];
});

const growing = remembering((body: OpenBody, units: number, columns: number, paint: Paint): readonly string[] => {
  const page = pageFor(body, columns, paint);
  const title = `answer, ${units} of ${countText(body.units.length, "chunk")}`;
  const { message } = assembledTo(body, units);
  const answer = [...answerLines({ recording: body.recording, answer: message }, page, title)];
  return [...requestHalf(body, columns, paint), ...withCaret(answer, page, message.choices.length > 0)];
});

/** The end of what grows is marked. */
function withCaret(lines: string[], page: Page, hasText: boolean): string[] {
  const last = lines.at(-1) ?? "";
  if (hasText && lines.length > 2 && width(last) < page.columns) lines[lines.length - 1] = last + CARET;
  else lines.push(CARET);
  return lines;
}

/** The last stream that was put together, and how far: it goes on from there. */
let last: { body: OpenBody; units: number; assembler: Assembler } | null = null;

function assembledTo(body: OpenBody, units: number): Assembler {
  if (last?.body !== body || last.units > units) last = { body, units: 0, assembler: new Assembler() };
  for (; last.units < units; last.units++) {
    for (const piece of body.units[last.units]?.pieces ?? []) last.assembler.add(piece);
  }
  return last.assembler;
}

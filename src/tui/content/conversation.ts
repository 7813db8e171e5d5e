import { Assembler, assemble } from "../../dialects/message.ts";
import { answerLines, askedLines, headingOf } from "../../report/conversation.ts";
import type { Page } from "../../report/page.ts";
import { countText, numberText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { width } from "../../text/width.ts";
import { piecesOfBody } from "../state/body.ts";
import { remembering } from "../state/memo.ts";
import type { OpenBody } from "../state/state.ts";
import { type Bounds, firstLines } from "./bounds.ts";
import { headOf, pageOf } from "./heading.ts";
import { tallied } from "./tally.ts";

const CARET = "▌";

/** How a conversation is put into lines. */
export interface Form {
  readonly columns: number;
  readonly paint: Paint;
  /** Whether its head is short. */
  readonly isCompact: boolean;
  readonly bounds: Bounds;
}

export const formOf = remembering(
  (columns: number, paint: Paint, isCompact: boolean, bounds: Bounds): Form => ({ columns, paint, isCompact, bounds }),
);

/** A recording as people read it, in lines; of a stream that plays, what its first `units` brought. */
export function conversationOf(body: OpenBody, units: number | null, form: Form): readonly string[] {
  const isGrowing = units !== null && units < body.units.length;
  return isGrowing ? growing(body, units, form) : whole(body, form);
}

/** A page for a body: what was wrapped on it before is remembered as long as it is looked at. */
const pageFor = remembering((_: OpenBody, { columns, paint, bounds }: Form): Page => pageOf(columns, paint, bounds));

/** Lines of one half: the other has its place whatever this one holds. */
const half = (lines: (page: Page) => Iterable<string>, page: Page, { bounds, columns, paint }: Form): string[] =>
  firstLines(lines(page), bounds, () => tallied(lines, page.columns), columns, paint);

const requestHalf = remembering((body: OpenBody, form: Form): readonly string[] => {
  const page = pageFor(body, form);
  const { path, bytes, dialect, recording, asked } = body;
  const heading = headingOf({ path, bytes, dialect: dialect.id, recording });
  return [...headOf(heading, form.isCompact, page), ...half((on) => askedLines(asked, on), page, form)];
});

const whole = remembering((body: OpenBody, form: Form): readonly string[] => {
  const { recording } = body;
  const answer = assemble(piecesOfBody(body));
  const lines = half((on) => answerLines({ recording, answer }, on), pageFor(body, form), form);
  return [...requestHalf(body, form), ...lines];
});

const growing = remembering((body: OpenBody, units: number, form: Form): readonly string[] => {
  const page = pageFor(body, form);
  const title = `answer, ${numberText(units)} of ${countText(body.units.length, "chunk")}`;
  const { message: answer } = assembledTo(body, units);
  const lines = half((on) => answerLines({ recording: body.recording, answer }, on, title), page, form);
  return [...requestHalf(body, form), ...withCaret(lines, page, answer.choices.length > 0)];
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

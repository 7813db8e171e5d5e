import type { Broken } from "../../listing/entry.ts";
import { coloured, type Paint, plain } from "../../text/style.ts";
import { layoutOf, type Rect } from "../state/layout.ts";
import { remembering } from "../state/memo.ts";
import { bodyOf, requestOf, shownPath } from "../state/requests.ts";
import type { FlawedBody, OpenBody, State, Tab } from "../state/state.ts";
import { isOnGroup, testRow } from "../state/tree.ts";
import { ALL, type Bounds, PANE } from "./bounds.ts";
import { conversationOf, type Form, formOf } from "./conversation.ts";
import { findingsOf } from "./findings.ts";
import { flawedText, flawLines } from "./flaw.ts";
import { groupLines } from "./group.ts";
import { waitingLines } from "./heading.ts";
import { rawKeys, rawSheet } from "./raw.ts";
import { verdictOf } from "./verdict.ts";

/** How text is painted: in colours, or not. */
export const paintOf = ({ hasColour }: Pick<State, "hasColour">): Paint => (hasColour ? coloured : plain);

/** The place of the answer pane; where it is not on the screen, the one it would have alone. */
function placeOf(state: State): Rect {
  const { panes, cover } = layoutOf(state);
  return panes.find(({ pane }) => pane === "answer") ?? cover;
}

const widthOf = (state: State): number => placeOf(state).width;

/** A pane smaller than this has a short head, to leave room for what was said. */
const ROOMY = { width: 80, height: 30 };

function isCompact(state: State, bounds: Bounds): boolean {
  const { width, height } = placeOf(state);
  return bounds !== ALL && (width < ROOMY.width || height < ROOMY.height);
}

/** What a tab shows of the recording at hand. */
const TABS: Record<Tab, (state: State, path: string, form: Form) => readonly string[]> = {
  conversation: (state, _, form) =>
    ofBody(state, form, flawLines, (body) => conversationOf(body, playedOf(state, body), form)),
  raw: (state, _, form) =>
    ofBody(state, form, flawedText, () => rawSheet(state, form.columns, form.paint, form.bounds)?.lines ?? []),
  findings: ({ findings, recctl }, path, { columns, paint }) => findingsOf(path, findings, recctl, columns, paint),
  verdict: ({ verdicts, recctl }, path, { columns, paint }) => verdictOf(path, verdicts, recctl, columns, paint),
};

/** The lines of the answer pane, each no wider than it, as many as `bounds` let; those that are seen are a window of them. */
export function answerLines(state: State, bounds: Bounds = PANE): readonly string[] {
  const columns = widthOf(state);
  const paint = paintOf(state);
  const path = shownPath(state);
  if (path === null || isOfGroup(state)) return groupLines(state, columns, paint);
  return TABS[state.answer.tab](state, path, formOf(columns, paint, isCompact(state, bounds), bounds));
}

/** Whether what the answer is about is a group of tests: while the tests have the attention, and nothing plays. */
const isOfGroup = (state: State): boolean => state.answer.tab === "conversation" && !state.play && isOnGroup(state);

/** Of what was read, or what stands in its place. */
function ofBody(
  state: State,
  { columns, paint, isCompact }: Form,
  flawed: (body: FlawedBody, columns: number, paint: Paint) => readonly string[],
  open: (body: OpenBody) => readonly string[],
): readonly string[] {
  const body = bodyOf(state);
  if (body) return "recording" in body ? open(body) : flawed(body, columns, paint);
  const flaw = testRow(state)?.flaw;
  if (flaw) return flawed(listed(flaw), columns, paint);
  const entry = requestOf(state);
  return entry ? waiting(entry, isCompact, columns, paint) : [paint("faint", "reading…")];
}

/** A file that the list tells is broken. */
const listed = remembering(({ path, ...flaw }: Broken): FlawedBody => ({ path, flaw }));

const waiting = remembering(waitingLines);

/** How many units of a stream that plays have come; null where none plays. */
const playedOf = ({ play }: State, { path }: OpenBody): number | null => (play?.path === path ? play.shown : null);

/** The key of what the line cursor of the raw tab can fold or unfold: what begins on its line, else what that lies in. */
export function foldAt(state: State): string | null {
  return sheetAt(state)?.folds[state.answer.line] ?? null;
}

/** The line that a key's part begins on: where the cursor belongs once it is folded. -1 where it is not shown. */
export const foldLine = (state: State, key: string): number => sheetAt(state)?.folds.indexOf(key) ?? -1;

/**
 * Keys that turned (put into `answer.folds` together, in place of what is there) open all that is folded at first, outermost
 * first, bounded; where nothing is folded at first they fold the outermost parts. An empty `folds` is how it is at first.
 */
export const foldKeys = (state: State): readonly string[] => (state.answer.tab === "raw" ? rawKeys(state) : []);

const sheetAt = (state: State) => (state.answer.tab === "raw" ? rawSheet(state, widthOf(state), paintOf(state)) : null);

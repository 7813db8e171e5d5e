import type { Broken } from "../../listing/entry.ts";
import { coloured, type Paint, plain } from "../../text/style.ts";
import { layoutOf } from "../state/layout.ts";
import { remembering } from "../state/memo.ts";
import { bodyOf, requestOf, shownPath } from "../state/requests.ts";
import type { FlawedBody, OpenBody, State, Tab } from "../state/state.ts";
import { isOnGroup, testRow } from "../state/tree.ts";
import { conversationOf } from "./conversation.ts";
import { findingsOf } from "./findings.ts";
import { flawedText, flawLines } from "./flaw.ts";
import { groupLines } from "./group.ts";
import { waitingLines } from "./heading.ts";
import { rawKeys, rawSheet } from "./raw.ts";
import { verdictOf } from "./verdict.ts";

/** How text is painted: in colours, or not. */
export const paintOf = ({ hasColour }: Pick<State, "hasColour">): Paint => (hasColour ? coloured : plain);

/** How wide the answer pane is; where it is not on the screen, how wide it would be alone. */
function widthOf(state: State): number {
  const { panes, cover } = layoutOf(state);
  return (panes.find(({ pane }) => pane === "answer") ?? cover).width;
}

/** What a tab shows of the recording at hand. */
const TABS: Record<Tab, (state: State, path: string, columns: number, paint: Paint) => readonly string[]> = {
  conversation: (state, _, columns, paint) =>
    ofBody(state, columns, paint, flawLines, (body) => conversationOf(body, playedOf(state, body), columns, paint)),
  raw: (state, _, columns, paint) =>
    ofBody(state, columns, paint, flawedText, () => rawSheet(state, columns, paint)?.lines ?? []),
  findings: ({ findings, recctl }, path, columns, paint) => findingsOf(path, findings, recctl, columns, paint),
  verdict: ({ verdicts, recctl }, path, columns, paint) => verdictOf(path, verdicts, recctl, columns, paint),
};

/** All lines of the answer pane, each no wider than it; those that are seen are a window of them. */
export function answerLines(state: State): readonly string[] {
  const columns = widthOf(state);
  const paint = paintOf(state);
  const path = shownPath(state);
  if (path === null || isOfGroup(state)) return groupLines(state, columns, paint);
  return TABS[state.answer.tab](state, path, columns, paint);
}

/** Whether what the answer is about is a group of tests: while the tests have the attention, and nothing plays. */
const isOfGroup = (state: State): boolean => state.answer.tab === "conversation" && !state.play && isOnGroup(state);

/** Of what was read, or what stands in its place. */
function ofBody(
  state: State,
  columns: number,
  paint: Paint,
  flawed: (body: FlawedBody, columns: number, paint: Paint) => readonly string[],
  open: (body: OpenBody) => readonly string[],
): readonly string[] {
  const body = bodyOf(state);
  if (body) return "recording" in body ? open(body) : flawed(body, columns, paint);
  const flaw = testRow(state)?.flaw;
  if (flaw) return flawed(listed(flaw), columns, paint);
  const entry = requestOf(state);
  return entry ? waiting(entry, columns, paint) : [paint("faint", "reading…")];
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

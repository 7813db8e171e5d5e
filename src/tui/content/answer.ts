import { assemble } from "../../dialects/message.ts";
import { piecesOf } from "../../dialects/units.ts";
import { conversationLines } from "../../report/conversation.ts";
import type { Screen } from "../../report/report.ts";
import { coloured, type Paint, plain } from "../../text/style.ts";
import { layoutOf } from "../state/layout.ts";
import { remembering } from "../state/memo.ts";
import { bodyOf } from "../state/requests.ts";
import type { Body, State, Tab } from "../state/state.ts";

/** How text is painted: in colours, or not. */
export const paintOf = ({ hasColour }: Pick<State, "hasColour">): Paint => (hasColour ? coloured : plain);

/** All lines of the answer pane, each no wider than it; those that are seen are a window of them. */
export function answerLines(state: State): readonly string[] {
  const { panes, cover } = layoutOf(state);
  const { width } = panes.find(({ pane }) => pane === "answer") ?? cover;
  return linesOf(bodyOf(state), state.answer.tab, width, paintOf(state));
}

const linesOf = remembering((body: Body | null, tab: Tab, columns: number, paint: Paint): readonly string[] => {
  if (body === null || !("recording" in body)) return [];
  const screen: Screen = { terminal: true, columns, paint };
  if (tab !== "conversation") return [];
  const { path, bytes, dialect, recording, asked } = body;
  const answer = assemble(piecesOf(recording, dialect));
  return [
    ...conversationLines(
      { path, bytes, dialect: dialect.id, recording, asked, answer },
      { request: true, response: true },
      screen,
    ),
  ];
});

/** What folds at the line of the cursor in the raw tab; null where nothing does. */
export const foldAt = (_: State): string | null => null;

/** All that folds in the raw tab. */
export const foldKeys = (_: State): readonly string[] => [];

import type { Paint } from "../../text/style.ts";
import { answerLines } from "../content/answer.ts";
import type { Placed } from "../state/layout.ts";
import { type State, TABS } from "../state/state.ts";
import { fitted } from "./line.ts";
import { titleLine } from "./title.ts";

/** The answer in its pane: the tabs, and the lines that are seen. */
export function answerPane(state: State, { width, height }: Placed, paint: Paint): string[] {
  const { tab, top } = state.answer;
  const title = TABS.map((one) => (one === tab ? `[${one}]` : ` ${one} `)).join("");
  const seen = answerLines(state).slice(top, top + height - 1);
  return [titleLine(title, state.focus === "answer", width, paint), ...seen.map((line) => fitted(line, width))];
}

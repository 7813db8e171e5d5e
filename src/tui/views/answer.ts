import { numberText } from "../../text/bytes.ts";
import { foundParts, type Paint, withFound, withoutLooks } from "../../text/style.ts";
import { width } from "../../text/width.ts";
import { answerLines } from "../content/answer.ts";
import { finderIn, withHits } from "../content/found.ts";
import type { Placed } from "../state/layout.ts";
import { remembering } from "../state/memo.ts";
import { type State, TABS, type Tab } from "../state/state.ts";
import { cursorRow, fitted } from "./line.ts";
import { positionOf } from "./position.ts";
import { titleLine } from "./title.ts";

/** The answer in its pane: the tabs, and the lines that are seen. */
export function answerPane(state: State, { width: columns, height }: Placed, paint: Paint): string[] {
  const { top, tab, line } = state.answer;
  const hasKeys = state.focus === "answer";
  const lines = answerLines(state);
  const rows = height - 1;
  const isOnLine = tab === "raw" && lines.length > 0;
  const place = isOnLine ? `${numberText(line + 1)}/${numberText(lines.length)}` : positionOf(lines.length, rows, top);
  const title = titleLine(tabsText(tab, columns - place.length - 5), [place], hasKeys, columns, paint);
  const seen = window(withHits(lines, top, rows, finderIn(state)), columns).map((full, at) => {
    return tab === "raw" && top + at === line ? cursorRow(withSign(full, columns), hasKeys, paint) : full;
  });
  return [title, ...seen];
}

/** The lines that are seen, filled up. */
const window = remembering((lines: readonly string[], columns: number): readonly string[] =>
  lines.map((line) => fitted(line, columns)),
);

/** The tabs in at most `columns`, the one that is shown in brackets: with the keys that choose them, without, or it alone. */
function tabsText(shown: Tab, columns: number): string {
  const all = (name: (tab: Tab, at: number) => string): string =>
    TABS.map((tab, at) => (tab === shown ? `[${name(tab, at)}]` : name(tab, at))).join(" ");
  const forms = [all((tab, at) => `${at + 1} ${tab}`), all((tab) => tab)];
  return forms.find((form) => width(form) <= columns) ?? `[${shown}] ${TABS.indexOf(shown) + 1}/${TABS.length}`;
}

/** A line with a sign at its start, where it has room for one: the cursor is seen without looks, and so is what was found. */
function withSign(line: string, columns: number): string {
  const text = foundParts(line)
    .map(withoutLooks)
    .map((part, at) => (at % 2 === 1 ? withFound(part) : part))
    .join("");
  return fitted(text.startsWith(" ") ? `›${text.slice(1)}` : `›${text}`, columns);
}

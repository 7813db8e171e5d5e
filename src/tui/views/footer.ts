import { forTerminalLine } from "../../text/escape.ts";
import type { Look, Paint } from "../../text/style.ts";
import { squeeze, width } from "../../text/width.ts";
import { KEYS, type Key, keyText, type Verb } from "../keys.ts";
import { MARK_NAMES, MARKS } from "../state/marks.ts";
import { openBodyOf, requestOf } from "../state/requests.ts";
import type { Message, State } from "../state/state.ts";
import { testRow } from "../state/tree.ts";
import { whereOf } from "../state/update.ts";
import { exactly, fitted } from "./line.ts";
import { promptLine } from "./prompt.ts";

/** The two lines below the panes: a message or what the cursor is on, and the keys that matter here. */
export function footerLines(state: State, paint: Paint): string[] {
  const { columns } = state.size;
  const { prompt } = state;
  const keys = keysLine(state, columns, paint);
  if (!prompt) return [messageLine(state, columns, paint), keys];
  const line = promptLine(prompt, columns, paint);
  return [line, prompt.error === null ? keys : toned(prompt.error, "bad", columns, paint)];
}

/** How the tone of a message is told: by a sign as well as by a look. */
const TONES: Record<Message["tone"], { sign: string; look?: Look }> = {
  good: { sign: "✓ ", look: "good" },
  bad: { sign: "✗ ", look: "bad" },
  plain: { sign: "" },
};

function toned(text: string, tone: Message["tone"], columns: number, paint: Paint): string {
  const { sign, look } = TONES[tone];
  const line = exactly(sign + forTerminalLine(text), columns);
  return look ? paint(look, line) : line;
}

function messageLine(state: State, columns: number, paint: Paint): string {
  const { message } = state;
  if (message) return toned(message.text, message.tone, columns, paint);
  return paint("faint", exactly(squeeze(forTerminalLine(whole(state)), columns), columns));
}

/** What the marks of rows mean. */
const LEGEND = `marks: ${MARK_NAMES.map((mark) => `${MARKS[mark].sign} ${MARKS[mark].short}`).join("  ")}`;

/** What the cursor is on, in full: rows have little room for it. */
function whole(state: State): string {
  const row = testRow(state);
  if (state.overlay?.shows === "help") return LEGEND;
  if (state.overlay || !row) return "";
  if (state.level !== "tests") return requestOf(state)?.path ?? row.flaw?.path ?? "";
  if (row.flaw) return row.flaw.path;
  return row.key.slice(row.key.indexOf(":") + 1);
}

/** Where a key that has its place in the footer matters at all. */
const MATTERS: Partial<Record<Verb, (state: State) => boolean>> = {
  deeper: ({ focus }) => focus !== "chunks",
  fold: ({ focus, answer }) => (focus === "answer" ? answer.tab === "raw" : focus === "tests"),
  next: ({ search }) => search !== null,
  unfilter: ({ filter }) => filter !== null,
  play: (state) => (openBodyOf(state)?.units.length ?? 0) > 0,
  plan: ({ leaving }) => leaving.size > 0,
};

/** What comes before others, and what behind them, where there is no room for all; those that lead out come first. */
const URGENCY: Partial<Record<Verb, number>> = { next: 1, unfilter: 1, plan: 1, fold: 3 };

/** What the footer of a state can tell, the most important first. */
export function footerVerbs(state: State): Verb[] {
  const where = whereOf(state);
  const here = (Object.entries(KEYS) as [Verb, Key][]).filter(
    ([verb, key]) => key.short !== undefined && key.where.includes(where) && (MATTERS[verb]?.(state) ?? true),
  );
  const urgency = ([verb, { group }]: [Verb, Key]): number => (group === "leave" ? 0 : (URGENCY[verb] ?? 2));
  return here
    .map((one, at) => ({ one, at }))
    .sort((a, b) => urgency(a.one) - urgency(b.one) || a.at - b.at)
    .map(({ one: [verb] }) => verb);
}

const GAP = "  ";

/** As many keys as fit, in the order of the table; the last ones are those that lead out. */
function keysLine(state: State, columns: number, paint: Paint): string {
  const texts = new Map<Verb, { key: string; short: string }>();
  let left = columns + GAP.length;
  for (const verb of footerVerbs(state)) {
    const { keys, short = "" } = KEYS[verb];
    const key = keyText(keys[0] as string);
    left -= width(key) + 1 + short.length + GAP.length;
    if (left < 0) break;
    texts.set(verb, { key, short });
  }
  const order = Object.keys(KEYS) as Verb[];
  const line = order.flatMap((verb) => {
    const text = texts.get(verb);
    return text ? [`${paint("heading", text.key)} ${paint("faint", text.short)}`] : [];
  });
  return fitted(line.join(GAP), columns);
}

import { testIdIn } from "../../listing/test-id.ts";
import { seenName } from "../../text/escape.ts";
import { forLine } from "../../text/line.ts";
import type { Look, Paint } from "../../text/style.ts";
import { squeeze, width } from "../../text/width.ts";
import { requestOf } from "../state/requests.ts";
import type { Message, State } from "../state/state.ts";
import { idOf, testRow } from "../state/tree.ts";
import { keysLine } from "./footer-keys.ts";
import { exactly } from "./line.ts";
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
  const line = exactly(sign + forLine(text, columns), columns);
  return look ? paint(look, line) : line;
}

function messageLine(state: State, columns: number, paint: Paint): string {
  const { message } = state;
  if (message) return toned(message.text, message.tone, columns, paint);
  return paint("faint", exactly(whole(state, columns), columns));
}

const GAP = "  ";

/** What the cursor is on, as far as there is room for it: rows have little. */
function whole(state: State, columns: number): string {
  const row = testRow(state);
  if (state.overlay || !row) return "";
  if (row.flaw) return squeeze(forLine(row.flaw.path, columns), columns);
  if (state.level === "tests") return row.kind === "broken" ? "" : testId(idOf(row), columns);
  const entry = requestOf(state);
  const id = entry?.head.testId;
  const path = forLine(entry?.path ?? "", columns);
  if (id == null) return squeeze(path, columns);
  // Nobody knows a recording by its hash: the test comes first.
  const test = testId(id, columns);
  return width(test) + GAP.length + width(path) <= columns ? test + GAP + path : test;
}

const testId = (id: string, columns: number): string => testIdIn(forLine(seenName(id), columns), columns);

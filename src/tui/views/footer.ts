import { seenName } from "../../text/escape.ts";
import { forLine } from "../../text/line.ts";
import type { Look, Paint } from "../../text/style.ts";
import { squeeze } from "../../text/width.ts";
import { requestOf } from "../state/requests.ts";
import type { Message, State } from "../state/state.ts";
import { testRow } from "../state/tree.ts";
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
  return paint("faint", exactly(squeeze(forLine(whole(state), columns), columns), columns));
}

/** What the cursor is on, in full: rows have little room for it. */
function whole(state: State): string {
  const row = testRow(state);
  if (state.overlay || !row) return "";
  if (state.level !== "tests") return requestOf(state)?.path ?? row.flaw?.path ?? "";
  if (row.flaw) return row.flaw.path;
  return row.kind === "broken" ? "" : seenName(row.key.slice(row.key.indexOf(":") + 1));
}

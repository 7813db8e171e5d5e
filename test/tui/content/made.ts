import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonObject } from "../../../src/recording/json/value.ts";
import { recordingFrom } from "../../../src/recording/recording.ts";
import { openBody } from "../../../src/tui/state/body.ts";
import { type Body, initial, type OpenBody, type State } from "../../../src/tui/state/state.ts";
import { update } from "../../../src/tui/state/update.ts";
import { DEMO } from "../../demo.ts";
import { recordingText } from "../../run.ts";

/** The project's own recordings, ready to be looked at. */
export const BODIES: readonly OpenBody[] = DEMO.map(({ file, recording }) =>
  openBody(`recordings/${file}`, recording, recording.bytes),
);

/** A recording from its text. */
export function bodyFrom(text: string, path = "recordings/made.json"): OpenBody {
  return openBody(path, recordingFrom(parseJson(text) as JsonObject, text), text.length);
}

/** A chat recording with a part of it changed. */
export const chat = (change: Record<string, unknown> = {}): OpenBody => bodyFrom(recordingText(change));

/** A chat that streams these texts, a chunk each, and finishes. */
export function streaming(texts: readonly string[], member = "content"): OpenBody {
  const chunk = (delta: unknown, finish: string | null) => ({
    __type__: "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
    __data__: { id: "rec-1", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] },
  });
  const body = [...texts.map((text) => chunk({ [member]: text }, null)), chunk({}, "stop")];
  return chat({ response: { body, is_streaming: true } });
}

/** A state in which a body is at hand, its answer in a pane `columns` wide that has the keys. */
export function showing(body: Body, change: Partial<State> = {}, columns = 80): State {
  const { path } = body;
  const entries = "recording" in body ? [{ path, id: path, bytes: body.bytes, head: body.recording.head }] : [];
  const broken = "recording" in body ? [] : [{ path, ...body.flaw }];
  const start = initial({ size: { columns, rows: 30 }, recctl: "recctl", hasColour: true });
  const tree = { entries, broken, isRead: true };
  let { state } = update({ ...start, isZoomed: true }, { type: "scanned", tree });
  state = update(state, { type: "opened", body }).state;
  state = { ...state, requests: { cursor: path, top: 0 }, level: "requests", focus: "answer" };
  if (broken.length > 0) state = { ...state, tests: { ...state.tests, cursor: `x:${path}` } };
  return { ...state, ...change };
}

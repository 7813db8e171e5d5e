import type { Dialect } from "../dialects/dialect.ts";
import { bodyData, unitsOf, unwrapped } from "../dialects/units.ts";
import { COMPACT, PYTHON_INDENTED, writeJson } from "../recording/json/write.ts";
import type { Recording } from "../recording/recording.ts";
import { TextFlow } from "./text.ts";

/** What is sent at one moment. */
export interface Frame {
  text: string;
  /** Whether it brings something that a client waits for: text, reasoning, a piece of a tool call. */
  content: boolean;
}

/** The forms of `--as`. */
export const FORMS = {
  text: "what a person reads: text, reasoning and tool calls told apart",
  wire: "what the API sends: server-sent events, JSON lines, or the body",
  ndjson: "a chunk a line, without Python's type names",
  raw: "the body as it is stored",
} as const;
export type Form = keyof typeof FORMS;

/**
 * A response as what is sent, in order. Joined, the frames are the whole; a recorded failure ends
 * them where it came, and the end of the stream is then left out.
 */
export function framesOf(recording: Recording, dialect: Dialect, form: Form): Frame[] {
  const { head, body, failure } = recording;
  if (form === "raw") return [whole(`${writeJson(body, PYTHON_INDENTED)}\n`)];
  if (form === "text") return textFrames(recording, dialect);
  if (!head.streaming || !Array.isArray(body)) {
    if (failure && body === null) return [];
    const data = bodyData(recording);
    if (form === "wire") return [whole(writeJson(dialect.wire.body(data), COMPACT))];
    return [whole(`${writeJson(data, COMPACT)}\n`)];
  }
  const frames = unitsOf(recording, dialect).map((unit): Frame => {
    const lines = unit.stored.map((chunk) => `${writeJson(unwrapped(chunk), COMPACT)}\n`);
    return { text: form === "wire" ? unit.wire() : lines.join(""), content: bringsContent(unit.pieces) };
  });
  const linesRecorded = body.length > 0 && body.every((chunk) => typeof chunk === "string");
  const end = form === "wire" && !failure && !linesRecorded ? dialect.wire.end : "";
  return end === "" ? frames : [...frames, { text: end, content: false }];
}

const whole = (text: string): Frame => ({ text, content: true });

/** Whether pieces bring something that a client waits for. */
export const bringsContent = (pieces: readonly { type: string }[]): boolean =>
  pieces.some(({ type }) => type !== "finish" && type !== "usage");

function textFrames(recording: Recording, dialect: Dialect): Frame[] {
  const flow = new TextFlow(recording, dialect);
  const frames = flow.steps.map((pieces): Frame => {
    return { text: flow.next(), content: bringsContent(pieces) };
  });
  return [...frames, { text: flow.end(), content: false }];
}

import { parseJson } from "../../../src/recording/json/parse.ts";
import { asObject, at, type JsonObject, type JsonValue } from "../../../src/recording/json/value.ts";
import { COMPACT, writeJson } from "../../../src/recording/json/write.ts";
import { type Answered, type AskedCall, type Recorded, recordedFrom } from "../../../src/server/recorded/index.ts";

/** An object of lossless JSON out of its text. */
export const json = (text: string): JsonObject => parseJson(text) as JsonObject;

/** A call as tests make it: of the OpenAI SDK, unless `part` says otherwise. */
export const call = (part: Partial<AskedCall> = {}): AskedCall => ({
  dialect: "openai-chat",
  kind: "inference",
  method: "POST",
  url: "http://127.0.0.1:9/v1/v1/chat/completions",
  endpoint: "/v1/chat/completions",
  body: json('{"model": "m", "messages": [{"role": "user", "content": "?"}]}'),
  testId: "tests/a.py::b",
  ...part,
});

/** A call of OpenAI's SDK that asks for a stream. */
export const streaming = (part: Partial<AskedCall> = {}): AskedCall =>
  call({ body: json('{"model": "m", "stream": true}'), ...part });

/** An answer that came whole. */
export const whole = (text: string, part: Partial<Answered> = {}): Answered => ({
  status: 200,
  headers: {},
  frames: [text],
  streamed: false,
  ended: "whole",
  ...part,
});

/** An answer that came as a stream, in these pieces. */
export const stream = (frames: readonly string[], part: Partial<Answered> = {}): Answered => ({
  ...whole(""),
  frames,
  streamed: true,
  ...part,
});

export function recorded(asked: AskedCall, answered: Answered): Recorded {
  const made = recordedFrom(asked, answered);
  if ("refused" in made) throw new Error(made.refused);
  return made;
}

export function refused(asked: AskedCall, answered: Answered): string {
  const made = recordedFrom(asked, answered);
  return "refused" in made ? made.refused : `recorded as ${made.name}`;
}

/** What lies at a path of a value, as text on one line. */
export const textAt = (value: JsonValue, ...path: (string | number)[]): string =>
  writeJson(at(value, ...path) ?? "nothing", COMPACT);

/** The stored response to a call, as text on one line; the id that its hash gives reads rec-ID. */
export function response(asked: AskedCall, answered: Answered): string {
  const { root } = recorded(asked, answered);
  return writeJson(asObject(root.get("response")) ?? null, COMPACT).replaceAll(/rec-[0-9a-f]{12}/g, "rec-ID");
}

import { readFileSync } from "node:fs";
import { dialectFor } from "../../../src/dialects/index.ts";
import { decode } from "../../../src/recording/decode.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { asArray, asObject, asString, JsonObject, type JsonValue } from "../../../src/recording/json/value.ts";
import { COMPACT, PYTHON_INDENTED, writeJson } from "../../../src/recording/json/write.ts";
import { readName } from "../../../src/recording/name.ts";
import { hashesOf, verifying } from "../../../src/recording/names/schemes.ts";
import { type Recording, recordingFrom } from "../../../src/recording/recording.ts";
import { framesOf } from "../../../src/replay/frames.ts";
import { type Answered, type AskedCall, type Recorded, recordedFrom } from "../../../src/server/recorded/index.ts";

/** A recording that was played, as an upstream would, and recorded again. */
export interface Played {
  file: string;
  text: string;
  recording: Recording;
  /** The scheme under which its name verifies; undefined for one that no scheme names. */
  scheme: string | undefined;
  again: Recorded | { refused: string };
  /** The text of the recording made again; empty for one that was refused. */
  made: string;
}

/** The call that a recording was made of. */
export function callOf({ head, request }: Recording, dialect: string, scheme?: string): AskedCall {
  const metadata = asObject(request.get("provider_metadata"));
  return {
    dialect,
    kind: head.kind as AskedCall["kind"],
    method: head.method ?? "POST",
    url: head.url ?? "",
    endpoint: head.endpoint ?? "",
    body: asObject(request.get("body") ?? request.get("payload") ?? request.get("kwargs")) ?? new JsonObject(),
    testId: head.testId,
    provider: asString(request.get("provider")) ?? "",
    toolName: asString(request.get("tool_name")) ?? "",
    ...(metadata ? { providerMetadata: metadata } : {}),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

/** What the upstream sent, put together again out of what was recorded of it. */
export function answeredOf(recording: Recording): Answered {
  const { body, failure, head, response } = recording;
  const dialect = dialectFor(head);
  const first = asArray(body)?.[0] ?? body;
  const headers = asObject(asObject(asObject(first)?.get("sdk_http_response"))?.get("headers"));
  const status = Number(writeJson(response.get("status") ?? null, COMPACT)) || 200;
  const frames = framesOf(recording, dialect, "wire").map(({ text }) => text);
  const answered: Answered = {
    status: failure?.status ?? status,
    headers: Object.fromEntries([...(headers?.entries() ?? [])] as [string, string][]),
    frames,
    streamed: head.streaming,
    ended: "whole",
  };
  if (!failure) return answered;
  const told = failure.status === null ? new JsonObject(["message"], [failure.message]) : failure.body;
  const error = writeJson(new JsonObject(["error"], [told]), COMPACT);
  return { ...answered, frames: head.streaming ? [...frames, `data: ${error}\n\n`] : [error] };
}

export function readRecording(file: string): { text: string; recording: Recording } {
  const text = decode(readFileSync(file));
  return { text, recording: recordingFrom(parseJson(text) as JsonObject, text) };
}

/** Plays a recording, as `sent` changes its body, and records it again: under the scheme that named it, or today's. */
export function played(
  file: string,
  sent: (body: JsonValue) => JsonValue = (same) => same,
  named: "as it was" | "today" = "as it was",
): Played {
  const { text, recording } = readRecording(file);
  const { head, request } = recording;
  const hashes = hashesOf({ kind: head.kind, request, testId: head.testId });
  const scheme = verifying(readName(file).hash, hashes).at(-1);
  const call = callOf(recording, dialectFor(head).id, named === "today" ? undefined : scheme);
  const again = recordedFrom(call, answeredOf({ ...recording, body: sent(recording.body) }));
  const made = "refused" in again ? "" : `${writeJson(again.root, PYTHON_INDENTED)}\n`;
  return { file, text, recording, scheme, again, made };
}

/** Where two documents differ: the paths, with `[]` for any index, and what stands there. */
export function differences(one: JsonValue | undefined, other: JsonValue | undefined, path = ""): string[] {
  if (one instanceof JsonObject && other instanceof JsonObject) {
    const found = [...new Set([...one.keys, ...other.keys])].flatMap((key) =>
      differences(one.get(key), other.get(key), `${path}.${key}`),
    );
    const order = found.length === 0 && one.keys.join() !== other.keys.join();
    return order ? [`${path} order`] : found;
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return [...new Set(one.flatMap((element, at) => differences(element, other[at], `${path}[]`)))];
  }
  const text = (value: JsonValue | undefined): string => (value === undefined ? "-" : writeJson(value, COMPACT));
  return text(one) === text(other) ? [] : [`${path} ${text(one).slice(0, 60)} made ${text(other).slice(0, 60)}`];
}

import { dialectFor } from "../../../dialects/index.ts";
import { compact } from "../../../dialects/shared.ts";
import { bodyData } from "../../../dialects/units.ts";
import { asNumber, type JsonValue } from "../../../recording/json/value.ts";
import type { Recording } from "../../../recording/recording.ts";
import { type Frame, framesOf } from "../../../replay/frames.ts";
import type { Routed } from "../../matching/routes.ts";
import { failureOf } from "../../matching/wire-errors.ts";
import { bodyAsked, type Wanted } from "./bodies.ts";
import { lastFrame } from "./failed.ts";
import { united } from "./lists.ts";

/** What goes over the wire for recordings that were found. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  /** Whole, or the frames of a stream. */
  readonly body: string | readonly Frame[];
  /** The stream breaks off behind its frames. */
  readonly breaks: boolean;
  /** A recorded failure that is told at once. */
  readonly failed: boolean;
}

const STREAM_TYPES: Readonly<Record<string, string>> = { ollama: "application/x-ndjson" };
const EVENTS = "text/event-stream; charset=utf-8";

const whole = (body: JsonValue, status = 200, failed = false): Answer => ({
  status,
  type: "application/json",
  body: compact(body),
  breaks: false,
  failed,
});

/** The answer of recordings (several for a list of models alone), in the recorded frames. */
export function answerOf(recordings: readonly [Recording, ...Recording[]], routed: Routed, wanted: Wanted): Answer {
  const { route } = routed;
  // Of lists that are united one may have failed once.
  const good = route.list ? recordings.filter((one) => !one.failure) : [];
  const [recording] = recordings;
  const { failure, response, head, body } = recording;
  if (good.length > 0) return whole(united(good, route.endpoint));
  const dialect = dialectFor(head);
  const isStream = head.streaming && Array.isArray(body);
  if (failure && !(isStream && (body.length > 0 || lastFrame(route.api, recording, failure) !== null))) {
    const { status, body: told } = failureOf(route.api, failure);
    return whole(told, isStatus(status) ? status : 500, true);
  }
  if (isStream) {
    const frames = framesOf(recording, dialect, "wire");
    const last = failure && lastFrame(route.api, recording, failure);
    if (last) frames.push({ text: last, content: false });
    const type = STREAM_TYPES[route.dialect] ?? EVENTS;
    return { status: 200, type, body: frames, breaks: failure !== null && last === null, failed: false };
  }
  const status = asNumber(response.get("status")) ?? 200;
  return whole(bodyAsked(route.id, dialect.wire.body(bodyData(recording)), wanted), isStatus(status) ? status : 500);
}

/** What is an answer at all: whoever edits a recording may write anything. */
const isStatus = (status: number): boolean => Number.isInteger(status) && status >= 200 && status <= 599;

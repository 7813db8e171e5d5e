import { eventJson, sseEvents } from "../../dialects/sse.ts";
import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { splitLines } from "../recorded/python/lines.ts";
import { readPython } from "../recorded/python/read.ts";

/** What every event that is an error has in its text: most streams need no second reading. */
const LIKELY = /error|"response\.failed"/;
/** What APIs call such an event: Anthropic, Responses (`type`), Interactions (`event_type`). */
const TYPES: ReadonlySet<JsonValue | undefined> = new Set(["error", "response.failed"]);

/** Whether a stream tells of an error as one of its events, its status being good. `type` is its content-type. */
export function hasErrorEvent(text: string, type: string): boolean {
  if (!LIKELY.test(text)) return false;
  if (!/^text\/event-stream\b/i.test(type)) return splitLines(text).some((line) => isError(readPython(line)));
  return sseEvents(text.split(/\r\n|\n|\r/)).some((event) => event.event === "error" || isError(eventJson(event)));
}

function isError(told: JsonValue | undefined): boolean {
  if (!(told instanceof JsonObject)) return false;
  const error = told.get("error") ?? null;
  const isEmpty = error instanceof JsonObject ? error.keys.length === 0 : !error;
  return !isEmpty || TYPES.has(told.get("type")) || TYPES.has(told.get("event_type"));
}
